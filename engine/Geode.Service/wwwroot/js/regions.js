// What this window knows of regions. They come and go while it is open.
const known = new Map();
const colours = new Map();
const shades = 10;

/** By its name; undefined when this window has not heard of it. */
export const regionOf = name => known.get(name);

export const regionName = name => known.get(name)?.displayName ?? name ?? '';

export const regionColour = name => colours.has(name) ? `var(--r${colours.get(name) % shades})` : 'var(--muted)';

/** Remembers names and places, also of regions that are not there. */
export function hear(regions) {
  for (const region of regions) known.set(region.name, region);
}

/** These are there, and no others. Each keeps its colour while it is; one that comes takes the first that is free. */
export function present(regions) {
  hear(regions);
  const names = new Set(regions.map(region => region.name));
  for (const name of colours.keys()) if (!names.has(name)) colours.delete(name);
  const taken = new Set(colours.values());
  let next = 0;
  for (const name of names) {
    if (colours.has(name)) continue;
    while (taken.has(next)) next++;
    colours.set(name, next++);
  }
}
