// The text of an element: its colour, whether it is large for WCAG, and its places on
// the screen. Its words are left transparent, so that a picture shows what is behind:
// by a style sheet, since an editor draws anew what is changed in its text.
(element, selector) => {
    element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const style = getComputedStyle(element);
    const canvas = document.createElement("canvas").getContext("2d");
    const names = element instanceof SVGElement
        ? ["fill"] : ["color", "-webkit-text-fill-color", "text-decoration-color"];
    const rgb = (value) => {
        canvas.fillStyle = value;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const color = rgb(style[names[0]]);
    // A line drawn under the letters, all around them, is what they are read against.
    const haloed = element instanceof SVGElement && style.stroke !== "none"
        && style.paintOrder.startsWith("stroke") && parseFloat(style.strokeWidth) >= 4;
    const halo = haloed ? rgb(style.stroke) : null;
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const range = document.createRange();
    const places = [...element.childNodes]
        .filter((node) => node.nodeType === 3 && node.textContent.trim())
        .flatMap((node) => {
            range.selectNodeContents(node);
            return [...range.getClientRects()];
        })
        .filter((place) => place.width >= 1 && place.height >= 1)
        // What a scrolling part still hides is not in the picture.
        .map(({ left, top, right, bottom }) => ({
            x: Math.max(left, 0),
            y: Math.max(top, 0),
            width: Math.min(right, innerWidth) - Math.max(left, 0),
            height: Math.min(bottom, innerHeight) - Math.max(top, 0),
        }))
        .filter((place) => place.width >= 1 && place.height >= 1);
    const unseen = new CSSStyleSheet();
    const rules = names.map((name) => `${name}: transparent !important`).join("; ");
    unseen.replaceSync(`${selector} { transition: none !important; ${rules} }`);
    document.adoptedStyleSheets.push(unseen);
    return { color, halo, large, places };
}
