import { el, isPressed } from '../dom.js';
import { ms, number, plural, rate, share } from '../format.js';
import { InstancePanel } from './instances.js';
import { mark, stateOf, stateWords } from './marks.js';

/** All regions in one list, and everything about the selected one. */
export class RegionPanel {
  #host; #select; #controls; #growth; #rows = new Map(); #list; #details; #shownActions = ''; #actions; #instances;

  /** @param controls null where nothing can be done to the planet, and so is growth. */
  constructor(host, select, controls, growth) {
    [this.#host, this.#select, this.#controls, this.#growth] = [host, select, controls, growth];
    this.#list = el('ul', { class: 'region-list' });
    this.#details = el('div', { class: 'facts', id: 'region-facts' });
    this.#actions = el('div', { class: 'region-actions', role: 'group', 'aria-label': 'Do something to the region' });
    const add = growth && el('p', { class: 'region-actions' }, el('button', { type: 'button', id: 'add-region', onclick: growth.add }, 'Add a region…'));
    const card = el('div', { class: 'region-card', id: 'region-card', hidden: true }, this.#details);
    this.#instances = controls && new InstancePanel(card, controls.scale);
    card.append(this.#actions);
    host.append(this.#list, ...add ? [add] : [], card);
  }

  show(planet, selected, colour) {
    this.#showList(planet, selected, colour);
    const region = planet.regions.find(known => known.name === selected);
    const card = this.#host.querySelector('#region-card');
    // The region may just have left; whoever was at its card goes on at the list.
    if (!region && card.contains(document.activeElement)) this.#list.querySelector('button')?.focus({ preventScroll: true });
    card.hidden = !region;
    if (!region) return;
    const lagIn = planet.links.filter(link => link.to === selected);
    const lagOut = planet.links.filter(link => link.from === selected);
    const name = other => planet.regions.find(known => known.name === other)?.displayName ?? other;
    this.#details.replaceChildren(...[
      el('h3', {}, mark(stateOf(region)), region.displayName),
      el('p', { class: 'hint' }, [stateWords(region), region.stamp && `stamp ${region.stamp}`, region.origin?.why].filter(Boolean).join(' · ')),
      el('dl', { class: 'numbers' }, [
        ['Requests', rate(region.traffic?.requestsPerSecond)], ['p50', ms(region.traffic?.p50Ms)], ['p99', ms(region.traffic?.p99Ms)],
        ['Errors', share(region.traffic?.errorRate)], ['In flight', value(region.traffic?.inFlight)], ['Open streams', value(region.origin?.streams)],
        ['Conflicts', value(region.conflicts)], ['Documents', value(region.items)],
      ].filter(([, text]) => text !== undefined).map(([term, text]) => el('div', {}, el('dt', {}, term), el('dd', {}, text)))),
      lags('Replication lag in, from', lagIn, link => name(link.from)),
      lags('Replication lag out, to', lagOut, link => name(link.to)),
      region.processors?.length ? el('div', {}, el('h4', {}, 'Processors'), el('ul', { class: 'rows' }, region.processors.map(processor => el('li', {},
        el('span', {}, `${processor.name}${processor.scope === 'global' ? processor.owner ? ', owner' : ', stand-by' : ''}`),
        el('b', {}, processor.pending ? `${number(processor.pending)} pending` : ms(processor.lagMs)))))) : null,
      region.publications ? el('div', {}, el('h4', {}, 'Publications in use'), el('ul', { class: 'rows' }, Object.entries(region.publications).map(([publication, version]) => el('li', {},
        el('span', {}, publication), el('b', {}, version))))) : null,
      region.processes ? el('div', {}, el('h4', {}, 'Processes'), el('ul', { class: 'rows' }, region.processes.map(process => el('li', {},
        el('span', {}, `${process.role.toLowerCase()}${process.instance > 1 ? ` ${process.instance}` : ''}, port ${process.port}`), el('b', {}, process.pid ? `${process.state}, pid ${process.pid}` : process.state))))) : null,
    ].filter(Boolean));
    this.#instances?.show(region);
    this.#showActions(region, planet);
  }

  #showList(planet, selected, colour) {
    const gone = new Set(this.#rows.keys());
    for (const region of planet.regions) {
      gone.delete(region.name);
      const button = this.#rows.get(region.name) ?? this.#addRow(region);
      const [swatch, , state, traffic] = button.children;
      swatch.style.background = colour(region.name);
      button.setAttribute('aria-expanded', String(region.name === selected));
      button.dataset.state = stateOf(region);
      if (!isPressed()) state.replaceChildren(mark(stateOf(region)), stateWords(region));
      traffic.textContent = rate(region.traffic?.requestsPerSecond);
    }
    for (const name of gone) {
      this.#rows.get(name).parentElement.remove();
      this.#rows.delete(name);
    }
  }

  // Once: a button that is replaced loses its focus.
  #addRow(region) {
    const button = el('button', { type: 'button', data: { region: region.name }, 'aria-controls': 'region-card', onclick: () => this.#select(region.name) },
      el('span', { class: 'swatch', 'aria-hidden': true }), el('span', { class: 'name' }, region.displayName), el('span', { class: 'state' }), el('span', { class: 'rate' }));
    this.#rows.set(region.name, button);
    this.#list.append(el('li', {}, button));
    return button;
  }

  #showActions(region, planet) {
    const all = planet.regions.map(known => known.name);
    const zones = region.zones ?? [];
    const key = [region.name, region.state, region.draining, region.outage, ...zones.map(zone => zone.state), ...all].join(' ');
    if (!this.#controls || key === this.#shownActions || isPressed()) return;
    this.#shownActions = key;
    const can = this.#controls;
    const frozen = region.processes.some(process => process.state === 'frozen');
    // A region that has lost a zone is not down.
    const stands = zones.some(zone => zone.state === 'healthy') && region.processes.some(process => process.role.toLowerCase() === 'backplane' && process.pid);
    const down = region.state !== 'asleep' && !stands && region.processes.some(process => ['killed', 'exited', 'stopped'].includes(process.state));
    const action = (text, act, danger = false, unable = false, whom = region) => el('button', { type: 'button', class: danger && 'danger', disabled: unable, onclick: () => act(whom) }, text);
    const ofZone = ({ name, state }) => ['healthy', 'starting', 'degraded'].includes(state)
      ? action(`Kill ${name}`, can.kill, true, false, { name, displayName: name }) : action(`Revive ${name}`, can.revive, false, false, { name, displayName: name });
    const focused = document.activeElement?.closest('.region-actions') && document.activeElement.textContent;
    this.#actions.replaceChildren(
      down ? action('Revive', can.revive) : action('Kill', can.kill, true),
      frozen ? action('Thaw', can.thaw) : action('Freeze', can.freeze, true, down),
      region.draining ? action('Undrain', can.undrain) : action('Drain', can.drain, false, down),
      all.length > 1 ? action('Cut off', known => can.cutOff(known, all), true) : '',
      action('Outage…', known => can.outage(known), true, down),
      action('Remove…', this.#growth.remove, true, all.length === 1),
      ...zones.map(ofZone));
    if (focused) [...this.#actions.children].find(button => button.textContent === focused)?.focus();
  }
}

const value = count => count === null || count === undefined ? undefined : number(count);

function lags(title, links, name) {
  if (links.length === 0) return null;
  const shown = [...links].sort((a, b) => (b.state !== 'up') - (a.state !== 'up') || (b.lagMs ?? 0) - (a.lagMs ?? 0)).slice(0, 6);
  return el('div', {}, el('h4', {}, title), el('ul', { class: 'rows' }, shown.map(link => el('li', {},
    el('span', {}, name(link)),
    el('b', {}, link.state !== 'up' ? 'cut' : ms(link.lagMs === null || link.lagMs === undefined ? null : Math.round(link.lagMs)), link.behind ? `, ${plural(link.behind, 'write')} behind` : '')))));
}
