/*
 * Near you: finds the events nearest to a ZIP code, a city or the reader's own place, within the page.
 * Nothing is loaded before a reader asks, and where the reader is, nobody is told.
 *
 * [data-nearby]  where the search is, with the address of its data; its form is in a template
 */
const { element, fillIn, language } = events;
const RESULTS = 10;
const MILE = 1.609344;
const COUNTRY = /,?\s*\b(?:usa|u\.s\.(?:a\.)?|united states(?: of america)?)$/i;
// At the end of a text, be it an address: the number of a house stands before its street.
const ZIP = /(?:^|[\s,])(?<prefix>\d{3})\d{2}(?:[- ]?\d{4})?$/;

const regionOf = (code) => /[-_]([A-Z]{2})\b/.exec(code)?.[1];

/** Returns whether roads are measured in miles where the reader is, or else where the page's language is from. */
const usesMiles = (locale) =>
  ["US", "GB", "LR", "MM"].includes(
    regionOf(navigator.language) ?? regionOf(locale),
  );

function lengthIn(kilometres, inMiles) {
  const value = inMiles ? kilometres / MILE : kilometres;
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: inMiles ? "mile" : "kilometer",
    unitDisplay: "long",
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}

/** Returns a day and a time in words, by the clock of the event's own place. */
function timeOf(day, start) {
  const style = {
    dateStyle: "full",
    timeZone: "UTC",
    ...(start && { timeStyle: "short" }),
  };
  return new Intl.DateTimeFormat(language, style).format(
    new Date(`${day}T${start || "00:00"}Z`),
  );
}

class Nearby {
  #root;
  #words;
  #inMiles;
  #data;
  #input;
  #parts = {};
  #lastSearch;

  constructor(root) {
    const hidden = root.querySelector("template");
    hidden.replaceWith(hidden.content);
    this.#root = root;
    this.#words = events.wordsOf(root);
    this.#inMiles = usesMiles(root.dataset.locale);
    this.#data = new events.NearbyData(root.dataset.nearby);
    this.#input = root.querySelector("input");
    for (const part of root.querySelectorAll("[data-part]"))
      this.#parts[part.dataset.part] = part;
    root.querySelector("form").onsubmit = (event) => {
      event.preventDefault();
      const text = this.#input.value.trim();
      if (text) this.#search(text);
    };
    const { locate } = this.#parts;
    locate.hidden = !navigator.geolocation;
    locate.onclick = () => this.#locate();
    const asked = new URLSearchParams(location.search).get("near")?.trim();
    if (asked) this.#search((this.#input.value = asked));
  }

  #say(word, place) {
    const { status, elsewhere } = this.#parts;
    status.textContent = fillIn(this.#words[word], { place });
    if (elsewhere)
      elsewhere.hidden = !["unknown", "empty_region"].includes(word);
  }

  /** Does a search that ends in a sentence. Only the last one counts: what an earlier one still loads is not shown. */
  async #attempt(work) {
    const { results, choices, regions, more } = this.#parts;
    const search = (this.#lastSearch = {});
    const isWanted = () => search === this.#lastSearch;
    this.#say("searching");
    for (const list of [results, choices, regions]) list.replaceChildren();
    more.hidden = true;
    try {
      await work(isWanted);
    } catch {
      if (isWanted()) this.#say("failed");
    }
  }

