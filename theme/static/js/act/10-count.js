/*
 * Fills in messages and counts them as each network does. All rules are in the data of the page,
 * which the site's engine made of its own (campaign/sharing): there each has its source.
 */
const segmenter = Intl.Segmenter && new Intl.Segmenter();
// A longer address is none, and no part of a domain is longer (twitter-text; RFC 1035, section 2.3.4).
const LONGEST_ADDRESS = 4096;
const LONGEST_LABEL = 63;

/**
 * Returns a message with its tokens filled in.
 * @param {string} template such as "{mention} {hashtag} {url}"
 * @param {Object} network of the page's data
 * @param {Object} data of the page: `composer_data` of campaign/sharing/composer.py
 * @returns {string}
 */
function fill(template, network, data) {
  const values = {
    mention: network.mention,
    hashtag: data.hashtag,
    url: data.url,
  };
  return template
    .replace(/{(\w+)}/g, (_, token) => values[token])
    .replace(/\s+/g, " ")
    .trim();
}

/**
 * Loads the patterns of addresses, with all top-level domains; with any where the list cannot be had.
 * @param {Object} data
 * @returns {Promise<RegExp[]>}
 */
function loadDomains(data) {
  return fetch(data.domains)
    .then((answer) => (answer.ok ? answer.text() : Promise.reject()))
    .then(
      (list) => list.trim().split("\n").reverse().join("|"),
      () => "[a-z]{2,}",
    )
    .then((names) =>
      ["address", "bare"].map(
        (name) =>
          new RegExp(data.rules[name].replaceAll("{domains}", names), "gu"),
      ),
    );
}

/**
 * Returns the address that opens a network with a text.
 * @param {Object} network
 * @param {string} text
 * @param {Object} data
 * @returns {string}
 */
function shareAddress(network, text, data) {
  const alone = withoutPage(text, data);
  const values = {
    text: alone,
    message: text,
    url: alone === text ? "" : data.url,
    page: data.url,
    subject: data.subject,
  };
  return network.address.replace(/{(\w+)}/g, (_, name) =>
    encode(values[name], network),
  );
}

/**
 * Counts a text as a network does, addresses as such once the domains are there.
 * @param {string} text
 * @param {Object} network
 * @param {Object} data
 * @param {RegExp[]} [domains] of `loadDomains`
 * @returns {{used: number, limit: number, over: number, cut: number}} what it uses of which limit,
 *   by how much it is over, and the index where too much begins, or -1
 */
function measure(text, network, data, domains) {
  const { limit } = network;
  const scale = network.unit === "weighted" ? data.rules.scale : 1;
  const sent = /{(message|url)}/.test(network.address)
    ? text
    : withoutPage(text, data);
  const counted = network.unit === "weighted" ? sent.normalize() : sent;
  let used =
    network.unit === "address" ? shareAddress(network, "", data).length : 0;
  let cut = -1;
  let place = 0;
  const add = (piece, cost) => {
    used += cost;
    if (cut < 0 && limit && used > limit * scale) cut = place;
    place += piece.length;
  };
  const addUpTo = (end) => {
    for (const piece of clusters(counted.slice(place, end)))
      add(piece, costOf(piece, network, data));
  };
  for (const [start, end, cost] of fixedCosts(
    counted,
    network,
    data,
    domains,
  )) {
    if (start >= place) {
      addUpTo(start);
      add(counted.slice(start, end), cost * scale);
    }
  }
  addUpTo();
  used = Math.ceil(used / scale);
  return {
    used,
    limit,
    over: limit ? Math.max(0, used - limit) : 0,
    cut: cut < 0 ? cut : placeOf(cut, counted, sent),
  };
}

/* Where a place in a normalized text is in the text as it was written. */
function placeOf(cut, normalized, text) {
  if (text === normalized) return cut;
  let [passed, place] = [0, 0];
  for (const piece of clusters(text)) {
    if (passed >= cut) break;
    passed += piece.normalize().length;
    place += piece.length;
  }
  return place;
}

/**
 * Returns a text without the page's address at its end.
 * @param {string} text
 * @param {{url: string}} data
 * @returns {string}
 */
function withoutPage(text, { url }) {
  return text.endsWith(url) ? text.slice(0, -url.length).trimEnd() : text;
}

