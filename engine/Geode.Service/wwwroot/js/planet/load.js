import { el } from '../dom.js';
import { ms, number, plural, rate } from '../format.js';

const nobody = 'None run. They connect from cities all over the globe, and mostly read.';
const days = [['', 'none: always as many'], ['2', 'passes in 2 minutes'], ['5', 'passes in 5 minutes'], ['15', 'passes in 15 minutes'], ['60', 'passes in an hour'], ['1440', 'real: 24 hours']];

/** Starts and stops simulated clients, and says what they see. */
export class LoadPanel {
  #state; #stop;

  constructor(host, controls) {
    host.hidden = false;
    const field = (id, label, value, max) => el('div', { class: 'field' }, el('label', { for: id }, label), el('input', { id, type: 'number', min: 1, max, value, required: true }));
    const clients = field('load-clients', 'Clients', 44, 1000);
    const requests = field('load-rate', 'Requests/s in all', 20, 5000);
    const day = el('select', { id: 'load-day' }, days.map(([minutes, label]) => el('option', { value: minutes }, label)));
    this.#state = el('p', { class: 'hint', id: 'load-state' }, nobody);
    this.#stop = el('button', { type: 'button', disabled: true, onclick: () => controls.stopLoad() }, 'Stop');
    host.append(el('form', {
      class: 'load-form', onsubmit: event => {
        event.preventDefault();
        const sun = day.value ? { day: { minutes: Number(day.value) } } : {};
        controls.startLoad({ clients: Number(clients.lastChild.value), requestsPerSecond: Number(requests.lastChild.value), ...sun });
      },
    }, clients, requests, el('div', { class: 'field' }, el('label', { for: 'load-day' }, 'Day'), day), el('div', { class: 'buttons' }, el('button', { class: 'primary' }, 'Start'), this.#stop)), this.#state);
  }

  show(load) {
    this.#stop.disabled = !load;
    this.#state.textContent = load
      ? `${plural(load.clients, 'client')}, ${rate(load.requestsPerSecond)}: ${number(load.requests)} requests, ${plural(load.failures, 'failure')}; p50 ${ms(Math.round(load.p50Ms))}, p99 ${ms(Math.round(load.p99Ms))} with the distance.${time(load)}`
      : nobody;
  }
}

function time({ day, surge, cities }) {
  if (!day && !surge) return '';
  const most = cities.reduce((a, b) => b.requestsPerSecond > a.requestsPerSecond ? b : a);
  const where = day ? ` It is ${day.time} in Greenwich and night in the shaded half; most come from ${most.displayName}, where it is ${most.localTime}.` : '';
  return surge ? `${where} ${cities.find(city => city.place === surge.place).displayName} asks up to ${number(surge.factor)} times as much as usual.` : where;
}
