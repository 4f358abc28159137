import { el } from '../dom.js';
import { clock, ms } from '../format.js';

const kept = 120;
const togetherMs = 3000;
const tones = { healthy: 'good', killed: 'bad', exited: 'bad', unhealthy: 'bad', frozen: 'cold', down: 'bad', up: 'good', degraded: 'warn', starting: 'accent', draining: 'accent' };
const kinds = { failover: 'warn', failback: 'good', converged: 'good', outage: 'warn' };

/** What happened, newest first, to the millisecond. */
export class Timeline {
  #list; #groups = new Map();

  constructor(list) {
    this.#list = list;
  }

  add(event, name) {
    if (event.kind === 'process' && event.region && this.#joins(event)) return;
    const tone = (event.kind === 'outage' && event.state === 'none' ? 'good' : kinds[event.kind]) ?? tones[event.state] ?? 'plain';
    const text = el('span', { class: 'what' }, event.kind === 'process' && event.region ? `${name(event.region)}: ${event.process.split('-')[0]} ${event.state}` : event.message);
    const node = el('li', { class: `event tone-${tone}`, data: { kind: event.kind, region: event.region ?? '' } },
      el('time', { datetime: event.at }, clock(event.at)), text, event.ms === undefined || event.ms === null ? null : el('b', { class: 'took' }, ms(event.ms)));
    if (event.kind === 'process' && event.region) this.#groups.set(key(event), { at: Date.parse(event.at), text, processes: [event.process], label: name(event.region), state: event.state });
    this.#list.prepend(node);
    while (this.#list.children.length > kept) this.#list.lastChild.remove();
  }

  // The processes of a geode change together; one line says so.
  #joins(event) {
    const group = this.#groups.get(key(event));
    if (!group || Date.parse(event.at) - group.at > togetherMs) return false;
    if (!group.processes.includes(event.process)) group.processes.push(event.process);
    group.text.textContent = `${group.label}: ${group.processes.map(process => process.split('-')[0]).join(', ')} ${group.state}`;
    return true;
  }
}

const key = event => `${event.region} ${event.state}`;
