// The map of a listing: contours without tiles, points in clusters, a list in step.
// Without it the page has a drawing of the départements and the listing itself.

import { heart, topology } from "./topojson.js";

const { L } = window;
const frame = document.querySelector("[data-map]");
const said = document.querySelector("[data-map-said]");
const words = JSON.parse(frame.dataset.words);
const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const FARTHEST = 5;
const CLOSEST = 13;
const LETTER = 6.75; // pixels of a name: its letters, its height
const LINE = 18;
// By how much a name may move to be read: half lines up and down, and a little aside.
const STEPS = [0, -1, 1, -2, 2, -3, 3, -4, 4].flatMap((down) =>
  [0, -1, 1].map((aside) => [(aside * LINE) / 2, (down * LINE) / 2]),
);
const PAGE = 24; // rows of the list at once
const LISTED = 50; // rows of a popup
const PAUSE = 500; // milliseconds without a move before the number is told

const number = new Intl.NumberFormat("fr").format;
const fill = (text, values) => text.replace(/{(\w+)}/g, (_all, name) => number(values[name]));

function element(name, properties = {}, children = []) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

// The map, and where its parts are one above the other.

const map = L.map(frame, {
  attributionControl: false,
  fadeAnimation: !isCalm,
  inertia: !isCalm,
  markerZoomAnimation: !isCalm,
  maxZoom: CLOSEST,
  renderer: L.svg({ padding: 0.5 }),
  scrollWheelZoom: false,
  trackResize: false,
  wheelPxPerZoomLevel: 120,
  zoomAnimation: !isCalm,
  zoomControl: false,
  zoomSnap: 0.25,
});
map.addControl(
  L.control.zoom({
    zoomInText: "", // The signs are drawn by the style sheet.
    zoomInTitle: words.closer,
    zoomOutText: "",
    zoomOutTitle: words.farther,
  }),
);
map.addControl(L.control.attribution({ prefix: false }).addAttribution(words.credit));
map.createPane("names").setAttribute("aria-hidden", "true");

new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(frame);

// The wheel scrolls the page until the map is in use.
map.on("focus click", () => map.scrollWheelZoom.enable());
map.on("blur mouseout", () => map.scrollWheelZoom.disable());

// Contours, by level.

const level = (name, least, most, draw) => ({ name, least, most, draw, layer: null, names: [] });
const border = (kind) => (found) =>
  L.polyline(found.lines, { className: `map-border map-border--${kind}`, interactive: false });
const levels = [
  level("departements", 0, 10, ({ shapes }) =>
    L.polygon(
      shapes.flatMap((shape) => shape.polygons),
      { className: "map-land", interactive: false },
    ),
  ),
  level("epci", 9, 11, border("epci")),
  level("communes", 10.5, Infinity, border("commune")),
];

async function draw(one) {
  const files = (frame.dataset[one.name] ?? "").split(" ").filter(Boolean);
  one.layer = L.layerGroup().addTo(map);
  for (const found of await Promise.all(files.map(topology))) {
    one.layer.addLayer(one.draw(found));
    one.names.push(...found.shapes.map((shape) => ({ text: shape.name, ...heart(shape) })));
  }
  one.names.sort((a, b) => b.area - a.area);
}

// Draw what is worth drawing at this scale.
async function drawLevels() {
  const zoom = map.getZoom();
  await Promise.all(levels.filter((one) => !one.layer && zoom >= one.least).map(draw));
  for (const { layer, least } of levels) {
    if (!layer) continue;
    if (zoom >= least) map.addLayer(layer);
    else map.removeLayer(layer);
  }
  nameLevels(zoom);
}

// Name what is in sight, the largest first, above or below the points that are there.
function nameLevels(zoom) {
  const view = map.getBounds();
  const taken = marks();
  for (const { name, least, most, names } of levels) {
    const isNamed = name !== "epci" && zoom >= least && zoom <= most;
    for (const one of names) {
      const { x, y } = map.latLngToLayerPoint(one.at);
      const half = (one.text.length * LETTER) / 2;
      const isFree = ([right, down]) =>
        taken.every(
          (o) =>
            Math.abs(o.x - x - right) > o.half + half ||
            Math.abs(o.y - y - down) > o.high + LINE / 2,
        );
      const step = isNamed && view.contains(one.at) && STEPS.find(isFree);
      if (!step) {
        one.label?.remove();
        continue;
      }
      const at = { x: x + step[0], y: y + step[1] };
      taken.push({ ...at, half, high: LINE / 2 });
      one.label ??= label(one, name);
      one.label.setLatLng(map.layerPointToLatLng(at)).addTo(map);
    }
  }
}

// The points and clusters that are drawn, which hide what is under them.
function marks() {
  const found = [];
  map.eachLayer((layer) => {
    const icon = layer.getElement?.();
    if (!byElement.has(icon)) return;
    const half = icon.offsetWidth / 2;
    found.push({ ...map.latLngToLayerPoint(layer.getLatLng()), half, high: half });
  });
  return found;
}

