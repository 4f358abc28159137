import { el } from '../dom.js';
import { ms, number, plural, rate } from '../format.js';

/** Starts and stops simulated clients, and says what they see. */
export class LoadPanel {
  #state; #stop;

  constructor(host, controls) {
    host.hidden = false;
    const field = (id, label, value, max) => el('div', { class: 'field' }, el('label', { for: id }, label), el('input', { id, type: 'number', min: 1, max, value, required: true }));
    const clients = field('load-clients', 'Clients', 44, 1000);
    const requests = field('load-rate', 'Requests/s in all', 20, 5000);
    this.#state = el('p', { class: 'hint', id: 'load-state' }, 'None run. They connect from cities all over the globe, and mostly read.');
    this.#stop = el('button', { type: 'button', disabled: true, onclick: () => controls.stopLoad() }, 'Stop');
    host.append(el('form', {
      class: 'load-form', onsubmit: event => {
        event.preventDefault();
        controls.startLoad({ clients: Number(clients.lastChild.value), requestsPerSecond: Number(requests.lastChild.value) });
      },
    }, clients, requests, el('div', { class: 'buttons' }, el('button', { class: 'primary' }, 'Start'), this.#stop)), this.#state);
  }

  show(load) {
    this.#stop.disabled = !load;
    this.#state.textContent = load
      ? `${plural(load.clients, 'client')}, ${rate(load.requestsPerSecond)}: ${number(load.requests)} requests, ${plural(load.failures, 'failure')}; p50 ${ms(Math.round(load.p50Ms))}, p99 ${ms(Math.round(load.p99Ms))} with the distance.`
      : 'None run. They connect from cities all over the globe, and mostly read.';
  }
}
