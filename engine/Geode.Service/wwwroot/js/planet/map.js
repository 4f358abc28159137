import { el, svg, write } from '../dom.js';
import { ms, rate } from '../format.js';
import { land } from './land.js';
import { instanceLabel, instanceSign } from './instances.js';
import { markPath, stateOf, states, stateWords } from './marks.js';
import { arc, graticule, night, project, size } from './projection.js';

/** So many regions have all their links drawn; of more, only those of the selected one. */
export const fewRegions = 6;

const mostLabels = 14;

/** The world with regions, links and traffic. `select` is called with the name of the region that was chosen. */
export class WorldMap {
  #svg; #night; #links; #flows; #cities; #regions; #notes; #select; #unit = 1; #last;

  constructor(host, select) {
    this.#select = select;
    const layer = name => svg('g', { class: name });
    this.#svg = svg('svg', { viewBox: `0 0 ${size.width} ${size.height}`, role: 'group', 'aria-label': 'World map with the planet’s regions' },
      svg('path', { class: 'graticule', d: graticule() }),
      svg('path', { class: 'land', d: land, transform: 'scale(.2)' }),
      this.#night = svg('path', { class: 'night' }),
      this.#links = layer('links'), this.#flows = layer('flows'), this.#cities = layer('cities'), this.#regions = layer('regions'), this.#notes = layer('notes'));
    for (const decoration of [this.#night, this.#links, this.#flows, this.#cities, this.#notes]) decoration.setAttribute('aria-hidden', 'true');
    host.append(this.#svg);
    new ResizeObserver(([entry]) => {
      this.#unit = size.width / Math.max(1, entry.contentRect.width);
      this.#svg.style.setProperty('--unit', `${this.#unit}px`);
      if (this.#last) this.show(...this.#last);
    }).observe(host);
  }

  /** @param flows {place, latitude, longitude, region, perSecond, you} @param notes {region, text} */
  show(planet, selected, flows, notes, colour) {
    this.#last = [planet, selected, flows, notes, colour];
    const at = new Map(planet.regions.map(region => [region.name, project(region)]));
    this.#night.setAttribute('d', planet.load?.day ? night(planet.load.day.noonLongitude) : '');
    this.#drawLinks(planet, selected, at);
    this.#drawFlows(flows, at, colour);
    this.#drawRegions(planet, selected, at, colour);
    this.#drawNotes(notes, at);
  }

  #drawLinks(planet, selected, at) {
    const drawn = planet.links.filter(link => planet.regions.length <= fewRegions || link.from === selected || link.to === selected);
    keyed(this.#links, drawn, link => `${link.from} ${link.to}`, (node, link) => {
      const { path, mid } = arc(at.get(link.from), at.get(link.to), .1);
      const down = link.state !== 'up';
      node ??= svg('g', {}, svg('path'), svg('text'));
      node.setAttribute('class', down ? 'link down' : 'link');
      node.firstChild.setAttribute('d', path);
      const text = down ? 'cut' : link.lagMs === null || link.lagMs === undefined ? '' : ms(Math.round(link.lagMs));
      place(node.lastChild, mid, this.#unit * 430 > size.width ? '' : text);
      return node;
    });
  }

  #drawFlows(flows, at, colour) {
    const known = flows.filter(flow => at.has(flow.region));
    keyed(this.#flows, known, flow => `${flow.place} ${flow.region} ${flow.you ?? ''}`, (node, flow) => {
      node ??= svg('path');
      node.setAttribute('class', flow.you ? 'flow you' : 'flow');
      node.setAttribute('d', arc(project(flow), at.get(flow.region), .16).path);
      node.style.setProperty('--wide', Math.min(5, 1 + Math.sqrt(flow.perSecond)).toFixed(2));
      node.style.stroke = colour(flow.region);
      return node;
    });
    keyed(this.#cities, [...new Map(known.map(flow => [flow.place, flow])).values()], flow => flow.place, (node, flow) => {
      const point = project(flow);
      node ??= svg('circle', { class: 'city' }, svg('title'));
      node.setAttribute('cx', point.x);
      node.setAttribute('cy', point.y);
      node.firstChild.textContent = flow.displayName;
      return node;
    });
  }

