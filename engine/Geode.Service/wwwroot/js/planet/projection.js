// Natural Earth projection (Tom Patterson; polynomial by Bojan Šavrič and others) onto a map 1000 wide.
const scale = 182.78964407;
const top = 1.38234338;
const rad = Math.PI / 180;

export const size = { width: 1000, height: 434.7 };

/** Map coordinates of a place in degrees. */
export function project({ latitude, longitude }) {
  const phi = latitude * rad;
  const [p2, p4] = [phi ** 2, phi ** 4];
  const x = longitude * rad * (.8707 - .131979 * p2 + p4 * (-.013791 + p4 * (.003971 * p2 - .001529 * p4)));
  const y = phi * (1.007226 + p2 * (.015085 + p4 * (-.044475 + .028874 * p2 - .005916 * p4)));
  return { x: x * scale + size.width / 2, y: (top - y) * scale };
}

/** An arc from one point to the other, bent to its left; the two directions between two places do not cover each other. */
export function arc(a, b, bend = .18) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const mid = { x: (a.x + b.x) / 2 + dy * bend, y: (a.y + b.y) / 2 - dx * bend };
  return { path: `M${f(a.x)} ${f(a.y)}Q${f(mid.x)} ${f(mid.y)} ${f(b.x)} ${f(b.y)}`, mid: { x: (a.x + b.x) / 4 + mid.x / 2, y: (a.y + b.y) / 4 + mid.y / 2 } };
}

/** Lines of latitude and longitude every 30 degrees. */
export function graticule() {
  const line = points => 'M' + points.map(point => `${f(point.x)} ${f(point.y)}`).join('L');
  const range = (from, to, step) => Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
  const meridians = range(-180, 180, 30).map(longitude => line(range(-57, 84, 3).map(latitude => project({ latitude, longitude }))));
  const parallels = range(-30, 60, 30).map(latitude => line(range(-180, 180, 10).map(longitude => project({ latitude, longitude }))));
  return [...meridians, ...parallels].join('');
}

/** The half of the globe without sun, at the equinox: there the edge of night is two meridians. `noon` is the longitude of highest sun. */
export function night(noon) {
  const dusk = (noon + 270) % 360 - 180;
  const spans = dusk <= 0 ? [[dusk, dusk + 180]] : [[dusk, 180], [-180, dusk - 180]];
  const side = (longitude, latitudes) => latitudes.map(latitude => project({ latitude, longitude }));
  const north = Array.from({ length: 31 }, (_, i) => i * 6 - 90);
  return spans.map(([from, to]) => `M${[...side(from, north), ...side(to, north.toReversed())].map(point => `${f(point.x)} ${f(point.y)}`).join('L')}Z`).join('');
}

const f = value => value.toFixed(1);
