// On the page where the staff decide, what is amended or explained chooses its decision.
for (const part of document.querySelectorAll("[data-chooses]")) {
  const choices = part.parentElement.querySelectorAll("input[type=radio]");
  part.addEventListener("input", () => {
    for (const one of choices) if (one.value === part.dataset.chooses) one.checked = true;
  });
}
