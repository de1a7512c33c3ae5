// What is wrong with the focus: nothing when it is there for all to see. Then whether it
// is on something that the selector names.
(selector) => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return ["the focus is lost", false];
    const text = focused.textContent.trim();
    const name = `${focused.tagName}.${focused.getAttribute("class")} ${text}`;
    const problem = () => {
        const box = focused.getBoundingClientRect();
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        const inside = x >= 0 && x <= innerWidth && y >= 0 && y <= innerHeight;
        if (!inside || box.width < 1 || box.height < 1) return `out of sight: ${name}`;
        const above = document.elementFromPoint(x, y);
        // The middle of a country may be in another one: some of it must be seen.
        const parts = [...Array(81).keys()].map((n) => document.elementFromPoint(
            box.x + (box.width * (n % 9 + 0.5)) / 9,
            box.y + (box.height * (Math.floor(n / 9) + 0.5)) / 9,
        ));
        const own = above?.contains(focused) || focused.contains(above)
            || above?.closest("label")?.contains(focused)
            || (focused instanceof SVGElement && parts.some((part) => focused.contains(part)));
        if (!own) return `covered by ${above?.tagName}.${above?.className}: ${name}`;
        const ring = [null, "::before", "::after"].some((part) => {
            const style = getComputedStyle(focused, part);
            return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        });
        // A shape of a drawing has its ring in its own line, or in that of its parts.
        const drawn = focused instanceof SVGElement
            && [focused, ...focused.querySelectorAll("*")].some((part) => {
                const style = getComputedStyle(part);
                const outlined = style.outlineStyle !== "none"
                    && parseFloat(style.outlineWidth) >= 2;
                return outlined || (style.stroke !== "none"
                    && parseFloat(style.strokeWidth) >= 2);
            });
        return ring || drawn ? "" : `no ring: ${name}`;
    };
    return [problem(), focused.matches(selector)];
}
