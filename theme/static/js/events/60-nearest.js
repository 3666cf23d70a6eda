/*
 * The data of the search by distance: loaded from the site, once, and what in it is near or has a name.
 * `campaign/events/nearby.py` makes it: rows, whose columns the index names.
 */
const { cellOf, distance, distanceToCell, plain } = events;

/** The search's files, each loaded once. */
class NearbyData {
  #base;
  #files = new Map();

  /** @param {string} base the path before each file's name */
  constructor(base) {
    this.#base = base;
  }

  /**
   * Loads a file by its name, the index without one; a file that did not come is asked for again.
   * @param {string} [name]
   * @returns {Promise<Object>}
   */
  load(name) {
    const file = name ? `near-${name}.json` : "near.json";
    if (!this.#files.has(file)) {
      const answer = fetch(this.#base + file).then((found) => {
        if (!found.ok) throw new Error(found.statusText);
        return found.json();
      });
      this.#files.set(file, answer);
      answer.catch(() => this.#files.delete(file));
    }
    return this.#files.get(file);
  }

  /**
   * Finds the cities and regions that a text may name; where there are many names, those of its first
   * letter are loaded.
   * @param {string} text
   * @param {boolean} [isExact] whether it is to be the whole name
   * @returns {Promise<Names>}
   */
  async named(text, isExact) {
    const index = await this.load();
    const letter = folded(text).codePointAt(0)?.toString(16);
    const isThere = index.initials?.includes(letter);
    const names = isThere ? await this.load(`named-${letter}`) : index.named;
    const rows = { ...names, empty_regions: index.empty_regions };
    return matching(recordsOf(rows, index.columns), text, isExact);
  }

  /**
   * Finds the regions that the end of a text may name: what follows its last comma, else its last words.
   * @param {string} text
   * @returns {Promise<Names>}
   */
  async around(text) {
    const parts = text.split(",");
    if (parts.length > 1) return this.named(parts.pop());
    const words = text.split(/\s+/);
    for (const count of [3, 2, 1].filter((few) => few < words.length)) {
      const found = await this.named(words.slice(-count).join(" "), true);
      if (found.regions.length || found.empty_regions.length) return found;
    }
    return { regions: [], empty_regions: [] };
  }

  /**
   * Finds the events around a place: cells are loaded from the nearest on, until no other can hold a
   * nearer event.
   * @param {[number, number]} place
   * @param {number} count how many are wanted
   * @returns {Promise<{found: Object[], isMore: boolean}>} events, each with its distance `away`
   */
  async nearest(place, count) {
    const index = await this.load();
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
      const next = takeCells(
        cells,
        count - found.length,
        found[count - 1]?.away,
      );
      const rows = await Promise.all(
        next.map(({ name }) => index.events ?? this.load(name)),
      );
      for (const event of records(rows.flat(), index.columns.events)) {
        const away = distance(place, [event.latitude, event.longitude]);
        const isPast = event.ends_minute <= now;
        // Where the last event is over, those that were are still of interest.
        if (!isPast || index.until <= now)
          found.push({ ...event, away, isPast });
      }
      found.sort((one, other) => one.away - other.away);
    }
    return {
      found: found.slice(0, count),
      isMore: found.length > count || cells.length > 0,
    };
  }
}

/** Returns rows as objects by the names of their columns. */
const records = (rows = [], columns = []) =>
  rows.map((row) =>
    Object.fromEntries(columns.map((name, number) => [name, row[number]])),
  );

/**
 * Cities, those of whose events nobody wrote where they are, regions, and regions without an event.
 * @typedef {{cities: Object[], unplaced: Object[], regions: Object[], empty_regions: Object[]}} Names
 */
function recordsOf(rows, columns) {
  const names = {};
  for (const kind of ["cities", "unplaced", "regions", "empty_regions"])
    names[kind] = records(rows[kind], columns[kind]);
  for (const city of names.unplaced)
    [city.listed] = records([city.listed], columns.regions);
  return names;
}

/** Returns a text as it is compared: without accents, capitals and punctuation. */
const folded = (text) =>
  plain(text.normalize("NFKD"))
    .replace(/['’.]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

const namesOfCity = ({ name, disambiguation, region }) =>
  [name, `${name} ${disambiguation}`, `${name} ${region}`].map(folded);

const namesOfRegion = ({ title, names }) => [title, ...names].map(folded);

/** Returns what a text may mean: what has this very name, else, unless it is to be exact, what begins with it. */
function matching({ cities, unplaced, regions, empty_regions }, text, isExact) {
  const wanted = folded(text);
  const select = (fits) => {
    const cityFits = (city) => namesOfCity(city).some(fits);
    const regionFits = (region) => namesOfRegion(region).some(fits);
    return {
      cities: cities.filter(cityFits),
      unplaced: unplaced.filter(cityFits),
      regions: regions.filter(regionFits),
      empty_regions: empty_regions.filter(regionFits),
    };
  };
  const found = select((name) => name === wanted);
  if (isExact || Object.values(found).some(({ length }) => length))
    return found;
  return select((name) => wanted && name.startsWith(wanted));
}

/** Takes the cells to load next: so many that they may hold what is missing, and all that may hold what is nearer than `sure`. */
function takeCells(cells, missing, sure) {
  const taken = [];
  while (cells.length && (missing > 0 || cells[0].away <= sure)) {
    taken.push(cells.shift());
    missing -= taken.at(-1).size;
  }
  return taken;
}

events.NearbyData = NearbyData;
