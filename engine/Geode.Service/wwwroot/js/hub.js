// The live client: SignalR's JSON protocol over a WebSocket, as much of it as one stream needs.
import { placed } from './api.js';

const end = '\u001e';
const type = { item: 2, completion: 3, invokeStream: 4, ping: 6, close: 7 };
const pingMs = 5000;
const silenceMs = 11_000;
const pauses = [0, 150, 400, 1000, 2000, 4000];

/** Tells `update` events with what changed and `state` events: connecting, live, lost. Reconnects by itself, and goes on where it was. */
export class Hub extends EventTarget {
  #path; #target; #socket; #cursor = null; #failures = 0; #ping; #watch; #state = '';

  constructor(path, target) {
    super();
    this.#path = path;
    this.#target = target;
    addEventListener('online', () => this.restart());
    addEventListener('pagehide', () => this.#drop());
    addEventListener('pageshow', event => event.persisted && this.restart());
    this.#connect();
  }

  get state() { return this.#state; }

  /** Connects anew, as from another place; the cursor stays. */
  restart() {
    this.#drop();
    this.#failures = 0;
    this.#connect();
  }

  #connect() {
    this.#tell(this.#failures || this.#state === 'lost' ? 'lost' : 'connecting');
    const socket = new WebSocket(placed(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${this.#path}`));
    this.#socket = socket;
    this.#heard();
    socket.onopen = () => this.#send({ protocol: 'json', version: 1 });
    socket.onmessage = ({ data }) => socket === this.#socket && this.#receive(data);
    socket.onclose = () => socket === this.#socket && this.#lost();
  }

  #receive(data) {
    this.#heard();
    for (const text of data.split(end).filter(Boolean)) {
      const message = JSON.parse(text);
      if (message.type === undefined) this.#agreed(message);
      else if (message.type === type.item) this.#updated(message.item);
      else if (message.type === type.completion || message.type === type.close) this.#socket.close();
    }
  }

  #agreed(handshake) {
    if (handshake.error) return this.#socket.close();
    this.#send({ type: type.invokeStream, invocationId: '1', target: this.#target, arguments: [this.#cursor] });
    this.#ping = setInterval(() => this.#send({ type: type.ping }), pingMs);
  }

  #updated(update) {
    this.#failures = 0;
    this.#cursor = update.cursor;
    this.#tell('live');
    if (update.changes.length || update.reset) this.dispatchEvent(new CustomEvent('update', { detail: update }));
  }

  #lost() {
    this.#drop();
    this.#tell('lost');
    const pause = pauses[Math.min(this.#failures++, pauses.length - 1)];
    // Scattered, so that a geode's clients do not all come at once.
    this.#watch = setTimeout(() => this.#connect(), pause * (.5 + Math.random()));
  }

  #drop() {
    clearInterval(this.#ping);
    clearTimeout(this.#watch);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  // A frozen geode closes nothing; its silence has to do.
  #heard() {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#lost(), silenceMs);
  }

  #send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message) + end);
  }

  #tell(state) {
    if (state === this.#state) return;
    this.#state = state;
    this.dispatchEvent(new CustomEvent('state', { detail: state }));
  }
}
