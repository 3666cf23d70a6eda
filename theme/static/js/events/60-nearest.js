/* The data of the search by distance: loaded from the site, once, and what in it is near. `campaign/events/nearby.py` makes it. */

/** Gives a function that loads a file of the data by its name; a file that did not come is asked for again. */
function loader(base) {
  const files = new Map();
  return (name) => {
    if (!files.has(name)) {
      const answer = fetch(`${base}near${name}.json`).then((found) => {
        if (!found.ok) throw new Error(found.statusText);
        return found.json();
      });
      files.set(name, answer);
      answer.catch(() => files.delete(name));
    }
    return files.get(name);
  };
}

/** Gives a text as it is compared: without accents, capitals and punctuation. */
const folded = (text) =>
  plain(text.normalize("NFKD"))
    .replace(/['’.]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

const namesOfCity = (city, told, region) =>
  [city, `${city} ${told}`, `${city} ${region}`].map(folded);

const namesOfRegion = ([title, names]) => [title, ...names].map(folded);

/**
 * Gives what a text may mean: what has this very name, else, unless it must be `exact`, what begins with it.
 * These are cities, those of whose events nobody wrote where they are, regions, and those without an event.
 */
function matching(
  { cities = [], unplaced = [], regions = [], bare = [] },
  text,
  exact,
) {
  const wanted = folded(text);
  const meant = (fits) => ({
    cities: cities.filter(([city, told, , , region]) =>
      namesOfCity(city, told, region).some(fits),
    ),
    unplaced: unplaced.filter((town) => namesOfCity(...town).some(fits)),
    regions: regions.filter((region) => namesOfRegion(region).some(fits)),
    bare: bare.filter((region) => namesOfRegion(region).some(fits)),
  });
  const found = meant((name) => name === wanted);
  if (exact || Object.values(found).some(({ length }) => length)) return found;
  return meant((name) => wanted && name.startsWith(wanted));
}

/** Finds what a text may mean; where there are many names, those of its first letter are loaded. */
async function named(text, index, load, exact) {
  const letter = folded(text).codePointAt(0)?.toString(16);
  const isThere = index.initials?.includes(letter);
  const names = isThere ? await load(`-named-${letter}`) : index.named;
  return matching({ ...names, bare: index.bare }, text, exact);
}

/** Finds the regions that the end of a text may name: what follows its last comma, else its last words. */
async function around(text, index, load) {
  const parts = text.split(",");
  if (parts.length > 1) return named(parts.pop(), index, load);
  const words = text.split(/\s+/);
  for (const count of [3, 2, 1].filter((few) => few < words.length)) {
    const end = words.slice(-count).join(" ");
    const found = await named(end, index, load, true);
    if (found.regions.length || found.bare.length) return found;
  }
  return { regions: [], bare: [] };
}

/** Takes the cells to load next: so many that they may hold what is missing, and all that may hold what is nearer than `sure`. */
function take(cells, missing, sure) {
  const taken = [];
  while (cells.length && (missing > 0 || cells[0].away <= sure)) {
    taken.push(cells.shift());
    missing -= taken.at(-1).size;
  }
  return taken;
}

/** Finds the events around a place: cells are loaded from the nearest on, until no other can hold a nearer event. */
async function nearest(place, count, index, load) {
  const cells = Object.entries(index.cells)
    .map(([name, size]) => ({
      name,
      size,
      away: distanceToCell(place, cellOf(name)),
    }))
    .sort((one, other) => one.away - other.away);
  const now = Date.now() / 60000;
  const found = [];
  while (cells.length && !(found[count - 1]?.away < cells[0].away)) {
    const wanted = take(cells, count - found.length, found[count - 1]?.away);
    const rows = await Promise.all(
      wanted.map(({ name }) => index.events ?? load(`-${name}`)),
    );
    for (const [
      id,
      title,
      latitude,
      longitude,
      over,
      ...facts
    ] of rows.flat()) {
      const away = distance(place, [latitude, longitude]);
      // Where the last event is over, those that were are still of interest.
      if (over > now || index.until <= now)
        found.push({ id, title, away, over: over <= now, facts });
    }
    found.sort((one, other) => one.away - other.away);
  }
  return {
    found: found.slice(0, count),
    more: found.length > count || cells.length > 0,
  };
}
