// The admin says to those who listen what it shows to those who see: the names of the
// fields that are searched as one types, of the cells of a table of rows, of the search
// of a list. The words are those of the page.
const $ = window.django?.jQuery;

// The words of a label or of a header, without what ends or explains them.
function words(element) {
  const text = [...(element?.childNodes ?? [])].filter((node) => !node.alt && !node.title);
  return text.map((node) => node.textContent).join(" ").replace(/\s*:?\s*$/, "").trim();
}

// The name of a field: its label, what a day or an hour follows in its group, or the
// head of its column and the number of its row.
function nameOf(field) {
  const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
  if (label) return words(label);
  if (field.closest("p.datetime")) {
    const group = field.closest("fieldset")?.querySelector("legend");
    const part = field.previousSibling?.textContent.replace(/\s*:?\s*$/, "").trim();
    return [words(group), part].filter(Boolean).join(", ");
  }
  const cell = field.closest(".tabular td");
  const header = cell?.closest("table").tHead.rows[0].cells[cell.cellIndex];
  const row = cell?.closest("tr");
  const rows = row ? [...row.parentElement.querySelectorAll("tr.form-row")] : [];
  return header ? `${words(header)} ${rows.indexOf(row) + 1}` : "";
}

function nameSearched(select) {
  const shown = select.nextElementSibling;
  const box = shown?.querySelector("[role=combobox]");
  const name = nameOf(select);
  if (!box || !name) return;
  if (select.multiple) {
    box.setAttribute("aria-label", name);
    shown.querySelector(".select2-search__field").setAttribute("aria-label", name);
    return;
  }
  const chosen = words(select.selectedOptions[0]);
  const value = shown.querySelector(".select2-selection__rendered");
  value.setAttribute("aria-label", [name, chosen].filter(Boolean).join(", "));
}

function nameAll() {
  for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
    nameSearched(select);
  }
  const fields = ":is(.tabular td, p.datetime) :is(input:not([type=hidden]), select, textarea)";
  for (const field of document.querySelectorAll(fields)) {
    const isNamed = field.labels?.length || field.matches(".select2-container *");
    const name = isNamed || field.hasAttribute("aria-label") ? "" : nameOf(field);
    if (name) field.setAttribute("aria-label", name);
  }
  // What is said to describe a field, and is not on the page.
  for (const field of document.querySelectorAll("[aria-describedby]")) {
    const there = field.getAttribute("aria-describedby").split(/\s+/).filter((id) => document.getElementById(id));
    if (there.length) field.setAttribute("aria-describedby", there.join(" "));
    else field.removeAttribute("aria-describedby");
  }
  for (const header of document.querySelectorAll(".tabular th.original")) {
    header.setAttribute("role", "presentation");
  }
  for (const help of document.querySelectorAll("span.help-tooltip[aria-label]")) {
    help.setAttribute("role", "img");
  }
}

// Each value has a cross of its own: one for all of them would be among the values.
for (const select of document.querySelectorAll("select.admin-autocomplete[multiple]")) {
  select.dataset.allowClear = "false";
}
const search = document.querySelector("#changelist-search");
if (search) {
  const [image] = search.querySelectorAll("label img");
  const name = document.createElement("span");
  name.className = "visually-hidden";
  name.textContent = search.querySelector("[type=submit]").value;
  image.alt = "";
  image.after(name);
}
// After the scripts of the admin, which wait for the page, and for a row that is added.
window.addEventListener("load", () => {
  nameAll();
  $?.(document).on("change", "select.admin-autocomplete", ({ target }) => nameSearched(target));
});
document.addEventListener("formset:added", () => setTimeout(nameAll));
