// A button that prints the page; without scripts the style sheet hides it, and the
// browser's own menu does the same.
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
