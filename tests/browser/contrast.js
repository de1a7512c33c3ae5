// The texts of a page whose contrast is under WCAG 2.2 AA (1.4.3). A text over an image
// or a gradient is left out: its ground is not one colour.
() => {
    const canvas = document.createElement("canvas").getContext("2d",
        { willReadFrequently: true });
    const rgba = (color) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = ([r, g, b]) => {
        const part = (v) => (v /= 255) <= 0.03928 ? v / 12.92
                                                  : ((v + 0.055) / 1.055) ** 2.4;
        return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
    };
    const ground = (element) => {
        for (let e = element; e; e = e.parentElement) {
            const style = getComputedStyle(e);
            if (style.backgroundImage !== "none") return null;
            const color = rgba(style.backgroundColor);
            if (color[3] === 255) return color;
        }
        return [255, 255, 255, 255];
    };
    const poor = [];
    for (const element of document.querySelectorAll("body *")) {
        const own = [...element.childNodes].some(
            (node) => node.nodeType === 3 && node.textContent.trim());
        if (!own || !element.checkVisibility()) continue;
        if (element.closest(".visually-hidden")) continue;
        const under = ground(element);
        if (!under) continue;
        const style = getComputedStyle(element);
        const [a, b] = [light(rgba(style.color)), light(under)].sort((x, y) => y - x);
        const size = parseFloat(style.fontSize);
        const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
        const ratio = (a + 0.05) / (b + 0.05);
        if (ratio < (large ? 3 : 4.5)) {
            poor.push(`${ratio.toFixed(2)} ${element.className} ${element.textContent}`);
        }
    }
    return poor;
}
