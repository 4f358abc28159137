// Builds elements from text only: nothing here, or anywhere, parses markup.
const SVG = 'http://www.w3.org/2000/svg';

/** An element. `on…` listens, `data` sets data attributes, true and false set or leave out an attribute, the rest are attributes. */
export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

export const byId = id => document.getElementById(id);

/** Its text; one that is the same already is left alone. */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

let down = false;
let up = [];
addEventListener('pointerdown', () => { down = true; }, true);
for (const end of ['pointerup', 'pointercancel']) addEventListener(end, release, true);
// The pointer may be let go outside of the page.
addEventListener('blur', event => event.target === window && release());

function release() {
  // The click comes after this event.
  setTimeout(() => {
    down = false;
    const waiting = up;
    up = [];
    waiting.forEach(go => go());
  });
}

/** Whether a button is being pressed somewhere: what is replaced under the pointer loses its click. */
export const isPressed = () => down;

/** When none is. */
export const released = () => new Promise(go => down ? up.push(go) : go());

/** Says it in the corner and to screen readers. */
export function toast(message, problem = false) {
  let host = document.querySelector('.toasts');
  if (!host) {
    host = el('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' });
    document.body.append(host);
  }
  const note = el('p', { class: problem ? 'toast problem' : 'toast' }, message);
  host.append(note);
  setTimeout(() => note.remove(), problem ? 9000 : 5000);
}

/** A modal dialog that is gone when it closes. */
export function openDialog(title, ...children) {
  const dialog = el('dialog', { 'aria-labelledby': 'dialog-title' }, el('h2', { id: 'dialog-title' }, title), ...children);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Restarts an animation that a class stands for. */
export function flash(node, name) {
  node.classList.remove(name);
  void node.getBoundingClientRect();
  node.classList.add(name);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'data') Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return node;
}
