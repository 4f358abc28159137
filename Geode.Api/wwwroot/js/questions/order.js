import { el, write } from '../dom.js';

const plainly = {
  off: 'you have yours switched off',
  'no history': 'nothing is known of you yet. Vote for what you like, and come back',
};

/** Who put the questions in this order, from the header: `tastes/1003.7`, or with a reason why it is nobody's own, `tastes/none; no model yet`. */
export function orderedBy(header) {
  const [, version, reason] = /^[^/;]*\/([^;]*)(?:;(.*))?$/.exec(header ?? '') ?? [];
  const why = reason?.trim();
  if (why) return `The general order: ${plainly[why] ?? why}.`;
  return version && version.trim() !== 'none' ? `In your order, by model ${version.trim()}.` : 'The general order, the same for everybody.';
}

/** The line above questions in one's own order. What comes in does not move them: it offers to order them anew. */
export class OrderLine {
  #text = el('span', { id: 'ordered-by' });
  #newer = el('button', { type: 'button', id: 'newer-order', hidden: true }, 'Newer order available');

  constructor(orderAnew) {
    this.#newer.addEventListener('click', orderAnew);
    this.node = el('p', { class: 'order', role: 'status' }, this.#text, this.#newer);
  }

  tell(header) {
    write(this.#text, orderedBy(header));
  }

  offer() {
    this.#newer.hidden = false;
  }

  withdraw() {
    this.#newer.hidden = true;
  }
}
