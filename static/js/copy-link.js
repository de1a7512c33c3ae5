// The address of what is shown: copied, or handed to the phone to be shared. What htmx
// puts in the page later is heard too.

const isTouched = window.matchMedia("(pointer: coarse)");

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy-link]");
  if (!button) return;
  const { href } = new URL(button.dataset.copyLink, location.href);
  if (isTouched.matches && navigator.share) {
    // Who closes the list of the phone has changed their mind: nothing to say.
    await navigator.share({ title: document.title, url: href }).catch(() => {});
    return;
  }
  const said = button.parentElement.querySelector("[data-said]");
  said.textContent = "";
  try {
    await navigator.clipboard.writeText(href);
    said.textContent = said.dataset.said;
  } catch {
    said.textContent = href; // The browser refuses: there it is, to be copied by hand.
  }
});
