const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const units = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];

export function ago(instant, now = Date.now()) {
  const seconds = Math.min(0, Math.round((new Date(instant).getTime() - now) / 1000));
  const [unit, size] = units.find(([, size]) => -seconds >= size) ?? units.at(-1);
  return seconds > -5 ? 'just now' : relative.format(Math.round(seconds / size), unit);
}

/** 14:03:07.482 */
export function clock(instant) {
  const date = new Date(instant);
  const two = n => String(n).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

export const number = value => (value < 10 ? fine : whole).format(value);
export const ms = value => value === null || value === undefined ? '–' : value >= 10_000 ? `${fine.format(value / 1000)} s` : `${number(value)} ms`;
export const rate = value => value === null || value === undefined ? '–' : `${number(value)}/s`;
export const share = value => value === null || value === undefined ? '–' : `${fine.format(100 * value)} %`;
export const km = value => `${whole.format(value)} km`;
export const plural = (count, one, many = one + 's') => `${whole.format(count)} ${count === 1 ? one : many}`;

/** Great-circle distance. */
export function distanceKm(a, b) {
  const rad = Math.PI / 180;
  const h = Math.sin((b.latitude - a.latitude) * rad / 2) ** 2
    + Math.cos(a.latitude * rad) * Math.cos(b.latitude * rad) * Math.sin((b.longitude - a.longitude) * rad / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(h));
}
