import { byId, el, released } from '../dom.js';
import { call } from '../api.js';
import { ago } from '../format.js';
import { Hub } from '../hub.js';
import { meet, startShell } from '../shell.js';
import { compose } from './compose.js';
import { Detail } from './detail.js';
import { showKept } from './kept.js';
import { from, label, List } from './list.js';

const pulseLength = 8;
const view = byId('view');
let shown = null;
let hub = null;

const shell = startShell(() => {
  hub?.restart();
  route();
});

// #q=ID is a question; #tag=T narrows the list; #sort=top and #sort=for-you order it.
function route() {
  const at = new URLSearchParams(location.hash.slice(1));
  shown?.leave();
  shown = at.has('q') ? new Detail(view, at.get('q')) : new List(view, at.get('sort') ?? 'new', at.get('tag'), ask, kept);
  return shown.load();
}

function ask() {
  compose(question => { location.hash = `q=${question.id}`; });
}

function kept() {
  const list = shown;
  return showKept(() => list.reorder());
}

async function loadTags() {
  const { items } = await call('GET', '/api/tags?size=12');
  await released();
  byId('tags').replaceChildren(...items.length === 0
    ? [el('li', { class: 'hint' }, 'None yet: questions bring theirs.')]
    : items.map(({ tag, questions }) => el('li', {}, el('a', { class: 'tag', href: `#tag=${encodeURIComponent(tag)}`, title: `${questions} questions` }, tag))));
}

function pulse(change) {
  const text = {
    question: () => change.editedAt ? `Edited: ${change.title}` : `Asked: ${change.title}`,
    answer: () => `${change.author} answered`,
    score: () => `A question or answer now has ${change.score}`,
  }[change.kind]?.();
  if (!text || change.kind === 'score') return;
  const list = byId('pulse');
  list.querySelector('.quiet')?.remove();
  list.prepend(el('li', {},
    el('time', { datetime: new Date().toISOString() }, new Date().toLocaleTimeString('en-GB')),
    el('a', { href: `#q=${encodeURIComponent(change.questionId)}` }, text),
    from(change.region, 'in')));
  while (list.children.length > pulseLength) list.lastChild.remove();
}

function relabel() {
  document.querySelectorAll('.from').forEach(label);
}

function listen() {
  hub = new Hub('/hubs/questions', 'Follow');
  let wasLost = false;
  hub.addEventListener('state', ({ detail }) => {
    shell.live(detail);
    // Whoever serves now is asked, so that the badge is true.
    if (detail === 'live' && wasLost) call('GET', '/api/planet').catch(() => {});
    wasLost = detail === 'lost';
  });
  hub.addEventListener('update', ({ detail }) => {
    if (detail.reset) route();
    for (const change of detail.changes) {
      pulse(change);
      shown?.changed(change);
    }
    if (detail.changes.some(change => change.kind === 'question')) loadTags().catch(() => {});
    for (const name of new Set(detail.changes.map(change => change.region).filter(Boolean))) meet(name).then(learnt => learnt && relabel());
  });
  shell.live(hub.state);
}

addEventListener('hashchange', () => route().then(() => byId('main').focus({ preventScroll: true })));
setInterval(() => document.querySelectorAll('time[data-ago]').forEach(time => { time.textContent = ago(time.dateTime); }), 15_000);

shell.ready.catch(() => {}).then(() => {
  listen();
  return Promise.all([route(), loadTags().catch(() => {})]);
});
