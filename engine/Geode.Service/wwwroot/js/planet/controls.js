// What may be done to the planet. Each asks once, and reports what happened.
import { el, openDialog, toast } from '../dom.js';
import { plural } from '../format.js';

const outages = ['refuse', 'reset', 'hang', 'unavailable', 'draining', 'write-forbidden', 'stale', 'throttled', 'gone'];

export class Controls {
  #api;

  constructor(api) {
    this.#api = api;
  }

  kill = region => this.#act(region, 'kill', `Kill ${region.displayName}?`, 'Its processes end at once, as in a power cut. What it had acknowledged stays on its disk.', 'Kill', true);

  freeze = region => this.#act(region, 'freeze', `Freeze ${region.displayName}?`, 'Its processes stop without closing anything: they accept connections and answer nothing.', 'Freeze', true);

  thaw = region => this.#act(region, 'thaw', `Thaw ${region.displayName}?`, 'Its processes go on where they stopped.', 'Thaw');

  revive = region => this.#act(region, 'revive', `Revive ${region.displayName}?`, 'What does not run is started, catches up, and then takes traffic again.', 'Revive');

  drain = region => this.#act(region, 'drain', `Drain ${region.displayName}?`, 'The router sends it nothing new; what is under way is finished.', 'Drain');

  undrain = region => this.#act(region, 'undrain', `Let ${region.displayName} take traffic again?`, 'The router sends its clients back to it.', 'Undrain');

  scale = (region, count) => this.#report(
    () => this.#api.send('PUT', `/planet/regions/${region.name}/instances`, { count }),
    () => count === null ? `${region.displayName}: as many instances as the autoscaler says.` : count === 0 ? `${region.displayName} goes to sleep.` : `${region.displayName}: ${plural(count, 'instance')}.`);

  cutOff = (region, all) => this.#ask(
    `Cut ${region.displayName} off?`, 'All its links go down, both ways. Every side goes on taking writes.', 'Cut off', true,
    () => this.#api.send('POST', '/planet/partition', { groups: [[region.name], all.filter(name => name !== region.name)] }),
    answer => `${answer.changed.length} links are down.`);

  cut = (a, b) => this.#ask(
    `Cut the links between ${a.displayName} and ${b.displayName}?`, 'Both stop receiving each other’s writes; they may still arrive by way of a third region.', 'Cut', true,
    () => this.#links(a, b, 'down'), () => 'The links are down.');

  mend = (a, b) => this.#ask(
    `Bring the links between ${a.displayName} and ${b.displayName} up?`, 'Each side sends what the other has missed.', 'Bring up', false,
    () => this.#links(a, b, 'up'), () => 'The links are up.');

  heal = () => this.#ask(
    'Heal all links?', 'Every link comes up, and the replicas come to agree.', 'Heal', false,
    () => this.#api.send('POST', '/planet/heal'), answer => answer.changed.length ? `${answer.changed.length} links came up.` : 'All links were up already.');

  outage(region) {
    const mode = el('select', { id: 'outage-mode' }, ['none', ...outages].map(name => el('option', { value: name, selected: name === region.outage }, name)));
    return this.#ask(
      `Make the replica of ${region.displayName} misbehave`, el('label', { class: 'field', for: 'outage-mode' }, 'How', mode), 'Apply', true,
      () => this.#api.send('PUT', `/planet/regions/${region.name}/outage`, { mode: mode.value }),
      answer => answer.mode === 'none' ? 'The outage is over.' : `The replica now answers: ${answer.mode}.`);
  }

  startLoad = settings => this.#report(() => this.#api.send('PUT', '/planet/load', settings), answer => `${answer.load.clients} simulated clients are on their way.`);

  stopLoad = () => this.#report(
    () => this.#api.send('DELETE', '/planet/load'),
    ({ stopped }) => stopped ? `Stopped after ${stopped.requests} requests, ${stopped.failures} failed.` : 'No simulated clients were running.');

  #act(region, action, title, text, verb, danger) {
    return this.#ask(title, text, verb, danger, () => this.#api.send('POST', `/planet/regions/${region.name}/${action}`), answer =>
      answer.changed === undefined ? `${region.displayName}: ${action} done.`
        : answer.changed.length ? `${action}: ${answer.changed.join(', ')}.` : `Nothing to ${action}: ${answer.unchanged.join(', ')} already so.`);
  }

  #ask(title, content, verb, danger, action, words) {
    const back = document.activeElement;
    const dialog = openDialog(title, typeof content === 'string' ? el('p', {}, content) : content, el('p', { class: 'buttons' },
      el('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel'),
      el('button', { type: 'button', class: danger ? 'danger' : 'primary', onclick: () => {
        this.#report(action, words);
        dialog.close();
      } }, verb)));
    dialog.addEventListener('close', () => back?.focus({ preventScroll: true }));
  }

  async #report(action, words) {
    try {
      toast(words(await action()));
    } catch (problem) {
      toast(problem.message, true);
    }
  }

  #links(a, b, state) {
    return Promise.all([[a, b], [b, a]].map(([from, to]) => this.#api.send('PUT', `/planet/links/${from.name}/${to.name}`, { state })));
  }
}
