/*
 * Near you: finds the events nearest to a ZIP code, a city or the reader's own place, within the page.
 * What it reads of the site's data it fetches once, and only when a reader asks. Where the reader is, nobody is told.
 */
const RESULTS = 10;

/** Gives a text as it is compared: without accents, capitals and punctuation. */
const folded = (text) =>
  plain(text.normalize("NFKD"))
    .replace(/['’.]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** Gives the cities that a text may mean: those of this very name, else those that begin with it. */
function matching(cities, text) {
  const wanted = folded(text);
  const names = ([city, told, , , region]) =>
    [city, `${city} ${told}`, `${city} ${region}`].map(folded);
  const exact = cities.filter((city) => names(city).includes(wanted));
  if (exact.length) return exact;
  return cities.filter((city) =>
    names(city).some((name) => name.startsWith(wanted)),
  );
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
    const wanted = [];
    for (
      let missing = count - found.length;
      cells.length && (missing > 0 || !wanted.length);
    ) {
      wanted.push(cells.shift());
      missing -= wanted.at(-1).size;
    }
    const sure = found[count - 1]?.away ?? -1;
    while (cells.length && cells[0].away <= sure) wanted.push(cells.shift());
    const events = await Promise.all(
      wanted.map(({ name }) => index.events ?? load(`-${name}`)),
    );
    for (const [
      id,
      title,
      latitude,
      longitude,
      over,
      ...facts
    ] of events.flat()) {
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

function nearYou(room) {
  const words = JSON.parse(room.dataset.words);
  const hidden = room.querySelector("template");
  hidden.replaceWith(hidden.content);
  const part = (name) => room.querySelector(`[data-${name}]`);
  const [form, input] = [
    room.querySelector("form"),
    room.querySelector("input"),
  ];
  const [results, choices, more] = ["results", "choices", "more"].map(part);

  const say = (text, values = {}) => {
    part("said").textContent = text.replace(
      /{(\w+)}/g,
      (_, name) => values[name],
    );
  };

  const files = new Map();
  const load = (name) => {
    if (!files.has(name)) {
      const answer = fetch(`${room.dataset.nearby}near${name}.json`).then(
        (found) => {
          if (!found.ok) throw new Error(found.statusText);
          return found.json();
        },
      );
      files.set(name, answer);
      answer.catch(() => files.delete(name));
    }
    return files.get(name);
  };

  const regionOf = (tag) => /[-_]([A-Z]{2})\b/.exec(tag)?.[1];
  const region = regionOf(navigator.language) ?? regionOf(room.dataset.locale);
  const inMiles = ["US", "GB", "LR", "MM"].includes(region);
  const length = (kilometres) => {
    const value = inMiles ? kilometres / 1.609344 : kilometres;
    const unit = inMiles ? "mile" : "kilometer";
    const options = {
      style: "unit",
      unit,
      unitDisplay: "long",
      maximumFractionDigits: value < 10 ? 1 : 0,
    };
    return new Intl.NumberFormat(spoken, options).format(value);
  };
  const time = (day, start) => {
    const options = {
      dateStyle: "full",
      timeZone: "UTC",
      ...(start && { timeStyle: "short" }),
    };
    return new Intl.DateTimeFormat(spoken, options).format(
      new Date(`${day}T${start || "00:00"}Z`),
    );
  };

  const item = ({
    id,
    title,
    away,
    over,
    facts: [day, start, where, status],
  }) => {
    const made = part("item").content.cloneNode(true);
    const fill = (name, text) => {
      const place = made.querySelector(`[data-${name}]`);
      if (text) place.textContent = text;
      else place.remove();
      return place;
    };
    fill("title", title).href = `${room.dataset.nearby}${id}/`;
    fill("status", words[status]);
    fill("over", over && !status && words.past);
    fill("away", length(away));
    fill("when", time(day, start));
    fill("where", where);
    return made;
  };

  // Only the last search counts: what an earlier one still loads is not shown.
  let last;
  const begin = () => {
    say(words.searching);
    results.replaceChildren();
    choices.replaceChildren();
    more.hidden = true;
    return (last = {});
  };
  const attempt = async (work) => {
    const mine = begin();
    try {
      await work(() => mine === last);
    } catch {
      if (mine === last) say(words.failed);
    }
  };

  const show = async (place, name, isWanted, count = RESULTS) => {
    const index = await load("");
    const answer = await nearest(place, count, index, load);
    if (!isWanted()) return;
    const shown = results.children.length;
    results.append(...answer.found.slice(shown).map(item));
    const over = index.until <= Date.now() / 60000;
    say(
      answer.found.length ? words[over ? "found_past" : "found"] : words.none,
      { place: name },
    );
    more.hidden = !answer.more;
    more.onclick = async () => {
      await show(place, name, isWanted, count + RESULTS).catch(() =>
        say(words.failed),
      );
      results.children[count]?.querySelector("a").focus();
    };
  };

  const ask = (cities) => {
    say(words.which);
    for (const [city, told] of cities.slice(0, RESULTS)) {
      const choice = part("choice").content.cloneNode(true);
      const button = choice.querySelector("button");
      button.textContent = [city, told].filter(Boolean).join(words.separator);
      button.onclick = () => {
        input.value = button.textContent;
        input.focus();
        search(input.value);
      };
      choices.append(choice);
    }
  };

  const search = (text) =>
    attempt(async (isWanted) => {
      remember(text);
      const zip =
        "zip" in room.dataset && /^(\d{3})\d{2}([- ]?\d{4})?$/.exec(text);
      if (zip) {
        const { prefixes } = await load("-zip");
        const place = prefixes[Number(zip[1])];
        return place ? show(place, text, isWanted) : unknown(text, isWanted);
      }
      const index = await load("");
      const letter = folded(text).codePointAt(0)?.toString(16);
      const listed = index.initials?.includes(letter)
        ? await load(`-cities-${letter}`)
        : [];
      const cities = letter ? matching(index.cities ?? listed, text) : [];
      if (!isWanted()) return;
      if (cities.length > 1) return ask(cities);
      if (!cities.length) return unknown(text, isWanted);
      const [city, told, ...place] = cities[0];
      return show(
        place,
        [city, told].filter(Boolean).join(words.separator),
        isWanted,
      );
    });
  const unknown = (place, isWanted) =>
    isWanted() && say(words.unknown, { place });

  const remember = (text) => {
    const address = new URL(location);
    if (text) address.searchParams.set("near", text);
    else address.searchParams.delete("near");
    history.replaceState(history.state, "", address);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value.trim()) search(input.value.trim());
  });
  part("locate").hidden = !navigator.geolocation;
  part("locate").addEventListener("click", () =>
    attempt(async (isWanted) => {
      remember("");
      const options = { maximumAge: 600000, timeout: 20000 };
      const found = await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(resolve, resolve, options),
      );
      if (!isWanted()) return;
      if (found.coords)
        return show(
          [found.coords.latitude, found.coords.longitude],
          words.here,
          isWanted,
        );
      say(
        found.code === found.PERMISSION_DENIED
          ? words.refused
          : words.unavailable,
      );
    }),
  );

  const asked = new URLSearchParams(location.search).get("near")?.trim();
  if (asked) {
    input.value = asked;
    search(asked);
  }
}

document.querySelectorAll("[data-nearby]").forEach(nearYou);