function label({ at, text }, name) {
  const html = element("span", { textContent: text });
  const icon = L.divIcon({ className: `map-name map-name--${name}`, html, iconSize: null });
  return L.marker(at, { icon, interactive: false, keyboard: false, pane: "names" });
}

// Points. A row of the answer is the same rank in each of its columns.

let rows = { names: [] };
let markers = [];
let visible = [];

// Where a row is, and how exact its point is.
const place = (row) => rows.places[rows.at[row]];
const address = (row) => `${rows.base}${rows.slugs[row]}/`;
const dot = L.divIcon({ className: "map-point", iconSize: null });

const Point = L.Marker.extend({
  options: { icon: dot, riseOnHover: true },
  onAdd(on) {
    L.Marker.prototype.onAdd.call(this, on);
    const name = rows.names[this.row];
    const icon = this.getElement();
    icon.title = name;
    icon.setAttribute("aria-label", [name, place(this.row)[0]].filter(Boolean).join(", "));
  },
});

const ClusterIcon = L.DivIcon.extend({
  createIcon(old) {
    const icon = L.DivIcon.prototype.createIcon.call(this, old);
    icon.setAttribute("aria-label", this.options.name);
    return icon;
  },
});

const isOnePlace = (cluster) => {
  const bounds = cluster.getBounds();
  return bounds.getNorthEast().equals(bounds.getSouthWest(), 1e-5);
};

const clusters = L.markerClusterGroup({
  animate: false,
  chunkDelay: 0,
  chunkProgress(done, total) {
    // The icons come just after: they are there for the next frame.
    if (done === total) requestAnimationFrame(() => drawn(total));
  },
  chunkedLoading: true,
  iconCreateFunction(cluster) {
    const n = cluster.getChildCount();
    const size = n < 10 ? "few" : n < 100 ? "some" : "many";
    return new ClusterIcon({
      className: `map-cluster map-cluster--${size}`,
      html: element("span", { textContent: number(n) }),
      iconSize: null,
      name: fill(isOnePlace(cluster) ? words.listed : words.cluster, { n }),
    });
  },
  maxClusterRadius: 56,
  showCoverageOnHover: false,
  spiderfyOnMaxZoom: false,
  zoomToBoundsOnClick: false,
}).addTo(map);

// Points do not move: thousands of listeners that nobody calls are not wanted.
clusters._childMarkerEventHandlers = {};

function drawn(total) {
  nameLevels(map.getZoom());
  if (total) performance.mark("map-drawn");
}

const shown = (marker) => clusters.getVisibleParent(marker)?.getElement();
const byElement = new WeakMap();
map.on("layeradd", ({ layer }) => {
  const icon = layer.getElement?.();
  if (icon?.tabIndex === 0) byElement.set(icon, layer);
  setStop(layer);
});
map.on("moveend", () => map.eachLayer(setStop));

// Clusters wait around what is in sight: the Tab key stops at those that one sees.
function setStop(layer) {
  const icon = layer.getElement?.();
  if (byElement.has(icon)) icon.tabIndex = map.getBounds().contains(layer.getLatLng()) ? 0 : -1;
}

const firstOf = (layer) => layer.getAllChildMarkers?.()[0] ?? layer;

// A popup: one row, or all those of one place.

let opener; // the marker that has the focus when the popup closes
const popup = L.popup({ autoPanPadding: [16, 16], maxHeight: 260, maxWidth: 300, minWidth: 200 });

const line = (row) =>
  element("li", {}, [
    element("a", { href: address(row), textContent: rows.names[row] }),
    element("span", { className: "map-list__place", textContent: place(row)[0] }),
  ]);

function showOne(marker) {
  const { row } = marker;
  const content = element("div", {}, [
    element("p", {}, [element("a", { href: address(row), textContent: rows.names[row] })]),
    ...place(row)
      .filter(Boolean)
      .map((text) => element("p", { className: "map-popup__place", textContent: text })),
  ]);
  show(marker, content);
}

function show(marker, content) {
  map.closePopup();
  opener = marker;
  popup.setLatLng(marker.getLatLng()).setContent(content).openOn(map);
  const button = popup.getElement().querySelector(".leaflet-popup-close-button");
  button.setAttribute("aria-label", words.close);
  popup.getElement().querySelector("a[href]").focus({ preventScroll: true });
}

function showAll(cluster) {
  const found = cluster.getAllChildMarkers().map((marker) => marker.row).sort((a, b) => a - b);
  const more = found.length - LISTED;
  const content = element("div", {}, [
    element("p", { className: "map-popup__title", textContent: fill(words.together, { n: found.length }) }),
    element("ul", { className: "map-popup__list" }, found.slice(0, LISTED).map((row) => line(row))),
  ]);
  if (more > 0) content.append(element("p", { textContent: fill(words.others, { n: more }) }));
  show(firstOf(cluster), content);
}

