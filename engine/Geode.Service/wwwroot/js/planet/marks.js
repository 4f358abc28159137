// A region's state as colour and shape, so that neither alone has to tell it.
import { el, svg } from '../dom.js';

const shapes = {
  circle: 'M0-6.5A6.5 6.5 0 1 1 0 6.5A6.5 6.5 0 1 1 0-6.5Z',
  ring: 'M0-6.5A6.5 6.5 0 1 1 0 6.5A6.5 6.5 0 1 1 0-6.5ZM0-3A3 3 0 1 0 0 3A3 3 0 1 0 0-3Z',
  triangle: 'M0-7.5L7.5 6H-7.5Z',
  diamond: 'M0-8L8 0L0 8L-8 0Z',
  square: 'M-6-6H6V6H-6Z',
  moon: 'M3-7A7.5 7.5 0 1 0 7 3A6.5 6.5 0 0 1 3-7Z',
  cross: 'M-7-4L-4-7L0-3L4-7L7-4L3 0L7 4L4 7L0 3L-4 7L-7 4L-3 0Z',
};

export const states = {
  healthy: { shape: 'circle', tone: 'good', word: 'healthy' },
  degraded: { shape: 'triangle', tone: 'warn', word: 'degraded' },
  draining: { shape: 'diamond', tone: 'accent', word: 'draining' },
  starting: { shape: 'ring', tone: 'accent', word: 'starting' },
  frozen: { shape: 'square', tone: 'cold', word: 'frozen' },
  asleep: { shape: 'moon', tone: 'cold', word: 'asleep' },
  down: { shape: 'cross', tone: 'bad', word: 'down' },
};

/** The state a region is shown in: what its processes are, else what the router or a silence says of it. */
export function stateOf(region) {
  if (['killed', 'exited', 'stopped'].includes(region.state)) return 'down';
  if (['frozen', 'starting', 'asleep'].includes(region.state)) return region.state;
  if (region.draining) return 'draining';
  if (region.origin?.state === 'unhealthy') return 'down';
  return region.state !== 'healthy' || region.outage || region.origin?.state === 'degraded' ? 'degraded' : 'healthy';
}

/** In words, with the reason where there is one. */
export function stateWords(region) {
  const word = states[stateOf(region)].word;
  if (region.outage) return `${word}: replica ${region.outage}`;
  if (region.state === 'healthy' && region.origin?.state === 'unhealthy') return 'out of traffic';
  return region.silent ? 'not heard of' : word;
}

export const markPath = state => shapes[states[state].shape];

/** The mark by itself, beside text that says the same. */
export const mark = state => svg('svg', { class: `mark tone-${states[state].tone}`, viewBox: '-9 -9 18 18', width: 14, height: 14, 'aria-hidden': true }, svg('path', { d: markPath(state) }));

export const legend = () => Object.keys(states).map(state => el('li', {}, mark(state), states[state].word));
