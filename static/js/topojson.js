// Contours in TopoJSON, whose lines are shared by those whom they part. A line is a point,
// then steps, in whole units of a grid.

export async function topology(address) {
  const { arcs, objects, transform } = await (await fetch(address)).json();
  const [kx, ky] = transform.scale;
  const [x0, y0] = transform.translate;
  const lines = arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.map(([dx, dy]) => {
      x += dx;
      y += dy;
      return [y * ky + y0, x * kx + x0];
    });
  });
  const line = (index) => (index < 0 ? lines[~index].slice().reverse() : lines[index]);
  const ring = (indexes) => indexes.flatMap((index, n) => line(index).slice(n ? 1 : 0));
  const shapes = Object.values(objects)
    .flatMap((object) => object.geometries)
    .map(({ type, arcs: parts, properties }) => ({
      name: properties.nom.replaceAll("'", "’"),
      polygons: (type === "Polygon" ? [parts] : parts).map((rings) => rings.map(ring)),
    }));
  return { lines, shapes };
}

// The largest polygon of a shape: its middle, weighed by area, and its area.
export function heart({ polygons }) {
  let best = { area: 0 };
  for (const [outer] of polygons) {
    let [area, y, x] = [0, 0, 0];
    outer.forEach(([y1, x1], n) => {
      const [y2, x2] = outer[(n + 1) % outer.length];
      const cross = x1 * y2 - x2 * y1;
      area += cross;
      y += (y1 + y2) * cross;
      x += (x1 + x2) * cross;
    });
    if (Math.abs(area) > best.area) {
      best = { area: Math.abs(area), at: [y / (3 * area), x / (3 * area)] };
    }
  }
  return best;
}
