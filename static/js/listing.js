// Comforts of a listing. Without them its filters are a plain GET form, its links links.
// htmx sends each change and puts the answer in place; here is what it cannot know.

const fold = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/œ/gi, "oe")
    .replace(/[\s'’‘‐-―-]+/g, " ")
    .toLowerCase();

const listing = document.querySelector("[data-listing]");
const form = listing.querySelector("[data-filters]");
const panel = form.querySelector("[data-filters-panel]");
const search = document.getElementById("recherche");
const announcer = document.querySelector("[data-announce]");
const isWide = window.matchMedia("(min-width: 60rem)");

// Open the panel where there is room for it.
if (isWide.matches) panel.open = true;

// Keep what was left empty out of the address.
form.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) {
    if (value === "") formData.delete(name);
  }
});

// On a phone the button leads to what was found.
form.addEventListener("submit", () => {
  if (!isWide.matches) panel.open = false;
});

// Narrow a long list of values as one types; ask for the rest of it first.
const typed = new Map();

function narrow(values) {
  const input = values.querySelector("[data-type-ahead-field] input");
  const text = fold(input.value.trim());
  let isAnyShown = false;
  for (const line of values.querySelectorAll(".option")) {
    line.hidden = !line.querySelector("input").checked && !fold(line.textContent).includes(text);
    isAnyShown ||= !line.hidden;
  }
  values.querySelector("[data-type-ahead-none]").hidden = isAnyShown || Boolean(more(values));
}

const more = (values) => values.querySelector("[data-type-ahead-more]");

function typeAhead(values) {
  const field = values.querySelector("[data-type-ahead-field]");
  const input = field.querySelector("input");
  input.value = typed.get(input.id) ?? "";
  if (input.value) narrow(values);
  input.addEventListener("input", () => {
    typed.set(input.id, input.value);
    const link = more(values);
    if (link && !link.dataset.isAsked) {
      link.dataset.isAsked = "";
      link.click();
    }
    narrow(values);
  });
  // What is typed here is no filter: it goes no further.
  input.addEventListener("change", (event) => event.stopPropagation());
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

const typeAheads = () => form.querySelectorAll("[data-type-ahead]").forEach(typeAhead);
typeAheads();

// Name the box that was touched: it stays on the page, whatever its new count.
let touched = "";
form.addEventListener("change", ({ target }) => {
  if (target.type === "checkbox") touched = `${target.name}:${target.value}`;
});
document.body.addEventListener("htmx:configRequest", ({ detail }) => {
  if (touched) detail.headers["Held-Value"] = touched;
});

// What is folded stays folded.
let folded = [];
document.body.addEventListener("htmx:beforeSwap", () => {
  folded = [...form.querySelectorAll(".facet:not([open])")].map((facet) => facet.id);
});

// Before the focus comes back to the box of a list, so that what was typed is there.
document.body.addEventListener("htmx:oobAfterSwap", ({ detail }) => {
  if (detail.target.id === "facettes") typeAheads();
});

document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target.id !== "liste") return;
  const results = document.getElementById("liste");
  for (const id of folded) document.getElementById(id)?.removeAttribute("open");
  if (document.activeElement !== search) search.value = results.dataset.text;
  const heading = document.getElementById("resultats");
  announcer.textContent = heading.textContent;
  // The link that was followed is gone: the reader goes on from the answer to it.
  if (document.activeElement !== document.body) return;
  const facet = new URL(detail.requestConfig.path, location.href).searchParams.get("voir");
  const summary = facet && document.querySelector(`#facette-${CSS.escape(facet)} > summary`);
  (summary || heading).focus({ preventScroll: Boolean(summary) });
});

// Without an answer, the plain page says why.
for (const failure of ["htmx:sendError", "htmx:responseError"]) {
  document.body.addEventListener(failure, ({ detail }) => {
    window.location = detail.pathInfo.finalRequestPath ?? detail.pathInfo.requestPath;
  });
}
