// Open a native dialog from the link that leads to it; Escape closes it.
for (const link of document.querySelectorAll("[data-dialog]")) {
  const dialog = document.getElementById(link.hash.slice(1));
  link.setAttribute("role", "button");
  link.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
  link.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    dialog.showModal();
  });
}
