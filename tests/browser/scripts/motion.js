// What still moves for longer than a millisecond, though less motion was asked for.
() => {
    const longest = (times) => Math.max(...times.split(",").map(
        (time) => parseFloat(time) * (time.trim().endsWith("ms") ? 1 : 1000)));
    const moving = [];
    for (const element of document.querySelectorAll("*")) {
        for (const part of [null, "::before", "::after"]) {
            const style = getComputedStyle(element, part);
            const animated = style.animationName !== "none"
                && longest(style.animationDuration) > 1;
            const smooth = style.scrollBehavior === "smooth";
            if (animated || smooth || longest(style.transitionDuration) > 1) {
                moving.push(`${element.tagName}.${element.className}${part ?? ""}`);
            }
        }
    }
    return [...new Set(moving)];
}
