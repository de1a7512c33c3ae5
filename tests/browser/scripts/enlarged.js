// Double the size of the text, as a reader may: what is then cut, what did not grow, and
// what is wider than the screen.
() => {
    const root = document.documentElement;
    const texts = [...document.querySelectorAll("body *")].filter((element) =>
        element.checkVisibility() && !element.closest(".visually-hidden, svg")
        && [...element.childNodes].some(
            (node) => node.nodeType === 3 && node.textContent.trim()));
    const hides = (element) => {
        const style = getComputedStyle(element);
        const over = (axis, seen, whole) => style[axis] !== "visible"
            && !/auto|scroll/.test(style[axis]) && whole > seen + 2;
        return over("overflowX", element.clientWidth, element.scrollWidth)
            || over("overflowY", element.clientHeight, element.scrollHeight);
    };
    const size = (element) => parseFloat(getComputedStyle(element).fontSize);
    const name = (element) => `${element.tagName}.${element.className}`;
    const before = texts.map((element) => [element, size(element), hides(element)]);
    root.style.fontSize = "200%";
    const problems = [];
    for (const [element, was, hid] of before) {
        if (!hid && hides(element)) problems.push(`cut: ${name(element)}`);
        const prose = element.matches("p, li, dd, dt, label, a, button, span, td");
        if (prose && size(element) < 1.5 * was) {
            problems.push(`does not grow: ${name(element)}`);
        }
    }
    if (root.scrollWidth > root.clientWidth) {
        problems.push(`${root.scrollWidth} pixels for ${root.clientWidth}`);
    }
    root.style.fontSize = "";
    return [...new Set(problems)];
}
