// Suggestions under a text field as one types: the « editable combobox with list
// autocomplete » of the ARIA Authoring Practices. Without it, a field like any other.
//
//   <div class="combobox"><input data-combobox="/annuaire/suggestions/"></div>
//
// The address is asked with ?q=… and answers components/suggestions.html, or nothing.
// An option that is a link is followed; any other is told by an event of the field,
// `combobox:choose`, whose `detail` holds the data of the option, and `detail.value` is
// written in the field unless who listens prevents it.

const PAUSE = 150; // ms without a key before asking
const SHORTEST = 2; // letters
const enhanced = new WeakSet();
let made = 0;

function part(className) {
  const element = document.createElement("div");
  element.className = className;
  element.dataset.comboboxPart = "";
  return element;
}

function enhance(input) {
  enhanced.add(input);
  // A page restored from its HTML has parts that nothing listens to.
  input.parentElement.querySelectorAll("[data-combobox-part]").forEach((e) => e.remove());
  const panel = part("combobox__panel");
  const status = part("visually-hidden");
  const attach = () => input.parentElement.append(panel, status);
  const id = `combobox-${++made}`;
  let active; // the option under the keys
  let listed = ""; // the text that the panel answers
  let timer;
  let request;

  const typed = () => input.value.trim();
  const options = () => [...panel.querySelectorAll("[role=option]")];

  function mark(option) {
    active?.setAttribute("aria-selected", "false");
    active = option;
    if (option) {
      option.setAttribute("aria-selected", "true");
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function show(isOpen) {
    mark();
    panel.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
  }

  function forget() {
    clearTimeout(timer);
    request?.abort();
  }

  function close() {
    forget();
    show(false);
    status.textContent = "";
  }

  function fill(html, text) {
    listed = text;
    panel.innerHTML = html;
    panel.querySelector("[role=listbox]")?.setAttribute("id", id);
    options().forEach((option, rank) => (option.id = `${id}-${rank}`));
    open();
  }

  function open() {
    show(options().length > 0);
    // A box that searches finds more than it suggests: that there is nothing is not said.
    const isNews = !panel.hidden || input.type !== "search";
    status.textContent = (isNews && panel.querySelector("[data-said]")?.textContent) || "";
  }

  // Ask for what is typed, unless the panel already answers it. An answer that comes
  // after another question, or once the field was left, is dropped.
  async function ask() {
    forget();
    const text = typed();
    if (text.length < SHORTEST) return close();
    if (text === listed) return open();
    const { signal } = (request = new AbortController());
    const address = new URL(input.dataset.combobox, document.baseURI);
    address.searchParams.set("q", text);
    try {
      const answer = await fetch(address, { signal });
      const html = answer.ok ? await answer.text() : "";
      if (!signal.aborted) fill(html, text);
    } catch {
      if (!signal.aborted) fill("", ""); // out of reach: the form still works
    }
  }

  async function move(step) {
    if (panel.hidden) await ask();
    if (panel.hidden) return;
    const all = options();
    const from = active ? all.indexOf(active) : step > 0 ? -1 : 0;
    mark(all.at((from + step) % all.length));
  }

  // Each tells whether the key is used up.
  const keys = {
    ArrowDown: (event) => (event.altKey ? ask() : move(1), true),
    ArrowUp: (event) => (event.altKey ? close() : move(-1), true),
    ArrowLeft: () => mark(),
    ArrowRight: () => mark(),
    Home: () => mark(),
    End: () => mark(),
    Tab: () => close(),
    Enter() {
      const chosen = active;
      chosen?.click();
      close(); // without an option, the form is sent
      return Boolean(chosen);
    },
    Escape() {
      const isSearch = input.type === "search"; // elsewhere, what is typed stays
      const isUsed = !panel.hidden || (isSearch && input.value !== "");
      if (panel.hidden && isSearch) {
        input.value = "";
        input.dispatchEvent(new Event("input", { bubbles: true }));
      }
      close();
      return isUsed;
    },
  };

  input.addEventListener("keydown", (event) => {
    if (!event.isComposing && keys[event.key]?.(event)) event.preventDefault();
  });
  input.addEventListener("input", () => {
    mark();
    forget();
    if (typed().length < SHORTEST) close();
    else timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("focus", attach, { once: true });
  input.addEventListener("blur", close);
  // The focus stays in the field while the list is touched, scrolled or clicked.
  panel.addEventListener("mousedown", (event) => event.preventDefault());
  panel.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    close();
    if (option.hasAttribute("href")) return;
    const said = { bubbles: true, cancelable: true, detail: { ...option.dataset } };
    if (!input.dispatchEvent(new CustomEvent("combobox:choose", said))) return;
    input.value = option.dataset.value;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  status.setAttribute("role", "status");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", id);
  input.autocomplete = "off";
  show(false);
  if (document.activeElement === input) attach();
}

document.querySelectorAll("[data-combobox]").forEach(enhance);
// A field that came later.
document.addEventListener("focusin", ({ target }) => {
  if (target.matches("[data-combobox]") && !enhanced.has(target)) enhance(target);
});
