// The editor of rich text: the buttons of what `news/rich_text.py` lets
// through, named in French. Unlike the library's presets it needs no inline import map
// and injects no style sheet, which the Content-Security-Policy refuses.
import { Blockquote, Bold, BulletList, Document, Dropcursor, Editor, Gapcursor, HardBreak, Heading, History, Italic, Link, ListItem, Menu, OrderedList, Paragraph, Text, updateAttrsDialog } from "../django_prose_editor/editor.js";
import { fromElsewhere } from "./pasted.js";

const GROUPS = [
  { group: "blockType -lists" },
  { group: "lists" },
  { group: "marks" },
  { group: "nodes -blockType -lists" },
  { group: "link" },
  { group: "history" },
];

// The library's dialog also asks for a title, which is not kept.
function linksAskedFor(words) {
  const ask = updateAttrsDialog(
    { href: { title: words.address, description: words.addressHelp, required: true } },
    { title: words.link },
  );
  return Link.extend({
    addCommands() {
      return {
        ...this.parent?.(),
        addLink: () => ({ editor }) => {
          if (editor.state.selection.empty && !editor.isActive("link")) return;
          ask(editor, editor.getAttributes("link")).then((answer) => {
            if (!answer) return;
            const href = answer.href.trim();
            editor.chain().focus().extendMarkRange("link").setLink({ href }).run();
          });
        },
      };
    },
  });
}

function extensions(words) {
  return [
    Document, Paragraph, Text, HardBreak, Dropcursor, Gapcursor, History,
    Bold, Italic, BulletList, ListItem, Blockquote,
    OrderedList.configure({ enableListAttributes: false }),
    Heading.configure({ levels: [2, 3] }),
    linksAskedFor(words).configure({ enableTarget: false, autolink: false }),
    Menu.configure({ groups: GROUPS }),
  ];
}

function nameButtons(menu, words) {
  menu.setAttribute("role", "toolbar");
  menu.setAttribute("aria-label", words.toolbar);
  for (const button of menu.querySelectorAll("button[data-name]")) {
    const word = words[button.dataset.name];
    button.title = word;
    button.setAttribute("aria-label", word);
  }
}

// What was not pasted, said below the editor, and aloud.
function told(said, words, images) {
  const sentence = images > 1 ? words.imagesRefused.replace("%d", images) : words.imageRefused;
  said.textContent = images ? sentence : "";
}

function pictures(transfer) {
  if (transfer.types.includes("text/html")) return 0;
  return [...transfer.items].filter((item) => item.type.startsWith("image/")).length;
}

function pasting(said, words) {
  // A picture alone, as a screenshot or a file.
  const alone = (transfer) => (_view, event) => {
    const images = pictures(event[transfer]);
    told(said, words, images);
    if (images) event.preventDefault();
    return images > 0;
  };
  return {
    handleDOMEvents: { paste: alone("clipboardData"), drop: alone("dataTransfer") },
    transformPastedHTML: (html) => {
      const pasted = fromElsewhere(html);
      told(said, words, pasted.images);
      return pasted.html;
    },
  };
}

// What was typed before the editor was there has no marks: its lines are its own.
function marked(text) {
  if (!text.trim() || text.includes("<")) return text;
  const paragraphs = text.trim().split(/\n\s*\n/);
  return paragraphs.map((lines) => `<p>${lines.replaceAll("\n", "<br>")}</p>`).join("");
}

function start(textarea) {
  const isBeingTyped = document.activeElement === textarea;
  const words = JSON.parse(textarea.dataset.richText);
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  const frame = document.createElement("div");
  frame.className = "prose-editor";
  textarea.before(frame);
  frame.append(textarea);
  const said = document.createElement("p");
  said.className = "prose-editor__said";
  said.setAttribute("role", "status");
  const editor = new Editor({
    element: frame,
    extensions: extensions(words),
    injectCSS: false,
    content: marked(textarea.value),
    editorProps: {
      ...pasting(said, words),
      attributes: {
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": label ? label.textContent.replace(/\s*:\s*$/, "") : "",
      },
    },
    onCreate: ({ editor: created }) => nameButtons(created.storage.menu.dom, words),
    onUpdate: ({ editor: changed }) => {
      textarea.value = changed.isEmpty ? "" : changed.getHTML();
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  frame.append(said);
  // A copy that is taken back (autosave.js) comes by the field.
  textarea.addEventListener("change", () => editor.commands.setContent(marked(textarea.value)));
  if (isBeingTyped) editor.commands.focus("end");
  label?.addEventListener("click", () => editor.commands.focus());
}

for (const textarea of document.querySelectorAll("textarea[data-rich-text]")) {
  start(textarea);
}
