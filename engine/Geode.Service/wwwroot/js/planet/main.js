import { byId, write } from '../dom.js';
import { answers, call } from '../api.js';
import { ms, plural, rate } from '../format.js';
import { here } from '../places.js';
import { present, regionColour, regionName } from '../regions.js';
import { planet as known, startShell } from '../shell.js';
import { Charts } from './charts.js';
import { ControlApi } from './control-api.js';
import { Controls } from './controls.js';
import { Growth } from './growth.js';
import { LinkPanel } from './links.js';
import { LoadPanel } from './load.js';
import { WorldMap } from './map.js';
import { legend, stateOf } from './marks.js';
import { RegionPanel } from './region.js';
import { follow } from './source.js';
import { StewardPanel } from './steward.js';
import { Timeline } from './timeline.js';

const askMs = 2000;

let planet = null;
let selected = null;
let servedBy = null;
const notes = new Map();

let again = () => {};
const shell = startShell(() => {
  again();
  ask();
});
byId('legend').append(...legend());
answers.addEventListener('served', ({ detail }) => { servedBy = detail.region; });

const map = new WorldMap(byId('map'), select);
const timeline = new Timeline(byId('timeline'));

shell.ready.catch(() => {}).then(async () => {
  const api = known.control ? new ControlApi(known.control) : null;
  const controls = api && new Controls(api);
  const growth = api && new Growth(api);
  // Names of regions that are about to join: the timeline speaks of them before the map does.
  await growth?.refresh().catch(() => {});
  const panels = {
    region: new RegionPanel(byId('region'), select, controls, growth), links: new LinkPanel(byId('links'), controls), charts: new Charts(byId('charts')),
    load: controls ? new LoadPanel(byId('load'), controls) : null,
  };
  show.panels = panels;
  new StewardPanel(byId('steward'), api);
  if (!controls) byId('timeline').closest('section').hidden = true;
  again = follow(known.control, view => {
    planet = view;
    present(view.regions);
    forgetGone(view.regions.map(region => region.name));
    panels.charts.show(view, regionColour);
    show();
  }, happened);
  setInterval(ask, askMs);
});

function select(name) {
  selected = selected === name ? null : name;
  show();
}

function forgetGone(names) {
  if (!names.includes(selected)) selected = null;
  for (const name of notes.keys()) if (!names.includes(name)) notes.delete(name);
}

// Keeps the badge and this window's own arc true.
function ask() {
  return call('GET', '/api/planet').then(show, () => {});
}

function happened(event) {
  timeline.add(event, regionName);
  if (event.kind === 'failover' && Date.now() - Date.parse(event.at) < 600_000) notes.set(event.region, `→ ${regionName(event.state)} in ${ms(Math.round(event.ms))}`);
  if (event.kind === 'failback') notes.delete(event.region);
  show();
}

function flows() {
  const simulated = (planet.load?.flows ?? []).map(flow => ({ ...flow, perSecond: flow.requestsPerSecond }));
  const you = here() && servedBy ? [{ place: 'you', displayName: `You, in ${here().label}`, ...here(), region: servedBy, perSecond: 1, you: true }] : [];
  return [...simulated, ...you];
}

function show() {
  if (!planet || !show.panels) return;
  const { region, links, load } = show.panels;
  map.show(planet, selected, flows(), [...notes].map(([name, text]) => ({ region: name, text })), regionColour);
  region.show(planet, selected, regionColour);
  links.show(planet, selected);
  load?.show(planet.load);
  const healthy = planet.regions.filter(known => ['healthy', 'asleep'].includes(stateOf(known))).length;
  const traffic = planet.regions.reduce((sum, known) => sum + (known.traffic?.requestsPerSecond ?? 0), 0);
  const text = `${healthy} of ${plural(planet.regions.length, 'region')} healthy, ${rate(traffic)}`;
  write(byId('summary'), text);
}
