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
const apply = form.querySelector(".filters__apply");
const announcer = document.querySelector("[data-announce]");
const isWide = window.matchMedia("(min-width: 60rem)");

// Before htmx starts, when the page has been read.
Object.assign(window.htmx.config, {
  allowEval: false,
  defaultSettleDelay: 0,
  historyCacheSize: 0,
  includeIndicatorStyles: false,
  refreshOnHistoryMiss: true,
  scrollIntoViewOnBoost: false,
});

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

// A value is found by the beginning of a word of its names; the count is no name.
function says(line, text) {
  const names = [...line.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
  const words = [...names.map((node) => node.data), line.dataset.also ?? ""].join(" ");
  return fold(` ${words}`.replace(/[(),]/g, " ")).includes(fold(` ${text}`));
}

// Where a list says that it has no such value: there before it is said.
function none(values) {
  const found = values.querySelector(".facet__none");
  if (found) return found;
  const made = document.createElement("p");
  made.className = "facet__none";
  made.setAttribute("role", "status");
  values.append(made);
  return made;
}

function narrow(values) {
  const input = values.querySelector("[data-type-ahead]");
  const text = input.value.trim();
  let isAnyFound = false;
  for (const line of values.querySelectorAll(".option")) {
    const isFound = says(line, text);
    line.hidden = !isFound && !line.querySelector("input").checked;
    isAnyFound ||= isFound;
  }
  none(values).textContent = isAnyFound || more(values) ? "" : input.dataset.typeAhead;
}

// Show every value of a facet: the form is sent, so that no tick is lost.
let opened = "";
function showWhole(name, facet) {
  opened = name || facet.id.replace("facette-", "");
  form.querySelector("[name=voir]")?.remove();
  if (name) addField("voir", name);
  form.dispatchEvent(new Event("change"));
}

// What the form sends besides its boxes, until the next answer replaces them.
function addField(name, value) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name, value });
  form.querySelector("#facettes").append(field);
}

const more = (values) => values.querySelector("[data-type-ahead-more]");

function typeAhead(input) {
  const values = input.closest(".facet");
  if (more(values)) typed.delete(input.id);
  input.value = typed.get(input.id) ?? "";
  if (input.value) narrow(values);
  input.addEventListener("input", () => {
    typed.set(input.id, input.value);
    const link = more(values);
    if (link && !link.dataset.isAsked) {
      link.dataset.isAsked = "";
      showWhole(link.dataset.typeAheadMore);
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

const isPlain = (event) => !(event.ctrlKey || event.metaKey || event.shiftKey);

// A folded facet is a link: ask for its values, with those of the open ones.
let unfolded = "";
function openFacet(name) {
  opened = unfolded = name;
  form.dispatchEvent(new Event("change"));
}

form.addEventListener("click", (event) => {
  const link = event.target.closest("[data-open-facet], [data-type-ahead-more], [data-type-ahead-less]");
  if (!link || !isPlain(event)) return;
  event.preventDefault();
  if (link.dataset.openFacet) {
    openFacet(link.dataset.openFacet);
    return;
  }
  showWhole(link.dataset.typeAheadMore ?? "", link.closest(".facet"));
});

// A suggestion that narrows this very listing is one more filter, like a tick.
search.parentElement.addEventListener("click", (event) => {
  const option = event.target.closest("a[role=option]");
  if (!option || option.pathname !== location.pathname || !isPlain(event)) return;
  event.preventDefault();
  const asked = new URLSearchParams(option.search);
  search.value = asked.get("q") ?? "";
  asked.delete("q");
  for (const [name, value] of asked) {
    const box = form.elements[`${name}-${value}`];
    if (box) box.checked = true;
    else addField(name, value);
  }
  form.dispatchEvent(new Event("change"));
});

// Name the box that was touched: it stays on the page, whatever its new count.
let touched = "";
form.addEventListener("change", ({ target }) => {
  if (target.type === "checkbox") touched = `${target.name}:${target.value}`;
});
document.body.addEventListener("htmx:configRequest", ({ detail }) => {
  if (touched) detail.headers["Held-Value"] = touched;
  const names = [...form.querySelectorAll("details.facet[open]")].map(({ id }) => id.slice(8));
  detail.headers["Open-Facets"] = [...names, unfolded].join(" ");
});

// What is folded or open stays so, what is scrolled stays scrolled, and the box under the
// finger stays under it.
let open = new Map();
let scrolled = new Map();
let place; // of the box that has the focus: its id, and where it is on the screen
document.body.addEventListener("htmx:beforeSwap", () => {
  open = new Map([...form.querySelectorAll("details.facet")].map((facet) => [facet.id, facet.open]));
  scrolled = new Map(
    [...form.querySelectorAll(".facet__options")].map((options) => [
      options.parentElement.id,
      options.scrollTop,
    ]),
  );
  const { activeElement } = document;
  place = activeElement.closest(".facet") && {
    id: activeElement.id,
    top: activeElement.getBoundingClientRect().top,
  };
});

// Before the focus comes back to the box of a list, so that what was typed is there.
document.body.addEventListener("htmx:oobAfterSwap", ({ detail }) => {
  if (detail.target.id !== "facettes") return;
  typeAheads();
  for (const [id, isOpen] of open) {
    form.querySelector(`details#${CSS.escape(id)}`)?.toggleAttribute("open", isOpen);
  }
  for (const [id, top] of scrolled) {
    const options = document.getElementById(id)?.querySelector(".facet__options");
    if (options) options.scrollTop = top;
  }
});

document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target.id !== "liste") return;
  const results = document.getElementById("liste");
  const kept = place?.id && document.getElementById(place.id);
  if (kept) window.scrollBy(0, kept.getBoundingClientRect().top - place.top);
  if (document.activeElement !== search) search.value = results.dataset.text;
  const heading = document.getElementById("resultats");
  announcer.textContent = results.dataset.said;
  announcer.classList.add("visually-hidden");
  apply.textContent = results.dataset.apply;
  const summary = opened && document.querySelector(`#facette-${CSS.escape(opened)} > summary`);
  opened = unfolded = "";
  // The link that was followed is gone: the reader goes on from the answer to it.
  if (document.activeElement !== document.body) return;
  (summary || heading).focus({ preventScroll: Boolean(summary) });
});

// Without an answer, the plain page says why; without a network, there is none to ask.
for (const failure of ["htmx:sendError", "htmx:responseError"]) {
  document.body.addEventListener(failure, ({ detail }) => {
    if (!navigator.onLine) {
      announcer.textContent = announcer.dataset.offline;
      announcer.classList.remove("visually-hidden");
      return;
    }
    window.location = detail.pathInfo.finalRequestPath ?? detail.pathInfo.requestPath;
  });
}
