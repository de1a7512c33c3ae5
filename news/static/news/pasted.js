// What is pasted from Word or from a web page, put in the elements of a text before the
// editor reads it. The server cleans what is saved (`news/rich_text.py`): this helps the
// person who pastes to see at once what will be kept.

const SAME = { H1: "h2", H4: "h3", H5: "h3", H6: "h3" };
// The second is what the editor says of what is copied in it.
const KEPT = new Set(["href", "data-pm-slice"]);
const SAFE = /^(?:https?:|mailto:|#|\/(?![\/\\]))/i;
// Word draws its bullets: a dot, a dash, « 1. », « a) », then spaces of all kinds.
const MARK = /^\s*(?:[·•▪◦§o–-]|(\d{1,3}|[a-z]{1,4})[.)])[\s\u00a0]+/i;

// A heading is bold as it is.
const HEADING_BOLD = ":is(h1, h2, h3, h4, h5, h6) :is(b, strong)";

function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

function renamed(element, name) {
  const other = document.createElement(name);
  other.append(...element.childNodes);
  element.replaceWith(other);
  return other;
}

function removeAll(body, selector) {
  const found = body.querySelectorAll(selector);
  found.forEach((element) => element.remove());
  return found.length;
}

// Whether something stays beside an element when it goes.
function remains(element) {
  const { parentElement: parent } = element;
  return parent.children.length > 1 || parent.textContent.trim() !== element.textContent.trim();
}

// The number of pictures that are taken away, whatever draws them.
function withoutImages(body) {
  const outer = [...body.querySelectorAll("picture, svg, img, canvas, video, object, embed, iframe")]
    .filter((element) => !element.parentElement.closest("picture, svg, video, object"));
  for (const element of outer) {
    let empty = element;
    while (empty.parentElement !== body && !remains(empty)) empty = empty.parentElement;
    empty.remove();
  }
  return outer.length;
}

function levelOf(paragraph) {
  const style = paragraph.getAttribute("data-style") ?? "";
  const found = /mso-list:\s*l\d+\s+level(\d+)/i.exec(style);
  return found ? Number(found[1]) : 0;
}

// Take the drawn bullet away; tell whether the list is numbered.
function takeMark(paragraph) {
  const drawn = paragraph.querySelector('[data-style*="mso-list:Ignore" i], [data-style*="mso-list: Ignore" i]');
  const text = drawn ? drawn.textContent : paragraph.textContent;
  const mark = MARK.exec(`${text} `);
  if (drawn) {
    drawn.remove();
  } else if (mark) {
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    let left = Math.min(mark[0].length, text.length);
    while (left && walker.nextNode()) {
      const taken = Math.min(left, walker.currentNode.length);
      walker.currentNode.deleteData(0, taken);
      left -= taken;
    }
  }
  return Boolean(mark?.[1]) && !/^o$/i.test(mark[1]);
}

// The list that holds the rows of a level, made in the last row of the level above.
function listAt(lists, level, name, before) {
  lists.length = Math.min(lists.length, level);
  while (lists.length < level) {
    const list = document.createElement(name);
    const above = lists.at(-1);
    if (above) {
      (above.lastElementChild ?? above.appendChild(document.createElement("li"))).append(list);
    } else {
      before.before(list);
    }
    lists.push(list);
  }
  return lists.at(-1);
}

// Word writes a list as paragraphs that look like one.
function withLists(body) {
  let lists = [];
  let last = null;
  for (const paragraph of body.querySelectorAll('[data-style*="mso-list" i]')) {
    const level = levelOf(paragraph);
    if (!level || paragraph.closest("li")) continue;
    if (paragraph.previousElementSibling !== last || !last) lists = [];
    const list = listAt(lists, level, takeMark(paragraph) ? "ol" : "ul", paragraph);
    last = lists[0];
    const row = document.createElement("li");
    const words = document.createElement("p");
    words.append(...paragraph.childNodes);
    row.append(words);
    list.append(row);
    paragraph.remove();
  }
}

// Styles that say what elements say elsewhere: bold and italic of Google Docs.
function withWeights(body) {
  const styleOf = (element) => element.getAttribute("data-style");
  for (const bold of body.querySelectorAll("b[data-style]")) {
    if (/font-weight:\s*(normal|[1-5]00)/i.test(styleOf(bold))) unwrap(bold);
  }
  for (const span of body.querySelectorAll("span[data-style]")) {
    if (/font-weight:\s*(bold|[6-9]00)/i.test(styleOf(span))) renamed(span, "strong");
    else if (/font-style:\s*italic/i.test(styleOf(span))) renamed(span, "em");
  }
  body.querySelectorAll(HEADING_BOLD).forEach(unwrap);
}

// The pasted page as a document that runs and loads nothing. Its styles and handlers are
// kept as data: the Content-Security-Policy would complain of each.
function read(html) {
  const bare = html
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/<[^>]+>/g, (tag) => tag.replace(/\s(?=(?:style|on\w+)\s*=)/gi, " data-"));
  return new DOMParser().parseFromString(bare, "text/html");
}

// The HTML that the editor is given, and how many images were left out of it.
export function fromElsewhere(html) {
  const { body } = read(html);
  removeAll(body, "script, style, title, meta, link, template, noscript");
  const images = withoutImages(body);
  withLists(body);
  withWeights(body);
  for (const heading of body.querySelectorAll(Object.keys(SAME).join())) {
    renamed(heading, SAME[heading.tagName]);
  }
  for (const cell of body.querySelectorAll("td, th, caption")) renamed(cell, "div");
  for (const link of body.querySelectorAll("a")) {
    const address = (link.getAttribute("href") ?? "").trim();
    if (!SAFE.test(address)) unwrap(link);
  }
  for (const element of body.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) {
      if (!KEPT.has(name)) element.removeAttribute(name);
    }
  }
  return { html: body.innerHTML, images };
}
