// Where this window pretends to be. Each window has its own place.
const list = [
  ['amsterdam', 'Amsterdam', 52.37, 4.9], ['auckland', 'Auckland', -36.85, 174.76], ['buenosaires', 'Buenos Aires', -34.6, -58.38],
  ['cairo', 'Cairo', 30.04, 31.24], ['dubai', 'Dubai', 25.2, 55.27], ['hongkong', 'Hong Kong', 22.32, 114.17],
  ['johannesburg', 'Johannesburg', -26.2, 28.05], ['lagos', 'Lagos', 6.52, 3.38], ['london', 'London', 51.51, -0.13],
  ['losangeles', 'Los Angeles', 34.05, -118.24], ['mexicocity', 'Mexico City', 19.43, -99.13], ['mumbai', 'Mumbai', 19.08, 72.88],
  ['newyork', 'New York', 40.71, -74.01], ['saopaulo', 'São Paulo', -23.55, -46.63], ['seattle', 'Seattle', 47.61, -122.33],
  ['singapore', 'Singapore', 1.35, 103.82], ['stockholm', 'Stockholm', 59.33, 18.07], ['sydney', 'Sydney', -33.87, 151.21],
  ['tokyo', 'Tokyo', 35.68, 139.69], ['toronto', 'Toronto', 43.65, -79.38],
];
const key = 'geode-place';

export const places = list.map(([name, label, latitude, longitude]) => ({ name, label, latitude, longitude }));

const find = name => places.find(place => place.name === name) ?? null;

let current = find(new URLSearchParams(location.search).get('from')) ?? find(sessionStorage.getItem(key));
if (current) sessionStorage.setItem(key, current.name);

/** Null: wherever the router thinks. */
export const here = () => current;

export function moveTo(name) {
  current = find(name);
  if (current) sessionStorage.setItem(key, current.name);
  else sessionStorage.removeItem(key);
}
