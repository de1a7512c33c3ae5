// Brings the editor of rich text in when it is used: as a text that has marks comes into
// sight, or as the field gets the focus. Until then, and if it cannot come, the field is a
// plain one, and what is typed there is kept.
const fields = document.querySelectorAll("textarea[data-rich-text]");
let coming;

// The drawings of the buttons first: until they are there their names take more lines.
async function come() {
  await document.fonts.load("1em 'Material Icons'").catch(() => []);
  await import("./rich-text.js");
}

function bring() {
  coming ??= come().catch(() => {
    coming = undefined;
  });
}

const sight = new IntersectionObserver((seen) => {
  if (seen.some((entry) => entry.isIntersecting)) bring();
});

for (const field of fields) {
  field.addEventListener("focus", bring);
  if (field.value.includes("<")) sight.observe(field);
}
