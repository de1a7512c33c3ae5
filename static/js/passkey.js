// A passkey, asked of the browser: a new one for the account, or one that opens it.
// What goes wrong is told by the sentence of the page that bears the error's name.
const ways = { create: webauthnJSON.create, get: webauthnJSON.get };

async function optionsOf(form) {
  const written = document.getElementById(form.dataset.passkeyOptions);
  if (written) return JSON.parse(written.textContent);
  const headers = { Accept: "application/json" };
  const response = await fetch(form.action, { headers });
  if (!response.ok) throw new Error(response.statusText);
  return (await response.json()).request_options;
}

function tell(form, name) {
  const known = form.querySelector(`[data-trouble="${name}"]`);
  const sentence = known ?? form.querySelector("[data-trouble]");
  for (const other of form.querySelectorAll("[data-trouble]")) {
    other.hidden = !name || other !== sentence;
  }
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  const button = form.querySelector("[type=submit]");
  button.disabled = !window.PublicKeyCredential;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    tell(form, "");
    try {
      const credential = await ways[form.dataset.passkey](await optionsOf(form));
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch (error) {
      tell(form, error.name);
      button.disabled = false;
    }
  });
}
