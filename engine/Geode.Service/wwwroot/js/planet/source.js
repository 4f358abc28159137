// Where the picture comes from: the control API of a local planet, which sees everything, or else the geode that answers.
import { call, placed } from '../api.js';

const pollMs = 2000;
const retryMs = 2000;
const silentMs = 8000;
const kinds = ['process', 'router', 'failover', 'failback', 'converged', 'link', 'outage', 'drain', 'load', 'scale', 'steward', 'planet'];

/** Calls `view` once a second with the planet, and `happened` with each event. */
export function follow(control, view, happened) {
  if (!control) return followGeode(view);
  open(() => new EventSource(new URL('/planet/stream', control)), { view, ...Object.fromEntries(kinds.map(kind => [kind, happened])) });
  return () => {};
}

/** The same from the place where the window is now. */
function followGeode(view) {
  let stop = () => {};
  const start = () => {
    stop = open(
      () => new EventSource(placed('/api/planet/stream')), { planet: known => view(fromGeode(known)) },
      () => poll(() => call('GET', '/api/planet'), known => view(fromGeode(known))));
  };
  start();
  return () => {
    stop();
    start();
  };
}

// An event source comes back by itself, except when it was refused: then it is opened anew, or done without.
function open(create, listeners, otherwise) {
  let source, timer;
  const start = () => {
    source = create();
    for (const [kind, listener] of Object.entries(listeners)) source.addEventListener(kind, event => listener(JSON.parse(event.data)));
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(otherwise ?? start, otherwise ? 0 : retryMs);
    };
  };
  start();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}

async function poll(ask, then) {
  for (;;) {
    await ask().then(then, () => {});
    await new Promise(done => setTimeout(done, pollMs));
  }
}

function fromGeode(known) {
  return {
    name: known.name, at: known.at, answeredBy: known.answeredBy, build: known.build, load: null,
    regions: known.regions.map(region => {
      const silent = region.silentForMs === undefined || region.silentForMs > silentMs;
      return { ...region, silent, state: silent ? 'degraded' : 'healthy' };
    }),
    links: known.regions.filter(region => region.name !== known.answeredBy).map(region => ({
      from: region.name, to: known.answeredBy, state: 'up', delayMs: region.oneWayDelayMs, lagMs: region.replicationLagMs ?? null,
    })),
  };
}
