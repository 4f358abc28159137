import { el, openDialog } from '../dom.js';
import { call } from '../api.js';
import { plural } from '../format.js';
import { when } from './list.js';

const path = '/api/me/personal';

/** Shows what is kept of the visitor, and lets them have it off or forgotten; `changed` is called at the end if they did. */
export async function showKept(changed) {
  const state = el('p', { id: 'kept' }, 'Asking the nearest geode…');
  const said = el('p', { class: 'hint', role: 'status', id: 'kept-said' });
  const problem = el('p', { class: 'error', role: 'alert', hidden: true });
  const on = el('input', { type: 'checkbox', role: 'switch', id: 'kept-on', disabled: true, onchange: () => turn() });
  const forget = el('button', { type: 'button', class: 'danger', disabled: true, onclick: () => ask(true) }, 'Forget me…');
  const close = el('button', { type: 'button', class: 'primary', onclick: () => dialog.close() }, 'Close');
  const keep = el('button', { type: 'button', onclick: () => ask(false) }, 'Keep');
  const sure = el('button', { type: 'button', class: 'danger', onclick: () => forgetAll() }, 'Forget me');
  const question = el('p', { hidden: true }, 'All of it is deleted, in every region, for good.');
  let touched = false;

  const dialog = openDialog('What is kept of me',
    el('div', { class: 'kept' },
      el('p', {}, 'Which questions you looked at, asked, answered and voted on: for 90 days, under a number that your browser keeps in a cookie, so that questions come in the order that suits you.'),
      state,
      el('label', { class: 'switch', for: 'kept-on' }, on, 'Order questions for me'),
      said, problem, question,
      el('div', { class: 'buttons' }, forget, close, keep, sure)));
  dialog.addEventListener('close', () => touched && changed());
  ask(false);
  close.focus();
  await attempt(async () => show(await call('GET', path)), () => { state.textContent = ''; });

  function show(kept) {
    on.checked = kept.on;
    on.disabled = false;
    forget.disabled = kept.kept === 0;
    state.replaceChildren(...kept.kept === 0 ? ['Nothing is kept of you.'] : [el('b', {}, plural(kept.kept, 'question')), ' kept', ...kept.since ? [', the first ', when(kept.since)] : []]);
  }

  // Asks once: one pair of buttons has the other's place.
  function ask(whether) {
    question.hidden = keep.hidden = sure.hidden = !whether;
    forget.hidden = close.hidden = whether;
    if (whether) keep.focus();
    else (forget.disabled ? close : forget).focus();
  }

  function touch() {
    touched = true;
    if (!dialog.open) changed();
  }

  const turn = () => attempt(async () => {
    const now = await call('PUT', path, { on: on.checked });
    touch();
    show(now);
    said.textContent = on.checked ? 'Questions are ordered for you.' : 'Questions come in the general order. Nothing new is kept.';
  }, () => { on.checked = !on.checked; });

  const forgetAll = () => attempt(async () => {
    await call('DELETE', path);
    touch();
    show(await call('GET', path));
    said.textContent = 'Forgotten, in every region.';
    ask(false);
  }, () => ask(false));

  async function attempt(action, undo) {
    problem.hidden = true;
    said.textContent = '';
    try {
      await action();
    } catch (wrong) {
      undo?.();
      problem.textContent = wrong.message;
      problem.hidden = false;
    }
  }
}
