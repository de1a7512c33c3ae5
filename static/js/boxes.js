// A field that finds a box in a long list of boxes, as one types. Without it, the list.
//
//   <details data-boxes="Chercher dans la liste">… <label>…</label> …</details>
const fold = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase();

for (const list of document.querySelectorAll("[data-boxes]")) {
  const field = document.createElement("input");
  field.type = "search";
  field.className = "boxes__find";
  field.autocomplete = "off";
  field.placeholder = list.dataset.boxes;
  field.setAttribute("aria-label", list.dataset.boxes);
  const boxes = [...list.querySelectorAll("label")];
  field.addEventListener("input", (event) => {
    event.stopPropagation();
    const wanted = fold(field.value);
    for (const box of boxes) box.hidden = !fold(box.textContent).includes(wanted);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  list.querySelector("summary").after(field);
}
