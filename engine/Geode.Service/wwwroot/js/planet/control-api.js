/** The local planet's control API. */
export class ControlApi {
  #address;

  constructor(address) {
    this.#address = address;
  }

  /** The answer. A refusal is an error in the API's words, with what would be `lost` where it says so. */
  async send(method, path, body) {
    const response = await fetch(new URL(path, this.#address), {
      method, headers: body ? { 'Content-Type': 'application/json' } : {}, body: body && JSON.stringify(body),
      // What was ordered goes on when the window is closed.
      keepalive: method !== 'GET',
    }).catch(() => { throw new Error('The control API does not answer.'); });
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw Object.assign(new Error(answer.detail ?? answer.title ?? `The control API answered ${response.status}.`), { lost: answer.lost });
    return answer;
  }
}
