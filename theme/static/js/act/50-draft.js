/* The reader's message: one draft for all steps that are done by it. It is stored through a reload and from
   step to step, and goes with the tab. The mention in it has the form of the first network chosen; what
   goes to another has that one's. */
const { keep, measure, recall, withoutPage } = act;
const DRAFT = "message-draft";

class Draft {
  #data;

  constructor(data) {
    this.#data = data;
    this.#begin(recall("sessionStorage", DRAFT));
  }

  /* Begins with what was stored, as far as it has the right form. */
  #begin(stored) {
    const { names, at, text } = stored ?? {};
    this.names = Array.isArray(names) ? names : [this.#data.networks[0].name];
    this.at = at >= 0 ? Math.trunc(at) : 0;
    // The reader's own words that are laid aside, and those from before them.
    for (const name of ["own", "earlier", "alt"])
      this[name] = typeof stored?.[name] === "string" ? stored[name] : "";
    this.text =
      typeof text === "string" ? text : variant(this.#suggestions, this.at);
  }

  get isStored() {
    return Boolean(recall("sessionStorage", DRAFT));
  }

  /* Takes over what another page has made of it in the meantime. */
  refresh() {
    const stored = recall("sessionStorage", DRAFT);
    if (stored) this.#begin(stored);
  }

  clear() {
    keep("sessionStorage", DRAFT);
    this.#begin();
  }

  save() {
    keep("sessionStorage", DRAFT, this);
  }

  get chosen() {
    return this.#data.networks.filter(({ name }) => this.names.includes(name));
  }

  get #first() {
    return this.chosen[0] ?? this.#data.networks[0];
  }

  get #suggestions() {
    return this.#suggestionsFor(this.#first);
  }

  #templatesFor({ name }) {
    const { overrides, messages } = this.#data;
    return overrides[name] ?? messages;
  }

  #suggestionsFor(network) {
    // Where the page's address is last, it is no part of the words: it is added to whatever is written.
    return this.#templatesFor(network).map((template) =>
      withoutPage(act.fill(template, network, this.#data), this.#data),
    );
  }

  /* What a message should have where every suggestion has it: the mention and the hashtag. */
  get needed() {
    return { mention: this.#first.mention, hashtag: this.#data.hashtag };
  }

  lacks(what) {
    const wanted = asWhole(this.needed[what]);
    const [own, ...others] = [this.text, ...this.#suggestions].map(
      (text) => text.search(wanted) >= 0,
    );
    return !own && others.every(Boolean);
  }

  putBack(what) {
    const { mention, hashtag } = this.needed;
    this.text = (
      what === "mention"
        ? `${mention} ${this.text}`
        : `${this.text.trimEnd()} ${hashtag}`
    ).trim();
  }

  /* Goes on to the next suggestion; the reader's own words are laid aside. */
  suggest() {
    const suggestions = this.#suggestions;
    if (!this.isSuggestion) {
      this.earlier = this.own || this.earlier;
      this.own = this.text;
    }
    this.at = (this.at + 1) % suggestions.length;
    this.text = suggestions[this.at];
  }

  get isSuggestion() {
    return this.#suggestions.includes(this.text);
  }

  /* Whether there are words of the reader's own to go to, or to be written. */
  get offersOwn() {
    return this.isSuggestion || Boolean(this.earlier);
  }

  /* Goes back to the reader's own words, from these to those before them, or makes room for some. */
  write() {
    const { mention, hashtag } = this.needed;
    if (!this.isSuggestion)
      [this.text, this.earlier] = [this.earlier, this.text];
    else this.text = this.own || `${mention}  ${hashtag}`;
    this.own = "";
  }

  choose(name, wanted) {
    const before = this.#first;
    const at = this.#suggestions.indexOf(this.text);
    this.names = this.names
      .filter((other) => other !== name)
      .concat(wanted ? name : []);
    this.text =
      at < 0
        ? mentioning(this.text, before, this.#first)
        : variant(this.#suggestions, at);
    for (const words of ["own", "earlier"])
      this[words] = mentioning(this[words], before, this.#first);
  }

  /* Whether the page's address is added for some network that is chosen, or to what is copied. */
  get addsPage() {
    return [this.#first, ...this.chosen].some((network) =>
      this.#addsPageTo(network),
    );
  }

  /* Not where it stands within the words, or in none of the network's suggestions. */
  #addsPageTo(network) {
    return (
      !this.wordsFor(network).includes(this.#data.url) &&
      this.#templatesFor(network).some((template) => template.includes("{url}"))
    );
  }

  /* The words as they go to a network, without the page's address: a suggestion as that network has it. */
  wordsFor(network) {
    const at = this.#suggestions.indexOf(this.text);
    return at < 0
      ? mentioning(this.text, this.#first, network)
      : variant(this.#suggestionsFor(network), at);
  }

  /* The whole message as it goes to a network. */
  messageFor(network) {
    const words = this.wordsFor(network);
    return this.#addsPageTo(network)
      ? `${words} ${this.#data.url}`.trim()
      : words;
  }

  get message() {
    return this.messageFor(this.#first);
  }

  /* Counts the message as a network does; returns what is left, and where the words must end for the page's
     address to have room, in the draft's own text. */
  count(network, domains) {
    const counted = (text, limit) =>
      measure(text, { ...network, limit }, this.#data, domains);
    const { limit } = network;
    const { used, over } = counted(this.messageFor(network), limit);
    if (!over) return { left: limit - used, over, place: Infinity };
    const words = this.wordsFor(network);
    // Words that are not the draft's have no place in it.
    if (words !== mentioning(this.text, this.#first, network))
      return { over, place: Infinity };
    const room = limit - used + counted(words, limit).used;
    const { cut } = counted(words, Math.max(1, room));
    return {
      over,
      place: mentioning(words.slice(0, cut), network, this.#first).length,
    };
  }
}

function mentioning(text, from, to) {
  return text.replace(asWhole(from.mention), () => to.mention);
}

/* Finds words where they stand alone: `@Ivanka`, however it is written, but not in `@IvankaFan`. */
function asWhole(words) {
  const escaped = words.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, "giu");
}

/* Returns a network's suggestion that stands for the one at a place: it may have fewer. */
function variant(suggestions, at) {
  return suggestions[at % suggestions.length];
}

act.Draft = Draft;
