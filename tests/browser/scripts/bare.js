// With forced colours: controls whose background went and that nothing replaced, neither
// a border nor a line under the words; and what refuses the forced colours.
() => {
    const bare = [];
    for (const control of document.querySelectorAll("[data-filled]")) {
        const style = getComputedStyle(control);
        const bordered = ["Top", "Bottom", "Left", "Right"].some((side) =>
            style[`border${side}Style`] !== "none"
            && parseFloat(style[`border${side}Width`]) >= 1);
        const underlined = style.textDecorationLine.includes("underline");
        if (control.tagName !== "BUTTON" && !bordered && !underlined) {
            bare.push(`${control.tagName}.${control.className}`);
        }
        control.removeAttribute("data-filled");
    }
    for (const element of document.querySelectorAll("body *")) {
        const words = [...element.childNodes].some(
            (node) => node.nodeType === 3 && node.textContent.trim());
        const refuses = getComputedStyle(element).forcedColorAdjust === "none";
        if (words && refuses && !element.closest("[class*=goal]")) {
            bare.push(`forced-color-adjust: ${element.className}`);
        }
    }
    return [...new Set(bare)];
}
