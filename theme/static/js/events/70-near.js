/*
 * Near you: finds the events nearest to a ZIP code, a city or the reader's own place, within the page.
 * Nothing is loaded before a reader asks, and where the reader is, nobody is told.
 *
 * [data-nearby]  where the search is, with the address of its data; its form is in a template
 */
const RESULTS = 10;
const MILE = 1.609344;
const COUNTRY = /,?\s*\b(?:usa|u\.s\.(?:a\.)?|united states(?: of america)?)$/i;
// At the end of a text, be it an address: the number of a house stands before its street.
const ZIP = /(?:^|[\s,])(?<prefix>\d{3})\d{2}(?:[- ]?\d{4})?$/;

const regionOf = (language) => /[-_]([A-Z]{2})\b/.exec(language)?.[1];

/** Tells whether roads are measured in miles where the reader is, or else where the page's language is from. */
const usesMiles = (locale) =>
  ["US", "GB", "LR", "MM"].includes(
    regionOf(navigator.language) ?? regionOf(locale),
  );

function lengthIn(kilometres, inMiles) {
  const value = inMiles ? kilometres / MILE : kilometres;
  return new Intl.NumberFormat(spoken, {
    style: "unit",
    unit: inMiles ? "mile" : "kilometer",
    unitDisplay: "long",
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}

/** Writes a day and a time, by the clock of the event's own place. */
function timeOf(day, start) {
  const style = {
    dateStyle: "full",
    timeZone: "UTC",
    ...(start && { timeStyle: "short" }),
  };
  return new Intl.DateTimeFormat(spoken, style).format(
    new Date(`${day}T${start || "00:00"}Z`),
  );
}

class Nearby {
  constructor(room) {
    const hidden = room.querySelector("template");
    hidden.replaceWith(hidden.content);
    const part = (name) => room.querySelector(`[data-${name}]`);
    this.room = room;
    this.words = JSON.parse(room.dataset.words);
    this.inMiles = usesMiles(room.dataset.locale);
    this.load = loader(room.dataset.nearby);
    this.input = room.querySelector("input");
    for (const name of [
      ...["said", "elsewhere", "regions", "choices", "results", "more"],
      ...["region", "choice", "item"],
    ])
      this[name] = part(name);
    room.querySelector("form").onsubmit = (event) => {
      event.preventDefault();
      const text = this.input.value.trim();
      if (text) this.search(text);
    };
    part("locate").hidden = !navigator.geolocation;
    part("locate").onclick = () => this.locate();
    const asked = new URLSearchParams(location.search).get("near")?.trim();
    if (asked) this.search((this.input.value = asked));
  }

  say(word, place) {
    this.said.textContent = this.words[word].replace("{place}", () => place);
    if (this.elsewhere)
      this.elsewhere.hidden = !["unknown", "bare"].includes(word);
  }

  /** Does a search that ends in a sentence. Only the last one counts: what an earlier one still loads is not shown. */
  async attempt(work) {
    const mine = (this.last = {});
    const isWanted = () => mine === this.last;
    this.say("searching");
    for (const list of [this.results, this.choices, this.regions])
      list.replaceChildren();
    this.more.hidden = true;
    try {
      await work(isWanted);
    } catch {
      if (isWanted()) this.say("failed");
    }
  }

  search(text) {
    return this.attempt(async (isWanted) => {
      this.remember(text);
      const { places = [], regions = [], word, name } = await this.meant(text);
      if (!isWanted()) return;
      this.regions.append(
        ...regions.slice(0, RESULTS).map((region) => this.wayTo(region)),
      );
      if (places.length === 1) await this.show(places[0], isWanted);
      else if (places.length) this.ask(places);
      else this.say(word, name ?? text);
    });
  }

  /** Finds what a text may mean: places, each with its name and where it is, or regions that have a list, and how these are told. */
  async meant(text) {
    const isAmerican = "zip" in this.room.dataset;
    const asked = (isAmerican && text.replace(COUNTRY, "")) || text;
    const zip = isAmerican && ZIP.exec(asked);
    const at =
      zip && (await this.load("-zip")).prefixes[Number(zip.groups.prefix)];
    if (at) return { places: [{ name: text, at }] };
    const line = zip ? asked.slice(0, zip.index) : asked;
    const index = await this.load("");
    const { cities, unplaced, regions, bare } = await named(
      line,
      index,
      this.load,
    );
    const places = [
      ...cities.map(([city, told, ...at]) => ({ name: [city, told], at })),
      ...unplaced.map(([city, told, , list]) => ({ name: [city, told], list })),
    ].map(({ name, ...place }) => ({
      name: name.filter(Boolean).join(this.words.separator),
      ...place,
    }));
    if (places.length === 1 && places[0].list) {
      const [{ name, list }] = places;
      return { regions: [...regions, list], word: "unplaced", name };
    }
    if (places.length || regions.length)
      return { places, regions, word: "region" };
    const there = bare.length ? { bare } : await around(line, index, this.load);
    if (there.regions?.length)
      return { regions: there.regions, word: "around" };
    if (there.bare.length !== 1) return { word: "unknown" };
    return { word: "bare", name: there.bare[0][1][0] };
  }

  /** Makes the way to the list of a region's events. */
  wayTo([title, , path, over]) {
    const made = this.region.content.cloneNode(true);
    const link = made.querySelector("a");
    link.href = this.room.dataset.nearby + path;
    link.textContent = this.words.list.replace("{place}", () => title);
    if (over <= Date.now() / 60000)
      link.after(" ", said("span", "label", clockWords.over));
    return made;
  }

  locate() {
    return this.attempt(async (isWanted) => {
      this.remember("");
      const options = { maximumAge: 600000, timeout: 20000 };
      const { coords, code } = await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(resolve, resolve, options),
      );
      if (!isWanted()) return;
      const { PERMISSION_DENIED } = GeolocationPositionError;
      if (!coords)
        return this.say(code === PERMISSION_DENIED ? "refused" : "unavailable");
      const at = [coords.latitude, coords.longitude];
      await this.show({ name: this.words.here, at }, isWanted);
    });
  }

  async show({ name, at }, isWanted, count = RESULTS) {
    const index = await this.load("");
    const { found, more } = await nearest(at, count, index, this.load);
    if (!isWanted()) return;
    const shown = this.results.children.length;
    this.results.append(
      ...found.slice(shown).map((event) => this.result(event)),
    );
    if (!found.length) this.say("none");
    else if (this.regions.hasChildNodes()) this.say("found_in_region", name);
    else this.say(found[0].over ? "found_past" : "found", name);
    this.more.hidden = !more;
    this.more.onclick = async () => {
      await this.show({ name, at }, isWanted, count + RESULTS).catch(() =>
        this.say("failed"),
      );
      this.results.children[count]?.querySelector("a").focus();
    };
  }

  result({ id, title, away, over, facts: [day, last, start, where, status] }) {
    const made = this.item.content.cloneNode(true);
    const until = last && this.words.until.replace("{day}", timeOf(last));
    const texts = {
      title,
      status: this.words[status],
      over: over && !status && this.words.past,
      away: lengthIn(away, this.inMiles),
      when: last ? `${timeOf(day, start)} ${until}` : timeOf(day, start),
      where,
    };
    made.querySelector("a").href = `${this.room.dataset.nearby}${id}/`;
    for (const [name, text] of Object.entries(texts)) {
      const place = made.querySelector(`[data-${name}]`);
      if (text) place.textContent = text;
      else place.remove();
    }
    return made;
  }

  /** Asks which of several places is meant. */
  ask(places) {
    this.say("which");
    for (const { name } of places.slice(0, RESULTS)) {
      const made = this.choice.content.cloneNode(true);
      const button = made.querySelector("button");
      button.textContent = name;
      button.onclick = () => {
        this.input.value = name;
        this.input.focus();
        this.search(name);
      };
      this.choices.append(made);
    }
  }

  /** Lets the page's address lead to the search, so that it can be passed on; where the reader is never stands in it. */
  remember(text) {
    const address = new URL(location);
    if (text) address.searchParams.set("near", text);
    else address.searchParams.delete("near");
    history.replaceState(history.state, "", address);
  }
}

for (const room of document.querySelectorAll("[data-nearby]:has(template)"))
  new Nearby(room);
