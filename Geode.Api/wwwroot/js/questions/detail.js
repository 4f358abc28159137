import { el, flash, openDialog, released, svg, toast } from '../dom.js';
import { call } from '../api.js';
import { plural } from '../format.js';
import { from, tagLink, when } from './list.js';

/** One question with its answers. Votes, answers and edits by others come in by themselves. */
export class Detail {
  #view; #id; #path; #question; #scores = new Map(); #form = null; #reading = false; #again = false; #left = false; #later;

  constructor(view, id) {
    [this.#view, this.#id, this.#path] = [view, id, `/api/questions/${encodeURIComponent(id)}`];
  }

  /** Another view has this one's place: an answer that comes now is not shown any more. */
  leave() {
    this.#left = true;
  }

  async load() {
    if (this.#left) return;
    this.#view.setAttribute('aria-busy', 'true');
    const [question, problem] = await call('GET', this.#path).then(read => [read], wrong => [null, wrong]);
    await released();
    if (this.#left) return;
    this.#view.removeAttribute('aria-busy');
    if (problem) {
      this.#view.replaceChildren(back(), el('p', { class: 'error', role: 'alert' }, problem.status === 404 ? 'This question does not exist, or no longer.' : problem.message));
      return;
    }
    this.#question = question;
    this.#show();
  }

  changed(change) {
    if (change.questionId !== this.#id || !this.#question) return;
    if (change.kind === 'score') this.#score(change.id, change.score);
    else {
      this.#reload();
      // Slow geodes are given rivals, and one of those may have answered that has not got it yet.
      clearTimeout(this.#later);
      this.#later = setTimeout(() => this.#reload(), 3000);
    }
  }

  // One at a time; what happens meanwhile is read once more.
  async #reload() {
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = true;
    do {
      this.#again = false;
      await this.load();
    } while (this.#again);
    this.#reading = false;
  }

  #show() {
    const question = this.#question;
    // The form is made once, so that what is typed while the question is read again stays.
    const focus = this.#view.contains(this.#form) && document.activeElement?.id;
    this.#form ??= this.#answerForm();
    document.title = `${question.title} · Geode`;
    this.#scores.clear();
    this.#view.replaceChildren(back(), el('div', { class: 'question' },
      el('article', { class: 'card post' },
        this.#votes(question, this.#path, 'question'),
        el('div', {},
          el('h1', { id: 'view-title' }, question.title),
          el('p', { class: 'body' }, question.body),
          el('p', { class: 'meta' }, question.tags.map(tagLink), el('span', {}, question.author), from(question.region, 'asked in'), when(question.createdAt)),
          question.isYours && el('p', { class: 'actions' }, el('button', { type: 'button', class: 'plain', onclick: () => this.#delete('question', this.#path) }, 'Delete question')))),
      el('h2', {}, plural(question.answers.length, 'answer')),
      el('ol', { class: 'answers', id: 'answers' }, question.answers.map(answer => this.#answer(answer))),
      this.#form));
    if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
  }

  #answer(answer) {
    const path = `${this.#path}/answers/${encodeURIComponent(answer.id)}`;
    return el('li', { class: answer.isAccepted ? 'card post answer accepted' : 'card post answer', data: { id: answer.id } },
      this.#votes(answer, path, 'answer'),
      el('div', {},
        el('p', { class: 'body' }, answer.body),
        el('p', { class: 'meta' }, answer.isAccepted && el('span', { class: 'solved' }, 'Accepted'), el('span', {}, answer.author), from(answer.region, 'answered in'), when(answer.createdAt)),
        el('p', { class: 'actions' },
          this.#question.isYours && !answer.isAccepted && el('button', { type: 'button', class: 'plain', onclick: () => this.#accept(path) }, 'Accept'),
          answer.isYours && el('button', { type: 'button', class: 'plain', onclick: () => this.#delete('answer', path) }, 'Delete'))));
  }

  #votes(post, path, what) {
    const number = el('b', { 'aria-label': `Score of this ${what}` }, String(post.score));
    this.#scores.set(post.id, number);
    let yours = post.yourVote;
    const buttons = [1, -1].map(value => el('button', {
      type: 'button', id: `vote-${value === 1 ? 'up' : 'down'}-${post.id}`, 'aria-label': `Vote ${value === 1 ? 'up' : 'down'} this ${what}`,
      onclick: () => vote(yours === value ? 0 : value),
    }, svg('svg', { viewBox: '0 0 16 16', 'aria-hidden': true }, svg('path', { d: value === 1 ? 'M8 3l6 8H2z' : 'M8 13L2 5h12z' }))));
    const press = () => buttons.forEach((button, i) => button.setAttribute('aria-pressed', String(yours === (i === 0 ? 1 : -1))));
    const vote = async value => {
      const before = yours;
      // Shown at once; the counted score follows over the hub.
      this.#score(post.id, Number(number.textContent) + value - before);
      yours = post.yourVote = value;
      press();
      try {
        await call('PUT', `${path}/vote`, { value });
      } catch (problem) {
        this.#score(post.id, Number(number.textContent) - value + before);
        yours = post.yourVote = before;
        press();
        toast(problem.message, true);
      }
    };
    press();
    return el('div', { class: 'vote', role: 'group', 'aria-label': `Votes on this ${what}` }, buttons[0], number, buttons[1]);
  }

  #score(id, score) {
    const number = this.#scores.get(id);
    if (!number || number.textContent === String(score)) return;
    number.textContent = score;
    flash(number, 'moved');
  }

  #answerForm() {
    const problem = el('p', { class: 'error', role: 'alert', id: 'answer-error', hidden: true });
    const body = el('textarea', { id: 'answer-body', required: true, maxlength: 20000, 'aria-describedby': 'answer-error' });
    const send = el('button', { class: 'primary' }, 'Answer');
    return el('form', {
      class: 'card answer-form', onsubmit: async event => {
        event.preventDefault();
        send.disabled = true;
        problem.hidden = true;
        try {
          await call('POST', `${this.#path}/answers`, { body: body.value });
          body.value = '';
          await this.#reload();
        } catch (wrong) {
          problem.textContent = wrong.message;
          problem.hidden = false;
        } finally {
          send.disabled = false;
        }
      },
    }, el('div', { class: 'field' }, el('label', { for: 'answer-body' }, 'Your answer'), body), problem, el('div', { class: 'buttons' }, send));
  }

  async #accept(path) {
    await attempt(() => call('POST', `${path}/accept`));
    await this.#reload();
  }

  #delete(what, path) {
    const dialog = openDialog(`Delete this ${what}?`, el('p', {}, 'It disappears in every region.'), el('p', { class: 'buttons' },
      el('button', { type: 'button', onclick: () => dialog.close() }, 'Keep'),
      el('button', { type: 'button', class: 'danger', onclick: async () => {
        dialog.close();
        if (!await attempt(() => call('DELETE', path))) return;
        if (what === 'question') location.hash = '';
        else await this.#reload();
      } }, 'Delete')));
  }
}

const back = () => el('p', { class: 'back' }, el('a', { href: '#' }, '← All questions'));

async function attempt(action) {
  try {
    await action();
    return true;
  } catch (problem) {
    toast(problem.message, true);
    return false;
  }
}
