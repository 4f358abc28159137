import { el, svg } from '../dom.js';
import { ms, rate } from '../format.js';

const seconds = 300;
const mostLines = 12;
const [width, height] = [300, 90];
const styles = ['', 'dashed', 'dotted'];

/** Small charts of the last five minutes, one value a second. */
export class Charts {
  #charts;

  constructor(host) {
    this.#charts = [
      new Chart('Requests by region', rate, planet => planet.regions.map(region => [region.name, region.displayName, region.traffic?.requestsPerSecond])),
      new Chart('p99 by region', ms, planet => planet.regions.map(region => [region.name, region.displayName, region.traffic?.p99Ms])),
      new Chart('Lag by link', value => ms(value === null || value === undefined ? value : Math.round(value)), planet => planet.links.length > mostLines ? latest(planet) : links(planet)),
    ];
    host.append(...this.#charts.map(chart => chart.node));
  }

  show(planet, colour) {
    this.#charts.forEach(chart => chart.add(planet, colour));
  }
}

class Chart {
  #title; #words; #values; #series = new Map(); #plot; #top; #legend; #more = el('li', { class: 'hint' }); #ticks = 0;

  constructor(title, words, values) {
    [this.#title, this.#words, this.#values] = [title, words, values];
    this.#plot = svg('svg', { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'img' },
      svg('path', { class: 'grid', d: [0, .5, 1].map(y => `M0 ${y * height}H${width}`).join('') }));
    this.#top = el('span', { class: 'top' });
    this.#legend = el('ul', {});
    this.node = el('figure', { class: 'chart' }, el('figcaption', {}, title), el('div', { class: 'plot' }, this.#plot, this.#top), this.#legend);
  }

  add(planet, colour) {
    this.#ticks++;
    const values = this.#values(planet);
    this.#forget(new Set(values.map(([, label]) => label)));
    for (const [region, label, value, style] of values) {
      const line = this.#series.get(label) ?? this.#open(label, region, style, colour);
      if (!line) continue;
      line.values.push(value ?? null);
      if (line.values.length > seconds) line.values.shift();
      line.now.textContent = this.#words(value ?? null);
    }
    const more = values.length - this.#series.size;
    this.#more.textContent = more ? `and ${more} more` : '';
    this.#legend.append(...more ? [this.#more] : []);
    const highest = nice(Math.max(1, ...[...this.#series.values()].flatMap(line => line.values.filter(value => value !== null))));
    this.#top.textContent = this.#words(highest);
    for (const line of this.#series.values()) line.path.setAttribute('d', trace(line.values, highest));
    this.#plot.setAttribute('aria-label', `${this.#title}, now: ${[...this.#series].map(([label, line]) => `${label} ${line.now.textContent}`).join(', ')}`);
  }

  // What left the planet, or is told in another way now.
  #forget(labels) {
    for (const [label, line] of this.#series) {
      if (labels.has(label)) continue;
      line.path.remove();
      line.item.remove();
      this.#series.delete(label);
    }
    this.#more.remove();
  }

  #open(label, region, style, colour) {
    if (this.#series.size === mostLines) return null;
    const path = svg('path', { class: `line ${style ?? ''}` });
    path.style.stroke = colour(region);
    const swatch = el('span', { class: `swatch ${style ?? ''}` });
    swatch.style.background = colour(region);
    const now = el('b', {});
    const line = { values: new Array(Math.min(this.#ticks - 1, seconds)).fill(null), path, now, item: el('li', {}, swatch, el('span', {}, label), now) };
    this.#plot.append(path);
    this.#legend.append(line.item);
    this.#series.set(label, line);
    return line;
  }
}

// A gap where nothing is known.
function trace(values, highest) {
  let path = '';
  let pen = false;
  values.forEach((value, i) => {
    if (value !== null) path += `${pen ? 'L' : 'M'}${(width - (values.length - 1 - i) * width / (seconds - 1)).toFixed(1)} ${(height - value / highest * (height - 2) - 1).toFixed(1)}`;
    pen = value !== null;
  });
  return path;
}

function nice(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].find(step => step * power >= value) * power;
}

const lag = link => link.state === 'up' ? link.lagMs : null;

// A region's links have its colour, each in another style.
const links = ({ regions, links }) => links.map(link => [link.from, `${code(link.from)} → ${code(link.to)}`, lag(link),
  styles[regions.filter(({ name }) => name !== link.from).findIndex(({ name }) => name === link.to) % styles.length]]);

// Of many links, the latest from each region.
const latest = ({ regions, links }) => regions.map(region => {
  const lags = links.filter(link => link.from === region.name).map(lag).filter(value => value !== null && value !== undefined);
  return [region.name, `${region.displayName} → the latest`, lags.length ? Math.max(...lags) : null];
});

const code = name => name.length > 12 ? `${name.slice(0, 11)}…` : name;
