import { call } from '../api.js';
import { el, isPressed, svg, toast, write } from '../dom.js';
import { ago, clock, number, plural, rate } from '../format.js';
import { regionName } from '../regions.js';

const askMs = 5000;
const mostEntries = 40;
const [width, height] = [120, 28];
const modes = [['observe', 'Observe', 'plans are shown'], ['advise', 'Advise', 'and what they would change'], ['act', 'Act', 'and are applied']];

/** Who plans for the planet, how far it may go, what it foresees and decides. */
export class StewardPanel {
  #api; #host; #shown = '';
  #switch = []; #undo; #state; #regions; #log;

  /** @param api Of a local planet; null: it can only be looked at. */
  constructor(host, api) {
    [this.#host, this.#api] = [host, api];
    this.#state = el('p', { class: 'hint', id: 'steward-state', role: 'status' }, 'No plan yet.');
    this.#regions = el('ul', { class: 'forecasts' });
    this.#log = el('ol', { class: 'timeline', id: 'decisions' });
    host.append(...api ? [this.#controls()] : [], this.#state, this.#regions,
      el('h3', { id: 'decisions-title' }, 'Decisions'), el('div', { class: 'log', role: 'log', 'aria-labelledby': 'decisions-title', tabindex: '0' }, this.#log));
    const ask = () => this.#ask().catch(() => {});
    ask();
    setInterval(ask, askMs);
  }

  #controls() {
    this.#undo = el('button', { type: 'button', onclick: () => this.#order('POST', '/planet/steward/undo', null, 'What plans did is undone; the steward holds still for a while.') }, 'Undo');
    return el('div', { class: 'steward-form' },
      el('fieldset', { class: 'modes' }, el('legend', {}, 'Mode'), modes.map(([mode, label, means]) => {
        const input = el('input', { type: 'radio', name: 'steward-mode', value: mode, id: `steward-${mode}`, onchange: () => this.#order('PUT', '/planet/steward', { mode }, `The steward's mode is ${mode}.`) });
        this.#switch.push(input);
        return el('label', { for: `steward-${mode}` }, input, el('span', {}, el('b', {}, label), ` ${means}`));
      })), this.#undo);
  }

  async #order(method, path, body, done) {
    try {
      await this.#api.send(method, path, body);
      toast(done);
    } catch (problem) {
      toast(problem.message, true);
    }
    await this.#ask().catch(() => {});
  }

  async #ask() {
    const [steward, plan] = await Promise.all(['steward', 'plan'].map(what =>
      this.#api ? this.#api.send('GET', `/planet/${what}`) : call('GET', `/api/planet/${what}`)));
    this.#host.hidden = false;
    // While the planet starts, or all its Workers are down.
    if (!steward || !plan) {
      this.#state.textContent = 'No Worker answers: there is no plan.';
      return;
    }
    for (const input of this.#switch) if (!isPressed()) input.checked = input.value === steward.mode;
    write(this.#state, words(steward));
    const shown = JSON.stringify([plan, steward.decisions, steward.regions]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#regions.replaceChildren(...(plan.plan?.regions ?? []).map(region => forecast(region, plan.history[region.region], steward.regions.find(applied => applied.region === region.region))));
    const entries = steward.decisions.flatMap(entry => entry.decisions.map(decision => ({ ...entry, ...decision }))).slice(0, mostEntries);
    this.#log.replaceChildren(...entries.map(decided));
  }
}

function words({ mode, heldUntil, region, plannedAt, regions, torn }) {
  const who = region ? `${regionName(region)} is the steward; its plan is from ${clock(plannedAt).slice(0, 8)}.` : 'There is no steward, and no plan: the planet is as it would be without.';
  const held = heldUntil ? ` Held until ${clock(heldUntil).slice(0, 8)}.` : '';
  const failed = regions.filter(applied => applied.failed);
  const trouble = failed.length && mode === 'act' ? ` ${plural(failed.length, 'region')} could not apply it: ${failed[0].failed}` : '';
  return `${who}${held}${torn.length ? ` ${torn[0].reason}` : ''}${trouble}`;
}

function forecast({ region, instances, drain, forecast: next, health, reasons }, history, applied) {
  const refused = (applied?.refused ?? []).map(refusal => refusal.reason);
  const tone = health >= .8 ? 'good' : health >= .4 ? 'warn' : 'bad';
  const now = history?.truth.at(-1);
  const why = [...reasons, ...refused];
  return el('li', { data: { region } },
    el('b', {}, regionName(region)),
    el('span', { class: `health tone-${tone}` }, `health ${number(Math.round(health * 100))} %`),
    history ? spark(history, regionName(region)) : null,
    el('span', { class: 'foreseen' }, `${rate(now)} now, ${rate(next.value)} foreseen (${number(next.lower)} to ${number(next.upper)})`),
    el('span', {}, drain ? 'to be drained' : `at least ${plural(instances, 'instance')}${applied ? `, ${number(applied.running)} running` : ''}`),
    why.length ? el('span', { class: 'hint' }, why.join('; ')) : null);
}

// What came is a line, what had been foreseen for the same time a dashed one.
function spark({ truth, foreseen }, name) {
  const most = Math.max(1, ...truth, ...foreseen.filter(value => value !== null));
  const line = values => {
    let path = '';
    let pen = false;
    values.forEach((value, i) => {
      if (value !== null) path += `${pen ? 'L' : 'M'}${(i * width / Math.max(1, values.length - 1)).toFixed(1)} ${(height - 1 - value / most * (height - 2)).toFixed(1)}`;
      pen = value !== null;
    });
    return path;
  };
  const told = foreseen.at(-1) === null || foreseen.at(-1) === undefined ? 'nothing had been foreseen' : `${rate(foreseen.at(-1))} had been foreseen`;
  return svg('svg', { class: 'spark', viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': `${name}: ${rate(truth.at(-1))} came, ${told}` },
    svg('path', { class: 'line dashed', d: line(foreseen) }), svg('path', { class: 'line came', d: line(truth) }));
}

function decided({ at, mode, subject, what, why, foreseen, outcome }) {
  return el('li', { class: `event tone-${mode === 'act' ? 'accent' : 'plain'}`, data: { subject } },
    el('time', { datetime: at, title: ago(at) }, `${clock(at).slice(0, 8)}, ${mode}`),
    el('span', { class: 'what' }, el('b', {}, regionName(subject)), `: ${what}${why ? `. ${why}` : ''}`,
      foreseen ? el('span', { class: 'hint' }, ` Foreseen: ${foreseen}.${outcome ? ` Came: ${outcome}.` : ''}`) : null));
}
