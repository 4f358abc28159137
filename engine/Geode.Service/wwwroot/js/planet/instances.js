import { el, write } from '../dom.js';
import { plural } from '../format.js';

/** How many instances of its Api the selected region has, and how many somebody wants. The buttons stay: one that is replaced loses its focus. */
export class InstancePanel {
  #region; #text; #count; #fewer; #more; #auto;

  /** @param scale called with the region and a number, or null for as many as the autoscaler says. */
  constructor(host, scale) {
    const button = (text, label, count) => el('button', { type: 'button', 'aria-label': label, title: label, onclick: () => scale(this.#region, count()) }, text);
    this.#count = el('output', { class: 'count', 'aria-label': 'Instances' });
    this.#fewer = button('−', 'One instance fewer', () => wanted(this.#region) - 1);
    this.#more = button('+', 'One instance more', () => wanted(this.#region) + 1);
    this.#auto = button('Automatic', 'Automatic: as many as the autoscaler says', () => null);
    this.#text = el('p', { class: 'hint' });
    this.node = el('div', { class: 'instances', role: 'group', 'aria-labelledby': 'instances-title', hidden: true },
      el('h4', { id: 'instances-title' }, 'Instances'), el('div', { class: 'stepper' }, this.#fewer, this.#count, this.#more, this.#auto), this.#text);
    host.append(this.node);
  }

  show(region) {
    this.#region = region;
    this.node.hidden = !region?.instances;
    if (this.node.hidden) return;
    const { least, most, fixed } = region.instances;
    write(this.#count, String(wanted(region)));
    write(this.#text, instanceWords(region.instances));
    this.#disable(this.#fewer, wanted(region) <= least, this.#more);
    this.#disable(this.#more, wanted(region) >= most, this.#fewer);
    this.#disable(this.#auto, fixed === null, this.#more.disabled ? this.#fewer : this.#more);
  }

  // Whoever was at a button that cannot be used any more goes on at its neighbour.
  #disable(button, disabled, neighbour) {
    if (button.disabled === disabled) return;
    const focused = document.activeElement === button;
    button.disabled = disabled;
    if (focused && disabled) neighbour.focus({ preventScroll: true });
  }
}

/** What runs, what will, and who decides. */
export function instanceWords({ running, starting, least, most, fixed, floor, asleep }) {
  return [
    asleep ? 'asleep, the next request wakes it' : starting ? `${running} running, ${starting} starting` : `${running} running`,
    fixed !== null ? 'fixed' : least === most ? `always ${most}` : `automatic, ${least} to ${most}`,
    fixed === null && floor ? `the plan asks for ${floor}` : null,
  ].filter(Boolean).join(' · ');
}

/** In a few characters, on the map; nothing for the usual one. */
export const instanceSign = region => region.instances && region.instances.running > 1 ? `×${region.instances.running}` : '';

/** For those who do not see the sign. */
export const instanceLabel = region => region.instances && region.instances.running > 1 ? `, ${plural(region.instances.running, 'instance')}` : '';

const wanted = ({ instances }) => instances.fixed ?? instances.running + instances.starting;
