// The editor of rich text, in the admin: the buttons of what `news/rich_text.py` lets
// through, named in French. Unlike the library's presets it needs no inline import map
// and injects no style sheet, which the Content-Security-Policy refuses.
import { Blockquote, Bold, BulletList, Document, Dropcursor, Editor, Gapcursor, HardBreak, Heading, History, Italic, Link, ListItem, Menu, OrderedList, Paragraph, Text } from "../django_prose_editor/editor.js";

const GROUPS = [
  { group: "blockType -lists" },
  { group: "lists" },
  { group: "marks" },
  { group: "nodes -blockType -lists" },
  { group: "link" },
  { group: "history" },
];
const EXTENSIONS = [
  Document, Paragraph, Text, HardBreak, Dropcursor, Gapcursor, History,
  Bold, Italic, BulletList, OrderedList, ListItem, Blockquote,
  Heading.configure({ levels: [2, 3] }),
  Link.configure({ enableTarget: false, autolink: false, protocols: ["http", "https", "mailto"] }),
  Menu.configure({ groups: GROUPS }),
];

function name(menu, words) {
  menu.setAttribute("role", "toolbar");
  for (const button of menu.querySelectorAll("button[data-name]")) {
    const word = words[button.dataset.name];
    if (word) {
      button.title = word;
      button.setAttribute("aria-label", word);
    }
  }
}

function start(textarea) {
  const words = JSON.parse(textarea.dataset.richText);
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  const frame = document.createElement("div");
  frame.className = "prose-editor";
  textarea.before(frame);
  frame.append(textarea);
  const editor = new Editor({
    element: frame,
    extensions: EXTENSIONS,
    injectCSS: false,
    content: textarea.value,
    editorProps: {
      attributes: {
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": label ? label.textContent.replace(/\s*:\s*$/, "") : "",
      },
    },
    onCreate: ({ editor }) => name(editor.storage.menu.dom, words),
    onUpdate: ({ editor }) => {
      textarea.value = editor.isEmpty ? "" : editor.getHTML();
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  label?.addEventListener("click", () => editor.commands.focus());
}

for (const textarea of document.querySelectorAll("textarea[data-rich-text]")) {
  start(textarea);
}
