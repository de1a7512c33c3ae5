// What runs before the page is drawn.

// Drawn once whole: the page is light, and its head or its foot half read would move.
document.head.append(
  Object.assign(document.createElement("link"), {
    rel: "expect",
    href: "#fin",
    blocking: "render",
  }),
);

// Light or dark. Small, and loaded before the page is drawn, so that a choice made
// earlier does not flash. The choice stays in the browser: no cookie. The admin of
// Django reads the same key, "theme", with the same words.
(() => {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const stored = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // storage is refused: the system decides
    }
  };
  const store = (theme) => {
    try {
      if (theme) localStorage.setItem("theme", theme);
      else localStorage.removeItem("theme");
    } catch {
      // the choice lasts as long as the page
    }
  };
  const apply = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  const isDark = () => (root.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";

  root.dataset.scripts = "";
  apply(stored());

  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      const tell = () => button.setAttribute("aria-pressed", String(isDark()));
      button.addEventListener("click", () => {
        const wanted = isDark() ? "light" : "dark";
        // What the system says already needs no memory.
        const theme = (wanted === "dark") === dark.matches ? null : wanted;
        apply(theme);
        store(theme);
        tell();
      });
      dark.addEventListener("change", tell);
      tell();
    }
  });
})();
