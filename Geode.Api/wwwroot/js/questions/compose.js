import { el, openDialog } from '../dom.js';
import { call } from '../api.js';

const fields = ['title', 'body', 'tags'];

/** Asks for a question and sends it; `asked` is called with what became of it. */
export function compose(asked) {
  const problem = el('p', { class: 'error', role: 'alert', id: 'ask-error', hidden: true });
  const title = el('input', { id: 'ask-title', required: true, maxlength: 200, autocomplete: 'off', 'aria-describedby': 'ask-error' });
  const body = el('textarea', { id: 'ask-body', required: true, maxlength: 20000, 'aria-describedby': 'ask-error' });
  const tags = el('input', { id: 'ask-tags', autocomplete: 'off', autocapitalize: 'none', 'aria-describedby': 'ask-error ask-tags-hint' });
  const send = el('button', { class: 'primary' }, 'Ask');

  const form = el('form', {
    onsubmit: async event => {
      event.preventDefault();
      send.disabled = true;
      problem.hidden = true;
      for (const input of [title, body, tags]) input.removeAttribute('aria-invalid');
      try {
        const question = await call('POST', '/api/questions', { title: title.value, body: body.value, tags: tags.value.split(/[\s,]+/).filter(Boolean) });
        dialog.close();
        asked(question);
      } catch (wrong) {
        problem.textContent = wrong.message;
        problem.hidden = false;
        const input = [title, body, tags][fields.indexOf(wrong.field)];
        input?.setAttribute('aria-invalid', 'true');
        input?.focus();
      } finally {
        send.disabled = false;
      }
    },
  },
  el('div', { class: 'field' }, el('label', { for: 'ask-title' }, 'Title'), title),
  el('div', { class: 'field' }, el('label', { for: 'ask-body' }, 'What do you want to know?'), body),
  el('div', { class: 'field' }, el('label', { for: 'ask-tags' }, 'Tags'), tags, el('p', { class: 'hint', id: 'ask-tags-hint' }, 'Up to five, separated by spaces.')),
  problem,
  el('div', { class: 'buttons' }, el('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel'), send));

  const dialog = openDialog('Ask the planet', form);
  title.focus();
}
