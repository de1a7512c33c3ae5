// Once fonts are there and the page is drawn: how much it moved (CLS), when its largest
// part was there (LCP, in milliseconds), its number of elements as EcoIndex counts them.
async () => {
    await document.fonts.ready;
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    await frame();
    await frame();
    const entries = (type) => new Promise((done) => {
        const observer = new PerformanceObserver((list) => done(list.getEntries()));
        observer.observe({ type, buffered: true });
        setTimeout(() => done(observer.takeRecords()), 50);
    });
    const shifts = (await entries("layout-shift")).filter((e) => !e.hadRecentInput);
    const paints = await entries("largest-contentful-paint");
    return {
        cls: shifts.reduce((sum, entry) => sum + entry.value, 0),
        moved: shifts.flatMap((entry) => entry.sources.map(
            (source) => source.node?.parentElement?.className ?? "")),
        lcp: Math.round(paints.at(-1)?.startTime ?? 0),
        nodes: document.querySelectorAll("*").length
            - document.querySelectorAll("svg *").length,
    };
}
