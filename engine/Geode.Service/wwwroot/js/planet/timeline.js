import { el } from '../dom.js';
import { clock, ms } from '../format.js';

const kept = 120;
const togetherMs = 3000;
const tones = { healthy: 'good', killed: 'bad', exited: 'bad', unhealthy: 'bad', frozen: 'cold', down: 'bad', up: 'good', degraded: 'warn', starting: 'accent', draining: 'accent', added: 'good', removed: 'warn' };
const scales = { up: 'accent', down: 'plain', asleep: 'cold', awake: 'good', restarted: 'warn', failed: 'bad' };
const kinds = { failover: 'warn', failback: 'good', converged: 'good', outage: 'warn' };

/** What happened, newest first, to the millisecond. */
export class Timeline {
  #list; #groups = new Map();

  constructor(list) {
    this.#list = list;
  }

  add(event, name) {
    if (event.kind === 'process' && event.region && this.#joins(event)) return;
    const tone = (event.kind === 'outage' && event.state === 'none' ? 'good' : event.kind === 'scale' ? scales[event.state] : kinds[event.kind]) ?? tones[event.state] ?? 'plain';
    const text = el('span', { class: 'what' }, words(event, name));
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

// Regions by the names people know; everything else in the words of whoever told it.
function words(event, name) {
  const region = name(event.region);
  const reason = event.message.split(', ').slice(1).join(', ');
  switch (event.kind) {
    case 'process': return event.region ? `${region}: ${event.process.split('-')[0]} ${event.state}` : event.message;
    case 'router': return `${region} is ${event.state} to the router${reason ? `: ${reason}` : ''}`;
    case 'failover': return `${region} failed over: its clients are served by ${name(event.state)}`;
    case 'failback': return `${region} serves its clients again`;
    case 'drain': return event.region ? `${region} ${event.state === 'draining' ? 'drains' : 'takes traffic again'}` : event.message;
    case 'outage': return event.state === 'none' ? `${region}: the outage is over` : `${region}: outage, ${event.state}`;
    case 'planet': return event.region ? `${region} ${event.state === 'added' ? 'joined' : 'left'} the planet${event.state === 'removed' && reason ? `, ${reason}` : ''}` : event.message;
    case 'scale': return event.message.replace(event.region, region);
    case 'converged': return 'All replicas converged';
    default: return event.message;
  }
}

const key = event => `${event.region} ${event.state}`;