/* A letter that is half a pair cannot be encoded; a line of a mail has an end of its own. */
function encode(text, { line_end }) {
  const whole = text.replace(/\p{Surrogate}/gu, "\uFFFD");
  return encodeURIComponent(whole.replaceAll("\n", line_end));
}

function clusters(text) {
  return segmenter
    ? Array.from(segmenter.segment(text), ({ segment }) => segment)
    : text;
}

/* What a character counts; for weighted lengths in parts of the scale. */
function costOf(cluster, { line_end, unit }, { rules }) {
  // Compiled once, as every character of a message comes by.
  const emoji = (rules.compiled ??= new RegExp(rules.emoji, "gu"));
  const replaceEmoji = (text, put) => text.replace(emoji, put);
  if (unit === "weighted") {
    let sum = 0;
    for (const letter of replaceEmoji(cluster, "\uFFFF")) {
      const point = letter.codePointAt();
      sum +=
        rules.ranges.find(
          ([first, last]) => first <= point && point <= last,
        )?.[2] ?? rules.default;
    }
    return sum;
  }
  if (unit === "character")
    return [
      ...replaceEmoji(cluster, (found) =>
        " ".repeat(new TextEncoder().encode(found).length),
      ),
    ].length;
  return unit === "address" ? encode(cluster, { line_end }).length : 1;
}

/* What counts as a whole: beginning, end, and what it counts. */
function fixedCosts(text, network, { rules }, domains) {
  const cost = network.url_length;
  if (!cost) return [];
  const found = domains ? addresses(text, domains) : [];
  if (network.unit === "weighted")
    return found.map(([start, end]) => [start, end, cost]);
  const whole = found
    .filter(([, , scheme]) => scheme)
    .map(([start, end]) => [start, end, cost]);
  for (const { index, 0: all, 1: before, 2: name } of text.matchAll(
    new RegExp(rules.mention, "g"),
  )) {
    whole.push([index + before.length, index + all.length, name.length]);
  }
  return whole.sort((one, other) => one[0] - other[0]);
}

/* The addresses in a text: beginning, end, and the scheme, if one is there. */
function addresses(text, [address, bare]) {
  const found = [];
  const lowered = Array.from(text, (letter) => {
    const low = letter.toLowerCase();
    return low.length === letter.length ? low : letter;
  }).join("");
  for (const {
    index,
    0: all,
    1: before,
    2: scheme,
    3: domain,
    4: path,
  } of lowered.matchAll(address)) {
    const start = index + before.length;
    const end = index + all.length;
    if (
      end - start + (scheme ?? "https://").length > LONGEST_ADDRESS ||
      domain.split(".").some((label) => encodedLength(label) > LONGEST_LABEL)
    )
      continue;
    if (scheme) {
      found.push([start, end, scheme]);
    } else if (!/[-_./]/.test(before)) {
      const within = [...domain.matchAll(bare)].map(
        ({ index: at, 0: name }) => [start + at, start + at + name.length],
      );
      if (path && within.length)
        within.at(-1)[1] += end - start - domain.length;
      found.push(...within);
    }
  }
  return found;
}

/* The length of a part of a domain as it is looked up (RFC 3492, section 6.3). */
function encodedLength(label) {
  const points = Array.from(label, (letter) => letter.codePointAt());
  const basic = points.filter((point) => point < 128).length;
  if (basic === points.length) return basic;
  let length = 4 + basic + (basic > 0);
  let handled = basic;
  let delta = 0;
  let bias = 72;
  for (let least = 128; handled < points.length; least++, delta++) {
    const next = Math.min(...points.filter((point) => point >= least));
    delta += (next - least) * (handled + 1);
    least = next;
    for (const point of points) {
      if (point < least) delta++;
      if (point !== least) continue;
      let rest = delta;
      for (let base = 36; ; base += 36) {
        const threshold = Math.min(26, Math.max(1, base - bias));
        length++;
        if (rest < threshold) break;
        rest = Math.floor((rest - threshold) / (36 - threshold));
      }
      delta = Math.floor(delta / (handled++ > basic ? 2 : 700));
      delta += Math.floor(delta / handled);
      for (bias = 0; delta > 455; bias += 36) delta = Math.floor(delta / 35);
      bias += Math.floor((36 * delta) / (delta + 38));
      delta = 0;
    }
  }
  return length;
}

Object.assign(act, {
  addresses,
  fill,
  loadDomains,
  measure,
  shareAddress,
  withoutPage,
});
