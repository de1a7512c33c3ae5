// Comforts of a listing's form. Without them it is a plain GET form.

const fold = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/œ/gi, "oe")
    .replace(/[\s'’‘‐-―-]+/g, " ")
    .toLowerCase();

// Open the panel where there is room for it.
function openPanel(form) {
  const panel = form.querySelector("[data-filters-panel]");
  if (panel && window.matchMedia("(min-width: 60rem)").matches) panel.open = true;
}

// Keep what was left empty out of the address.
function dropEmptyFields(form) {
  form.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) {
      if (value === "") formData.delete(name);
    }
  });
}

// Narrow a long list of values as one types.
function typeAhead(values) {
  const field = values.querySelector("[data-type-ahead-field]");
  const none = values.querySelector("[data-type-ahead-none]");
  const input = field.querySelector("input");
  const lines = [...values.querySelectorAll(".option")].map((line) => [
    line,
    fold(line.textContent),
  ]);
  field.hidden = false;
  input.addEventListener("input", () => {
    const typed = fold(input.value.trim());
    for (const [line, text] of lines) {
      const chosen = line.querySelector("input").checked;
      line.hidden = !chosen && !text.includes(typed);
    }
    none.hidden = lines.some(([line]) => !line.hidden);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

for (const form of document.querySelectorAll("[data-filters]")) {
  openPanel(form);
  dropEmptyFields(form);
  form.querySelectorAll("[data-type-ahead]").forEach(typeAhead);
}
