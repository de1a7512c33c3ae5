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
const PAUSE = 500; // milliseconds without a key before what one types finds is told

// One thing is told at a time, the last one.
let telling;
function tell(text, wait = 0) {
  clearTimeout(telling);
  if (wait) {
    telling = setTimeout(tell, wait, text);
    return;
  }
  announcer.textContent = text;
  announcer.classList.toggle("visually-hidden", text !== announcer.dataset.offline);
}

// Before htmx starts, when the page has been read.
Object.assign(window.htmx.config, {
  allowEval: false,
  defaultSettleDelay: 0,
  historyCacheSize: 0,
  includeIndicatorStyles: false,
  scrollIntoViewOnBoost: false,
});

// Open the panel where there is room for it.
if (isWide.matches) panel.open = true;

// Where one was is kept with each step of the history. A step back asks for its page anew,
// and the browser alone would leave it where the other one was.
let isLeaving = false;
let still;
function keepScroll(top = window.scrollY) {
  clearTimeout(still);
  if (!isLeaving) history.replaceState({ ...history.state, scroll: top }, "");
}
if (history.state?.scroll) window.scrollTo(0, history.state.scroll);
history.scrollRestoration = "manual";
window.addEventListener("scroll", () => {
  clearTimeout(still);
  still = setTimeout(keepScroll, 200);
});
window.addEventListener("pagehide", () => keepScroll());
window.addEventListener(
  "popstate",
  (event) => {
    clearTimeout(still);
    if (event.state?.htmx) {
      event.stopImmediatePropagation(); // htmx would forget what the step says
      isLeaving = true;
      window.location.reload();
    } else if (event.state) window.scrollTo(0, event.state.scroll);
  },
  { capture: true },
);
let scrolledTo;
document.body.addEventListener("htmx:beforeSwap", () => (scrolledTo = window.scrollY));
document.body.addEventListener("htmx:beforeHistoryUpdate", ({ detail: { history: step } }) => {
  // What is shown again is no step.
  if (step.path === window.location.pathname + window.location.search) step.type = "replace";
  else keepScroll(scrolledTo);
});

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
function names(line) {
  const texts = [...line.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
  return texts.map((node) => node.data).join(" ");
}

function says(line, text) {
  const words = `${names(line)} ${line.dataset.also ?? ""}`;
  return fold(` ${words}`.replace(/[(),]/g, " ")).includes(fold(` ${text}`));
}

// Where a list shows that it has no such value, or not yet.
function none(values) {
  const found = values.querySelector(".facet__none");
  if (found) return found;
  const made = document.createElement("p");
  made.className = "facet__none";
  values.append(made);
  return made;
}

function narrow(values) {
  const input = values.querySelector("[data-type-ahead]");
  const text = input.value.trim();
  const found = [];
  for (const line of values.querySelectorAll(".option")) {
    const isFound = says(line, text);
    line.hidden = !isFound && !line.querySelector("input").checked;
    if (isFound) found.push(line);
  }
  const isWhole = !more(values);
  const lacks = isWhole ? input.dataset.typeAhead : form.dataset.wait;
  none(values).textContent = found.length ? "" : lacks;
  if (isWhole) tell(found.length ? choices(found) : lacks, PAUSE);
}

// « 54 choix », or the only one.
function choices(lines) {
  const { choice, choices: several } = form.dataset;
  if (lines.length === 1) return choice.replace("{choice}", names(lines[0]).trim());
  return several.replace("{n}", lines.length);
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
  field.dataset.isAdded = "true";
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
      link.dataset.isAsked = "true";
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
let order; // in which the rows were, in words
let isSwapping = false;
const orderShown = () => listing.querySelector(".sort [aria-current]")?.textContent;
document.body.addEventListener("htmx:beforeSwap", () => {
  order = orderShown();
  isSwapping = true;
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

// A facet that was asked for: what is typed there tells of itself.
function tellChoices(facet) {
  if (!facet.querySelector("[data-type-ahead]")?.value) tell(choices(facet.querySelectorAll(".option")));
}

// The number is read with its heading when the focus goes there.
function tellResults(results, heading, isRead) {
  const now = orderShown();
  const said = isRead ? results.dataset.said.replace(`${heading.textContent}.`, "") : results.dataset.said;
  const sort = now && now !== order ? form.dataset.sort.replace("{order}", now) : "";
  tell(`${said} ${sort}`.trim());
}

document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target.id !== "liste" || !isSwapping) return;
  isSwapping = false; // each part that came settles
  const results = document.getElementById("liste");
  const kept = place?.id && document.getElementById(place.id);
  if (kept) window.scrollBy(0, kept.getBoundingClientRect().top - place.top);
  if (document.activeElement !== search) search.value = results.dataset.text;
  const heading = document.getElementById("resultats");
  const isLost = document.activeElement === document.body;
  if (opened) tellChoices(document.getElementById(`facette-${opened}`));
  else tellResults(results, heading, isLost);
  apply.textContent = results.dataset.apply;
  apply.parentElement.classList.add("filters__foot--live");
  const summary = opened && document.querySelector(`#facette-${CSS.escape(opened)} > summary`);
  opened = unfolded = "";
  // The link that was followed is gone: the reader goes on from the answer to it.
  if (!isLost) return;
  (summary || heading).focus({ preventScroll: Boolean(summary) });
});

// Without a network nothing changed: neither do the boxes.
function takeBack() {
  for (const box of form.querySelectorAll("[type=checkbox]")) box.checked = box.defaultChecked;
  form.querySelectorAll("[data-is-added]").forEach((field) => field.remove());
  form.querySelectorAll("[data-is-asked]").forEach((link) => delete link.dataset.isAsked);
  touched = opened = unfolded = "";
  tell(announcer.dataset.offline);
}
window.addEventListener("online", () => tell(""));

// Without an answer, the plain page says why; without a network, there is none to ask.
for (const failure of ["htmx:sendError", "htmx:responseError"]) {
  document.body.addEventListener(failure, ({ detail }) => {
    if (!navigator.onLine) {
      takeBack();
      return;
    }
    window.location = detail.pathInfo.finalRequestPath ?? detail.pathInfo.requestPath;
  });
}
