import { el } from '../dom.js';
import { ms } from '../format.js';
import { fewRegions } from './map.js';

/** Pairs of regions with the lag each way, and the means to cut and heal them. */
export class LinkPanel {
  #controls; #list; #heal; #hint; #rows = new Map();

  constructor(host, controls) {
    this.#controls = controls;
    this.#list = el('ul', { class: 'links' });
    this.#hint = el('p', { class: 'hint' });
    this.#heal = el('button', { type: 'button', onclick: () => controls.heal() }, 'Heal all');
    host.append(this.#hint, this.#list, ...controls ? [el('p', { class: 'region-actions' }, this.#heal)] : []);
  }

  show(planet, selected) {
    const many = planet.regions.length > fewRegions;
    const down = planet.links.filter(link => link.state !== 'up').length;
    this.#hint.textContent = [
      `${planet.links.length - down} of ${planet.links.length} one-way links are up.`, many ? selected ? 'Shown are those of the selected region.' : 'Choose a region to see its links.' : '',
    ].join(' ');
    this.#heal.disabled = down === 0;
    const region = name => planet.regions.find(known => known.name === name);
    const pairs = planet.links.filter(link => (!many || link.from === selected || link.to === selected)
      && (planet.regions.findIndex(known => known.name === link.from) < planet.regions.findIndex(known => known.name === link.to)
        || !planet.links.some(other => other.from === link.to && other.to === link.from)));
    const gone = new Set(this.#rows.keys());
    for (const there of pairs) {
      const key = `${there.from} ${there.to}`;
      gone.delete(key);
      const back = planet.links.find(link => link.from === there.to && link.to === there.from);
      const row = this.#rows.get(key) ?? this.#add(key, region(there.from), region(there.to), back);
      row.show(there, back);
    }
    for (const key of gone) {
      this.#rows.get(key).node.remove();
      this.#rows.delete(key);
    }
  }

  #add(key, a, b) {
    const forth = el('span', { class: 'lag' });
    const back = el('span', { class: 'lag' });
    const toggle = this.#controls ? el('button', { type: 'button' }) : null;
    const node = el('li', {}, el('span', { class: 'pair' }, `${a.displayName} – ${b.displayName}`), el('span', { class: 'lags' }, forth, back), toggle);
    const row = { node, show: (there, other) => {
      const down = there.state !== 'up' || (other && other.state !== 'up');
      node.classList.toggle('down', Boolean(down));
      forth.textContent = `→ ${words(there)}`;
      back.textContent = other ? `← ${words(other)}` : '';
      if (!toggle) return;
      toggle.textContent = down ? 'Bring up' : 'Cut';
      toggle.setAttribute('aria-label', `${down ? 'Bring up' : 'Cut'} the links between ${a.displayName} and ${b.displayName}`);
      toggle.className = down ? '' : 'danger';
      toggle.onclick = () => down ? this.#controls.mend(a, b) : this.#controls.cut(a, b);
    } };
    this.#rows.set(key, row);
    this.#list.append(node);
    return row;
  }
}

const words = link => link.state !== 'up' ? 'cut' : link.lagMs === null || link.lagMs === undefined ? `${ms(link.delayMs)} by distance` : ms(Math.round(link.lagMs));
