// The bar: where this window is, which geode answers it, and whether it is connected.
import { byId, el } from './dom.js';
import { answers, call } from './api.js';
import { here, moveTo, places } from './places.js';
import { distanceKm, km, ms } from './format.js';

const words = { connecting: 'Connecting…', live: 'Live', lost: 'Connection lost, reconnecting…' };

/** The planet as the answering geode last told it: regions, control. */
export let planet = { regions: [] };

export const regionName = name => planet.regions.find(region => region.name === name)?.displayName ?? name ?? '';
export const regionIndex = name => planet.regions.findIndex(region => region.name === name);
export const regionColour = name => `var(--r${Math.max(0, regionIndex(name)) % 10})`;

/** Builds the bar. `moved` is called after the window went to another place. */
export function startShell(moved) {
  const badge = el('p', { class: 'badge', id: 'badge', title: 'The geode that answered last' }, el('span', {}, 'Asking…'));
  const live = el('p', { class: 'live', id: 'live', role: 'status', hidden: true });
  const picker = el('select', { id: 'place', onchange: event => {
    moveTo(event.target.value);
    moved?.();
    refreshPlanet();
  } }, el('option', { value: '' }, 'where the router is'), places.map(place => el('option', { value: place.name, selected: here()?.name === place.name }, place.label)));
  const label = el('label', { for: 'place', hidden: true }, 'You are in', picker);
  byId('bar').append(el('div', { class: 'where' }, label, badge, live));

  answers.addEventListener('served', ({ detail }) => show(badge, detail));
  return { live: state => {
    live.hidden = false;
    live.dataset.state = state;
    live.textContent = words[state];
  }, ready: refreshPlanet().then(() => { label.hidden = !planet.control; }) };
}

export async function refreshPlanet() {
  planet = await call('GET', '/api/planet');
  return planet;
}

function show(badge, { region, ms: took, attempts }) {
  const place = planet.regions.find(known => known.name === region);
  const parts = [here() && place ? `${km(distanceKm(here(), place))} away` : null, ms(Math.round(took)), attempts > 1 ? `after ${attempts} tries` : null];
  badge.replaceChildren(el('b', {}, place?.displayName ?? region), el('span', {}, parts.filter(Boolean).join(' · ')));
  badge.dataset.region = region;
}