  #search(text) {
    return this.#attempt(async (isWanted) => {
      this.#remember(text);
      const { places = [], regions = [], word, name } = await this.#find(text);
      if (!isWanted()) return;
      this.#parts.regions.append(
        ...regions.slice(0, RESULTS).map((region) => this.#regionLink(region)),
      );
      if (places.length === 1) await this.#show(places[0], isWanted);
      else if (places.length) this.#ask(places);
      else this.#say(word, name ?? text);
    });
  }

  /** Finds what a text may mean: places, each with its name and where it is, or regions that have a list, and the word that says so. */
  async #find(text) {
    const isAmerican = "zip" in this.#root.dataset;
    const asked = (isAmerican && text.replace(COUNTRY, "")) || text;
    const zip = isAmerican && ZIP.exec(asked);
    const at =
      zip && (await this.#data.load("zip")).prefixes[Number(zip.groups.prefix)];
    if (at) return { places: [{ name: text, at }] };
    const line = zip ? asked.slice(0, zip.index) : asked;
    const { cities, unplaced, regions, empty_regions } =
      await this.#data.named(line);
    const places = [...cities, ...unplaced].map((city) => ({
      name: [city.name, city.disambiguation]
        .filter(Boolean)
        .join(this.#words.separator),
      at: [city.latitude, city.longitude],
      list: city.listed,
    }));
    if (places.length === 1 && places[0].list) {
      const [{ name, list }] = places;
      return { regions: [...regions, list], word: "unplaced", name };
    }
    if (places.length || regions.length)
      return { places, regions, word: "region" };
    const around = empty_regions.length
      ? { regions: [], empty_regions }
      : await this.#data.around(line);
    if (around.regions.length)
      return { regions: around.regions, word: "around" };
    const [empty, ...others] = around.empty_regions;
    if (!empty || others.length) return { word: "unknown" };
    return { word: "empty_region", name: empty.names[0] };
  }

  /** Returns a link to the list of a region's events. */
  #regionLink({ title, path, ends_minute }) {
    const item = this.#parts.region.content.cloneNode(true);
    const link = item.querySelector("a");
    link.href = this.#root.dataset.nearby + path;
    link.textContent = fillIn(this.#words.list, { place: title });
    if (ends_minute <= Date.now() / 60000)
      link.after(" ", element("span", "label", this.#words.past));
    return item;
  }

  #locate() {
    return this.#attempt(async (isWanted) => {
      this.#remember("");
      const options = { maximumAge: 600000, timeout: 20000 };
      const { coords, code } = await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(resolve, resolve, options),
      );
      if (!isWanted()) return;
      const { PERMISSION_DENIED } = GeolocationPositionError;
      if (!coords) {
        this.#say(code === PERMISSION_DENIED ? "refused" : "unavailable");
        return;
      }
      const at = [coords.latitude, coords.longitude];
      await this.#show({ name: this.#words.here, at }, isWanted);
    });
  }

  async #show({ name, at }, isWanted, count = RESULTS) {
    const { results, regions, more } = this.#parts;
    const { found, isMore } = await this.#data.nearest(at, count);
    if (!isWanted()) return;
    const shown = results.children.length;
    results.append(...found.slice(shown).map((event) => this.#result(event)));
    if (!found.length) this.#say("none");
    else if (regions.hasChildNodes()) this.#say("found_in_region", name);
    else this.#say(found[0].isPast ? "found_past" : "found", name);
    more.hidden = !isMore;
    more.onclick = async () => {
      await this.#show({ name, at }, isWanted, count + RESULTS).catch(() =>
        this.#say("failed"),
      );
      results.children[count]?.querySelector("a").focus();
    };
  }

  #result({ id, title, away, isPast, day, last_day, start, place, status }) {
    const item = this.#parts.item.content.cloneNode(true);
    const when = timeOf(day, start);
    const until =
      last_day && fillIn(this.#words.until, { day: timeOf(last_day) });
    const texts = {
      title,
      status: this.#words[status],
      past: isPast && !status && this.#words.past,
      away: lengthIn(away, this.#inMiles),
      when: until ? `${when} ${until}` : when,
      place,
    };
    item.querySelector("a").href = `${this.#root.dataset.nearby}${id}/`;
    for (const [name, text] of Object.entries(texts)) {
      const target = item.querySelector(`[data-fact="${name}"]`);
      if (text) target.textContent = text;
      else target.remove();
    }
    return item;
  }

  /** Asks which of several places is meant. */
  #ask(places) {
    this.#say("which");
    for (const { name } of places.slice(0, RESULTS)) {
      const item = this.#parts.choice.content.cloneNode(true);
      const button = item.querySelector("button");
      button.textContent = name;
      button.onclick = () => {
        this.#input.value = name;
        this.#input.focus();
        this.#search(name);
      };
      this.#parts.choices.append(item);
    }
  }

  /** Lets the page's address lead to the search, so that it can be passed on; where the reader is never stands in it. */
  #remember(text) {
    const address = new URL(location);
    if (text) address.searchParams.set("near", text);
    else address.searchParams.delete("near");
    history.replaceState(history.state, "", address);
  }
}

for (const root of document.querySelectorAll("[data-nearby]:has(template)"))
  new Nearby(root);