  #drawRegions(planet, selected, at, colour) {
    const labels = this.#labels(planet, selected, at);
    keyed(this.#regions, planet.regions, region => region.name, (node, region) => {
      const state = stateOf(region);
      const point = at.get(region.name);
      node ??= svg('g', {
        role: 'button', tabindex: 0,
        onclick: () => this.#select(region.name),
        onkeydown: event => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          event.preventDefault();
          this.#select(region.name);
        },
      }, svg('circle', { class: 'halo' }), svg('path', { class: 'shape' }), svg('text', { class: 'name' }), svg('text', { class: 'instances-sign' }));
      const [halo, shape, name, sign] = node.children;
      node.setAttribute('class', `region tone-${states[state].tone}`);
      node.setAttribute('aria-pressed', String(region.name === selected));
      node.setAttribute('aria-label', `${region.displayName}: ${stateWords(region)}${instanceLabel(region)}, ${rate(region.traffic?.requestsPerSecond)}`);
      place(sign, { x: point.x + 10 * this.#unit, y: point.y - 9 * this.#unit }, instanceSign(region));
      node.dataset.region = region.name;
      node.dataset.state = state;
      halo.setAttribute('cx', point.x);
      halo.setAttribute('cy', point.y);
      halo.style.stroke = colour(region.name);
      shape.setAttribute('d', markPath(state));
      shape.setAttribute('transform', `translate(${point.x.toFixed(1)} ${point.y.toFixed(1)}) scale(${this.#unit.toFixed(3)})`);
      const label = labels.get(region.name);
      name.textContent = label ? region.displayName : '';
      if (label) {
        name.setAttribute('x', label.x);
        name.setAttribute('y', label.y);
        name.setAttribute('text-anchor', label.anchor);
      }
      return node;
    });
  }

  // The first side on which a name neither covers another one nor leaves the map; the selected region chooses first.
  #labels(planet, selected, at) {
    const unit = this.#unit;
    const taken = planet.regions.map(region => box(at.get(region.name), 0, 16 * unit, 'middle', unit));
    const labels = new Map();
    const order = [...planet.regions].sort((a, b) => (b.name === selected) - (a.name === selected));
    for (const region of planet.regions.length > mostLabels ? order.slice(0, 1) : order) {
      const point = at.get(region.name);
      const width = region.displayName.length * 7 * unit;
      const sides = [[14, 4, 'start'], [-14, 4, 'end'], [0, -16, 'middle'], [0, 25, 'middle']];
      for (const [dx, dy, anchor] of sides) {
        const label = { x: point.x + dx * unit, y: point.y + dy * unit, anchor };
        const area = box(label, 0, width, anchor, unit);
        if (area.left < 0 || area.right > size.width || area.top < 0) continue;
        if (taken.some((other, i) => planet.regions[i]?.name !== region.name && meets(area, other))) continue;
        taken.push(area);
        labels.set(region.name, label);
        break;
      }
    }
    return labels;
  }

  #drawNotes(notes, at) {
    keyed(this.#notes, notes.filter(note => at.has(note.region)), note => note.region, (node, note) => {
      const point = at.get(note.region);
      const width = (note.text.length * 6.9 + 18) * this.#unit;
      const left = Math.min(Math.max(4, point.x - width / 2), size.width - width - 4);
      const topEdge = Math.max(4, point.y - 46 * this.#unit);
      node ??= svg('g', { class: 'note' }, svg('rect'), svg('text'));
      node.dataset.region = note.region;
      const [back, text] = node.children;
      for (const [name, value] of Object.entries({ x: left, y: topEdge, width, height: 25 * this.#unit, rx: 8 * this.#unit })) back.setAttribute(name, value);
      place(text, { x: left + width / 2, y: topEdge + 17 * this.#unit }, note.text);
      return node;
    });
  }
}

function place(text, point, content) {
  text.setAttribute('x', point.x.toFixed(1));
  text.setAttribute('y', point.y.toFixed(1));
  write(text, content);
}

const box = (point, dx, width, anchor, unit) => {
  const left = point.x + dx - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0);
  return { left, right: left + width, top: point.y - 13 * unit, bottom: point.y + 6 * unit };
};

const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

// Children by key, so that what stays keeps its focus and its animation.
function keyed(host, items, keyOf, draw) {
  const nodes = host.nodes ??= new Map();
  const gone = new Set(nodes.keys());
  for (const item of items) {
    const key = keyOf(item);
    gone.delete(key);
    const before = nodes.get(key);
    const node = draw(before, item);
    if (!before) {
      nodes.set(key, node);
      host.append(node);
    }
  }
  for (const key of gone) {
    nodes.get(key).remove();
    nodes.delete(key);
  }
}
