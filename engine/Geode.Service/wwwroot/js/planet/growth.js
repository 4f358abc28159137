// Regions come and go while the planet runs. Each asks once; what the API has against it is told where it was asked.
import { el, openDialog, toast } from '../dom.js';
import { hear, regionName } from '../regions.js';

// A refusal comes at once. Who is not refused would rather watch the map.
const refusedMs = 1500;

export class Growth {
  #api; #available = [];

  constructor(api) {
    this.#api = api;
  }

  /** Asks which regions there could be. */
  async refresh() {
    ({ available: this.#available } = await this.#api.send('GET', '/planet/regions'));
    hear(this.#available);
  }

  add = () => {
    const names = el('datalist', { id: 'regions-to-add' });
    const list = () => names.replaceChildren(...this.#available.map(region => el('option', { value: region.name }, region.displayName)));
    const input = el('input', {
      id: 'new-region', list: names.id, required: true, autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', 'aria-describedby': 'growth-error new-region-hint',
    });
    list();
    this.refresh().then(list, () => {});
    ask({
      title: 'Add a region', verb: 'Add', input, watch: true,
      content: [
        el('p', {}, 'Its replica copies what the others have, its services start, and the router sends it the clients that are nearest to it.'),
        el('div', { class: 'field' }, el('label', { for: input.id }, 'Azure region'), input, names,
          el('p', { class: 'hint', id: 'new-region-hint' }, 'One that is not in the planet yet, such as brazilsouth or Japan East.')),
      ],
      order: () => this.#api.send('POST', '/planet/regions', { name: this.#nameOf(input.value) }),
      underWay: () => `${regionName(this.#nameOf(input.value))} is on its way.`,
      words: ({ region }) => `${regionName(region)} has joined the planet.`,
    });
  };

  remove = region => ask({
    title: `Remove ${region.displayName}?`, verb: 'Remove', danger: true,
    content: el('p', {}, 'It takes no more writes, and leaves when another region has all that it has acknowledged. Its clients go elsewhere; its data is deleted.'),
    order: force => this.#api.send('DELETE', `/planet/regions/${region.name}${force ? '?force=true' : ''}`),
    underWay: () => 'Waiting until another region has everything…',
    words: ({ lost }) => lost ? `${region.displayName} has left the planet, with all that only it had.` : `${region.displayName} has left the planet. Nothing is lost.`,
  });

  // People write names as they are shown, too.
  #nameOf(text) {
    const wanted = text.trim().toLowerCase();
    return this.#available.find(region => [region.name, region.displayName].some(name => name.toLowerCase() === wanted))?.name ?? text.trim();
  }
}

/** @param watch the dialog closes when the order was not refused at once. @param order is called with true to force it. */
function ask({ title, verb, danger, input, watch, content, order, underWay, words }) {
  const back = document.activeElement;
  const problem = el('p', { class: 'error', role: 'alert', id: 'growth-error', hidden: true });
  const state = el('p', { class: 'hint', role: 'status' });
  const go = el('button', { class: danger ? 'danger' : 'primary' }, verb);
  let force = false;
  let leave;

  const refused = wrong => {
    problem.textContent = wrong.lost ?? wrong.message;
    problem.hidden = false;
    force = Boolean(wrong.lost);
    go.textContent = force ? `${verb} all the same` : verb;
    input?.setAttribute('aria-invalid', 'true');
  };

  const send = async event => {
    event.preventDefault();
    go.disabled = true;
    problem.hidden = true;
    input?.removeAttribute('aria-invalid');
    if (watch) leave = setTimeout(() => { dialog.close(); toast(underWay()); }, refusedMs);
    else state.textContent = underWay();
    try {
      toast(words(await order(force)));
      dialog.close();
    } catch (wrong) {
      if (dialog.open) refused(wrong);
      else toast(wrong.lost ?? wrong.message, true);
    } finally {
      clearTimeout(leave);
      state.textContent = '';
      go.disabled = false;
      if (dialog.open) (input ?? go).focus();
    }
  };

  const dialog = openDialog(title, el('form', { onsubmit: send }, content, problem, el('div', { class: 'buttons' }, state,
    el('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel'), go)));
  dialog.addEventListener('close', () => back?.focus({ preventScroll: true }));
  (input ?? go).focus();
}
