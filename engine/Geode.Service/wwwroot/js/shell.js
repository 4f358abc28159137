// The bar: where this window is, which geode answers it, and whether it is connected.
import { byId, el } from './dom.js';
import { answers, call } from './api.js';
import { here, moveTo, places } from './places.js';
import { distanceKm, km, ms } from './format.js';
import { present, regionOf } from './regions.js';

const patienceMs = 5000;
const words = { connecting: 'Connecting…', live: 'Live', lost: 'Connection lost, reconnecting…' };

/** The planet as the answering geode last told it: regions, control. */
export let planet = { regions: [] };

let latest;

/** Builds the bar. `moved` is called after the window went to another place. */
export function startShell(moved) {
  const badge = el('p', { class: 'badge', id: 'badge', title: 'The geode that answered last' }, el('span', {}, 'Asking…'));
  const live = el('p', { class: 'live', id: 'live', role: 'status', hidden: true });
  const picker = el('select', { id: 'place', onchange: event => {
    moveTo(event.target.value);
    moved?.();
    refreshPlanet().catch(() => {});
  } }, el('option', { value: '' }, 'where the router is'), places.map(place => el('option', { value: place.name, selected: here()?.name === place.name }, place.label)));
  const label = el('label', { for: 'place', hidden: true }, 'You are in', picker);
  byId('bar').append(el('div', { class: 'where' }, label, badge, live));

  answers.addEventListener('served', async ({ detail }) => {
    show(badge, detail);
    if (await meet(detail.region) && badge.dataset.region === detail.region) show(badge, detail);
  });
  return { live: state => {
    live.hidden = false;
    live.dataset.state = state;
    live.textContent = words[state];
  }, ready: refreshPlanet().then(() => { label.hidden = !planet.control; }) };
}

export function refreshPlanet() {
  latest = call('GET', '/api/planet').then(answer => {
    planet = answer;
    present(answer.regions);
    return answer;
  });
  const asked = latest;
  setTimeout(() => { if (latest === asked) latest = undefined; }, patienceMs);
  return asked;
}

/** Asks about a region that this window has not heard of, not too often; true when it has learnt of it. */
export async function meet(name) {
  if (regionOf(name)) return false;
  await (latest ?? refreshPlanet()).catch(() => {});
  return regionOf(name) !== undefined;
}

function show(badge, { region, ms: took, attempts }) {
  const place = regionOf(region);
  const parts = [here() && place ? `${km(distanceKm(here(), place))} away` : null, ms(Math.round(took)), attempts > 1 ? `after ${attempts} tries` : null];
  badge.replaceChildren(el('b', {}, place?.displayName ?? region), el('span', {}, parts.filter(Boolean).join(' · ')));
  badge.dataset.region = region;
}