clusters.on("click", ({ propagatedFrom }) => showOne(propagatedFrom));
clusters.on("clusterclick", ({ layer }) => {
  if (isOnePlace(layer) || map.getZoom() >= CLOSEST) showAll(layer);
  else layer.zoomToBounds({ padding: [32, 32] });
});
map.on("popupclose", () => {
  const isFree = document.activeElement === document.body || frame.contains(document.activeElement);
  if (opener && isFree) (shown(opener) ?? frame).focus({ preventScroll: true });
  opener = undefined;
});

// What is a button obeys the keys of a button; Escape closes.
frame.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (key === "Escape" && opener) {
    event.stopPropagation();
    map.closePopup();
  } else if ((key === "Enter" || key === " ") && byElement.has(target)) {
    event.preventDefault();
    target.click();
  }
});

// A marker that has the focus goes when one looks closer: what replaces it takes it.
let held;
map.on("movestart zoomstart", () => {
  const layer = byElement.get(document.activeElement);
  if (layer) held = firstOf(layer);
});
map.on("moveend", () => {
  if (!held) return;
  const marker = held;
  held = undefined;
  if (document.activeElement === document.body) (shown(marker) ?? frame).focus({ preventScroll: true });
});

// The list: what is in sight, in the order of the listing.

function list() {
  return document.querySelector("[data-map-list]");
}

function lines(from) {
  const found = visible.slice(from, from + PAGE).map((row) => {
    const made = line(row);
    made.dataset.row = row;
    return made;
  });
  if (visible.length > from + PAGE) {
    const button = element("button", { className: "button button--quiet", textContent: words.more, type: "button" });
    button.addEventListener("click", () => {
      const next = lines(from + PAGE);
      button.parentElement.replaceWith(...next);
      next[0].querySelector("a").focus();
    });
    found.push(element("li", { className: "map-list__more" }, [button]));
  }
  return found;
}

// The number of rows in sight: above their list at once, told when the map rests.
let telling;
function tell(heading) {
  const total = Number(document.querySelector("[data-map-total]")?.dataset.mapTotal ?? 0);
  const n = visible.length;
  const text = fill(n ? (n > 1 ? words.some : words.one) : words.none, { n, total });
  heading.textContent = text;
  clearTimeout(telling);
  telling = setTimeout(() => (said.textContent = text), said.textContent ? PAUSE : 0);
}

function keepInStep() {
  const view = map.getBounds();
  visible = [...rows.names.keys()].filter((row) =>
    view.contains([rows.latitudes[row], rows.longitudes[row]]),
  );
  const items = list();
  if (!items) return;
  const heading = document.querySelector("[data-map-shown]");
  const isAnyOnMap = rows.names.length > 0;
  items.hidden = heading.hidden = !isAnyOnMap;
  document.querySelector("[data-map-cards]").classList.toggle("map-cards--replaced", isAnyOnMap);
  if (!items.contains(document.activeElement)) items.replaceChildren(...lines(0));
  tell(heading);
}

// The marker of the row under the finger or the focus stands out.
let lit;
function light({ target }) {
  lit?.classList.remove("is-lit");
  const row = target.closest?.("[data-row]")?.dataset.row;
  lit = row === undefined ? undefined : shown(markers[row]);
  lit?.classList.add("is-lit");
}
for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, light);

// Load: the contours once, the points at each change of the filters.

let asked = 0;
async function load() {
  const turn = ++asked;
  const source = document.querySelector("[data-map-points]")?.dataset.mapPoints;
  const found = source ? await (await fetch(source)).json() : { latitudes: [], longitudes: [], names: [] };
  if (turn !== asked) return;
  map.closePopup();
  rows = found;
  markers = rows.names.map((_name, row) => {
    const marker = new Point([rows.latitudes[row], rows.longitudes[row]]);
    marker.row = row;
    return marker;
  });
  clusters.clearLayers();
  clusters.addLayers(markers);
  keepInStep();
  if (home && markers.length && !visible.length) fit(home);
}

function fail() {
  said.textContent = words.failed;
  frame.hidden = true;
}

let home;
async function start() {
  const [south, west, north, east] = JSON.parse(frame.dataset.bounds);
  if (south === undefined) map.setView([46.6, 2.4], FARTHEST);
  else fit((home = [[south, west], [north, east]]));
  await Promise.all([load().then(() => map.on("moveend", keepInStep)), drawLevels()]);
  if (!home && markers.length) fit(markers.map((marker) => marker.getLatLng()));
  map.on("moveend", drawLevels);
}

function fit(bounds) {
  map.fitBounds(bounds, { animate: false, padding: [8, 8] });
  map.setMinZoom(Math.floor(map.getZoom()));
}

start().catch(fail);
document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target.id === "liste") load().catch(fail);
});
