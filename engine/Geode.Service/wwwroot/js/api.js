// Calls to the service: through the router, from this window's place.
import { here } from './places.js';

const pauses = [0, 200, 600, 1500];

/** Tells `served` events: { region, ms, attempts }. */
export const answers = new EventTarget();

export class Problem extends Error {
  constructor(status, message, field) {
    super(message);
    this.status = status;
    this.field = field;
  }
}

/** The JSON of an answer. Writes carry one key over all tries, so that trying again can do no harm. */
export const call = async (method, path, body) => (await exchange(method, path, body)).json;

/** As `call`, with the answer's headers: { json, headers }. */
export async function exchange(method, path, body) {
  const headers = { Accept: 'application/json' };
  if (here()) headers['X-Geode-Client'] = here().name;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (method === 'POST') headers['Idempotency-Key'] = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
  const request = { method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store' };

  for (let attempt = 0; ; attempt++) {
    const last = attempt + 1 === pauses.length;
    const start = performance.now();
    try {
      const response = await fetch(path, request);
      if (response.status < 500 || last) {
        tell(response, performance.now() - start);
        return { json: await read(response), headers: response.headers };
      }
    } catch (problem) {
      if (last || problem instanceof Problem) throw problem instanceof Problem ? problem : new Problem(0, 'No geode could be reached. Try again in a moment.');
    }
    await new Promise(done => setTimeout(done, pauses[attempt + 1]));
  }
}

/** Adds the place to an address that is opened without headers: a WebSocket, an event source. */
export const placed = (address, parameters = {}) => {
  const query = new URLSearchParams(parameters);
  if (here()) query.set('geode-client', here().name);
  return query.size ? `${address}?${query}` : address;
};

function tell(response, ms) {
  const region = response.headers.get('X-Geode-Served-By') ?? response.headers.get('X-Geode-Region');
  if (region) answers.dispatchEvent(new CustomEvent('served', { detail: { region, ms, attempts: Number(response.headers.get('X-Geode-Attempts') ?? 1) } }));
}

async function read(response) {
  if (response.status === 204) return null;
  const json = await response.json().catch(() => null);
  if (response.ok) return json;
  throw new Problem(response.status, json?.detail ?? json?.title ?? `The service answered ${response.status}.`, Object.keys(json?.errors ?? {})[0]);
}
