// Nothing typed is lost: a draft is saved on the site as one types and, as long as it
// is not, a copy waits in the tab. Without scripts the buttons do the same.
//
//   <form data-autosave data-autosave-saved>… <p role="status" data-autosave-status>
//
// `data-autosave-saved`, on the form or elsewhere, says that what was sent is saved: the
// copies that were sent are forgotten. The words come in data-ended, data-offline,
// data-offer, data-take and data-forget.

const PAUSE = 3000; // ms between two looks at the form
const PREFIX = "autosave:";

function copies() {
  return Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, copy) {
  try {
    sessionStorage.setItem(key, JSON.stringify(copy));
  } catch {
    // Full or forbidden: the draft on the site is what counts.
  }
}

function typed(form) {
  const pairs = [...new FormData(form)];
  return pairs.filter(([name, value]) => !name.startsWith("csrf") && typeof value === "string");
}

function words(form) {
  // What a person typed, without what the page carries.
  return JSON.stringify(typed(form).filter(([name]) => !name.startsWith("_")));
}

function restore(form, text) {
  const values = new Map();
  for (const [name, value] of JSON.parse(text)) {
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  for (const field of form.elements) {
    if (!field.name || field.name.startsWith("_") || field.name.startsWith("csrf")) continue;
    const value = values.get(field.name) ?? [];
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = value.includes(field.value);
    } else if (field.type !== "file" && field.type !== "submit") {
      field.value = value[0] ?? "";
    }
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function button(label, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--quiet";
  made.textContent = label;
  made.addEventListener("click", action);
  return made;
}

function offer(form, key, copy) {
  const box = document.createElement("div");
  box.className = "alert alert--warning";
  box.setAttribute("role", "status");
  const done = () => {
    sessionStorage.removeItem(key);
    box.remove();
  };
  const said = document.createElement("p");
  said.textContent = form.dataset.offer;
  const take = button(form.dataset.take, () => {
    restore(form, copy.text);
    done();
  });
  box.append(said, take, " ", button(form.dataset.forget, done));
  form.prepend(box);
}

function keep(form) {
  const key = PREFIX + location.pathname;
  const status = form.querySelector("[data-autosave-status]");
  let saved = words(form);
  let request = null;
  let isStopped = false;

  const left = read(key);
  if (left && left.text !== saved) offer(form, key, left);

  function say(text) {
    if (text && status.textContent !== text) status.textContent = text;
  }

  async function send(text) {
    const data = new URLSearchParams(typed(form));
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const answer = await fetch(form.action, {
      method: "POST",
      body: data,
      headers: { Accept: "application/json" },
      redirect: "manual",
    });
    if (answer.type === "opaqueredirect") {
      isStopped = true;
      say(form.dataset.ended);
      return;
    }
    const said = await answer.json();
    if (answer.ok) {
      saved = text;
      form.elements._version.value = said.version;
      if (words(form) === text) sessionStorage.removeItem(key);
    } else isStopped = true;
    say(said.message);
  }

  function look() {
    const text = words(form);
    if (text === saved) return;
    write(key, { text });
    if (isStopped || request) return;
    request = send(text)
      .catch(() => say(form.dataset.offline))
      .finally(() => {
        request = null;
      });
  }

  const timer = setInterval(look, PAUSE);
  document.addEventListener("visibilitychange", look);
  form.addEventListener("submit", (event) => {
    clearInterval(timer);
    if (request) {
      // The version of the draft is about to change: send after it.
      event.preventDefault();
      request.then(() => form.requestSubmit(event.submitter));
      return;
    }
    write(key, { text: words(form), sent: true });
  });
}

if (document.querySelector("[data-autosave-saved]")) {
  for (const key of copies()) if (read(key)?.sent) sessionStorage.removeItem(key);
}
for (const form of document.querySelectorAll("[data-autosave]")) keep(form);
