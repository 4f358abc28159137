import { el, flash } from '../dom.js';
import { exchange } from '../api.js';
import { ago } from '../format.js';
import { regionColour, regionName } from '../regions.js';
import { OrderLine } from './order.js';

export const tagLink = tag => el('a', { class: 'tag', href: `#tag=${encodeURIComponent(tag)}` }, tag);

/** Which region it comes from. */
export const from = (region, verb) => label(el('span', { class: 'from', data: { region, verb } }));

/** Says it by the name and in the colour that are known now. */
export function label(node) {
  const { region, verb } = node.dataset;
  node.textContent = `${verb} ${regionName(region)}`;
  node.style.setProperty('--dot', regionColour(region));
  return node;
}

export const when = instant => el('time', { datetime: instant, 'data-ago': true, title: new Date(instant).toLocaleString('en-GB') }, ago(instant));

/** Questions: newest first, where those by others come in by themselves; best first; or in the order that suits the visitor. */
export class List {
  #view; #sort; #tag; #ask; #kept; #order; #continuation; #rows = new Map(); #list; #more; #turn = 0; #left = false;

  constructor(view, sort, tag, ask, kept) {
    [this.#view, this.#sort, this.#tag, this.#ask, this.#kept] = [view, sort, tag, ask, kept];
    this.#order = sort === 'for-you' ? new OrderLine(() => this.reorder()) : null;
  }

  /** Another view has this one's place. */
  leave() {
    this.#left = true;
  }

  async load() {
    document.title = 'Questions · Geode';
    this.#list = el('ol', { class: 'list', id: 'questions' });
    this.#more = el('button', { type: 'button', class: 'more', hidden: true, onclick: () => this.#next() }, 'Show more');
    this.#view.replaceChildren(
      el('div', { class: 'view-head' },
        el('h1', { id: 'view-title' }, 'Ask the planet'),
        el('button', { type: 'button', class: 'primary', id: 'ask', onclick: this.#ask }, 'Ask a question')),
      this.#filters(), ...this.#order ? [this.#order.node] : [], this.#list, this.#more);
    await this.#next();
  }

  /** The first page anew, in the order it has by now, if the order is the visitor's own. */
  async reorder() {
    if (!this.#order || this.#left) return;
    const hadFocus = this.#order.node.contains(document.activeElement);
    this.#order.withdraw();
    await this.#next(true);
    if (hadFocus) this.#list.querySelector('a')?.focus();
  }

  changed(change) {
    const row = this.#rows.get(change.id);
    if (change.kind === 'score' && row) {
      const number = row.querySelector('.score b');
      if (number.textContent === String(change.score)) return;
      number.textContent = change.score;
      flash(number.parentElement, 'moved');
    } else if (change.kind === 'question' && row) {
      row.querySelector('h2 a').textContent = change.title;
      if (change.acceptedAnswerId) row.querySelector('.meta').prepend(...row.querySelector('.solved') ? [] : [solved()]);
    } else if (change.kind === 'question' && this.#sort === 'new' && (!this.#tag || change.tags?.includes(this.#tag))) {
      this.#add({ ...change, tags: change.tags ?? [], score: 0, isAnswered: Boolean(change.acceptedAnswerId) }, true);
    } else if (change.kind === 'question' && (!this.#tag || change.tags?.includes(this.#tag))) {
      this.#order?.offer();
    }
  }

  #filters() {
    const sort = (value, text) => el('button', {
      type: 'button', 'aria-pressed': String(this.#sort === value),
      onclick: () => { location.hash = this.#hash(value, this.#tag); },
    }, text);
    return el('div', { class: 'filters' },
      el('div', { class: 'segments', role: 'group', 'aria-label': 'Order' }, sort('new', 'Newest'), sort('top', 'Best'), sort('for-you', 'For you')),
      this.#tag && el('span', { class: 'tag' }, this.#tag),
      this.#tag && el('button', { type: 'button', class: 'plain', onclick: () => { location.hash = this.#hash(this.#sort, null); } }, 'All tags'),
      el('button', { type: 'button', class: 'plain', id: 'show-kept', onclick: this.#kept }, 'What is kept of me'));
  }

  #hash(sort, tag) {
    const at = new URLSearchParams();
    if (sort !== 'new') at.set('sort', sort);
    if (tag) at.set('tag', tag);
    return at.toString();
  }

  // The next page; or the first one anew, in place of all that are shown. What was asked for last is what counts.
  async #next(anew = false) {
    const turn = ++this.#turn;
    this.#view.setAttribute('aria-busy', 'true');
    const query = new URLSearchParams({ sort: this.#sort });
    if (this.#tag) query.set('tag', this.#tag);
    if (this.#continuation && !anew) query.set('continuation', this.#continuation);
    try {
      const { json: page, headers } = await exchange('GET', `/api/questions?${query}`);
      if (turn !== this.#turn) return;
      if (anew) {
        this.#rows.clear();
        this.#list.replaceChildren();
      }
      this.#order?.tell(headers.get('X-Geode-Model'));
      this.#continuation = page.continuation;
      this.#more.hidden = !page.continuation;
      page.items.forEach(item => this.#add(item, false));
      if (this.#rows.size === 0) this.#list.append(el('li', { class: 'empty' }, 'Nothing has been asked here yet. Be the first.'));
    } catch (problem) {
      this.#list.append(el('li', { class: 'error', role: 'alert' }, problem.message));
      if (anew) this.#order.offer();
    } finally {
      if (!this.#left && turn === this.#turn) this.#view.removeAttribute('aria-busy');
    }
  }

  #add(item, fresh) {
    if (this.#rows.has(item.id)) return;
    const row = el('li', { class: fresh ? 'card item fresh' : 'card item', data: { id: item.id } },
      el('div', { class: 'score' }, el('b', {}, String(item.score)), el('small', {}, 'score')),
      el('div', {},
        el('h2', {}, el('a', { href: `#q=${encodeURIComponent(item.id)}` }, item.title)),
        el('p', { class: 'meta' }, item.isAnswered && solved(), item.tags.map(tagLink), item.because && el('span', { class: 'because' }, `because of ${item.because}`), el('span', {}, item.author), from(item.region, 'from'), when(item.createdAt))));
    this.#rows.set(item.id, row);
    this.#list.querySelector(':scope > .empty')?.remove();
    if (fresh) this.#list.prepend(row);
    else this.#list.append(row);
  }
}

const solved = () => el('span', { class: 'solved' }, 'Answered');
