/* The message composer of partials/composer.html, in the place of the links that stand there without scripts.
   `data-part` names what it fills in or shows, `data-press` its method for what is pressed. */
const { fillIn, finish } = act;

class Composer {
  #root;
  #data;
  #words;
  #parts = {};
  #targets;
  #draft;
  #picture = null;
  #lastChosen;
  #domains;
  #isLoading = false;
  #pause;

  constructor(root) {
    this.#root = root;
    ({ message: this.#data, ...this.#words } = act.wordsOf(root));
    for (const part of root.querySelectorAll("[data-part]"))
      this.#parts[part.dataset.part] = part;
    this.#targets = this.#data.networks.map((network) => {
      const of = (what) =>
        root.querySelector(`[data-${what}="${network.name}"]`);
      return {
        network,
        box: of("target"),
        count: of("count"),
        announced: of("count").textContent,
        link: of("link"),
      };
    });
    this.#draft = new act.Draft(this.#data);
    this.#listen();
    this.#show();
    this.#announce();
    if (this.#draft.isStored) this.#load();
    this.#parts.device.hidden = !navigator.share;
    root.parentElement.querySelector("[data-doing]").remove();
    root.hidden = false;
  }

  #listen() {
    const { text, alt, file } = this.#parts;
    const root = this.#root;
    text.addEventListener("input", () =>
      this.#change(() => (this.#draft.text = text.value)),
    );
    alt.addEventListener("input", () =>
      this.#change(() => (this.#draft.alt = alt.value)),
    );
    file.addEventListener("change", () => this.#attach(file.files[0]));
    root.addEventListener("click", ({ target }) => {
      const pressed = target.closest("[data-press]");
      if (pressed) this[pressed.dataset.press](pressed.dataset);
    });
    root.addEventListener("change", ({ target: { dataset, checked } }) => {
      if (dataset.target)
        this.#change(() => this.#draft.choose(dataset.target, checked));
    });
    window.addEventListener("pageshow", ({ persisted }) => {
      if (!persisted) return;
      this.#draft.refresh();
      this.#show();
    });
    // Safari gives what is pressed no focus.
    for (const use of ["focusin", "click"])
      root.addEventListener(use, () => this.#load(), { once: true });
    root.addEventListener("paste", (event) => {
      // Words from an office program come with a picture of themselves.
      if (!event.clipboardData.getData("text"))
        this.#take(event, event.clipboardData);
    });
    // A picture that misses its box must not take the place of the page.
    document.addEventListener("dragover", (event) => {
      if (event.dataTransfer.types.includes("Files")) event.preventDefault();
    });
    document.addEventListener("drop", (event) =>
      this.#take(event, event.dataTransfer),
    );
  }

  async #load() {
    if (this.#isLoading) return;
    this.#isLoading = true;
    this.#domains = await act.loadDomains(this.#data);
    this.#show();
    this.#announce();
  }

  /* What the reader presses */

  suggest() {
    this.#change(() => this.#draft.suggest());
  }

  write() {
    const { text } = this.#parts;
    this.#change(() => this.#draft.write());
    const room = text.value.indexOf("  ") + 1 || text.value.length;
    text.focus();
    text.setSelectionRange(room, room);
  }

  putBack({ what }) {
    this.#change(() => this.#draft.putBack(what));
    this.#parts.text.focus();
  }

  choose() {
    this.#parts.file.click();
  }

  remove() {
    this.#lastChosen = null;
    this.#change(() => (this.#draft.alt = ""));
    this.#hold(null);
    this.#parts.problem.textContent = "";
    this.#parts.choose.focus();
  }

  clear() {
    this.remove();
    this.#draft.clear();
    this.#show();
    this.#parts.text.focus();
  }

  copy() {
    this.#copy(this.#draft.message);
  }

  copyAlt() {
    this.#copy(this.#draft.alt);
  }

  open({ link }) {
    const { network } = this.#targets.find(
      (target) => target.network.name === link,
    );
    if (!network.takes_text) this.#copy(this.#draft.wordsFor(network));
    finish(this.#root);
  }

  /* What is handed to the device. */
  get #shared() {
    const files = this.#picture ? { files: [this.#picture] } : {};
    return { ...files, text: this.#draft.message };
  }

  async share() {
    // Some applications take the picture and leave the words out.
    if (this.#picture) this.copy();
    try {
      await navigator.share(this.#shared);
      finish(this.#root);
    } catch (error) {
      // Given up by the reader, or still at it since the button was pressed before.
      if (!["AbortError", "InvalidStateError"].includes(error.name))
        this.#say("unshared");
    }
  }

  async #copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.#say("copied");
    } catch {
      this.#say("uncopied");
    }
  }

  #say(key) {
    this.#parts.status.textContent = this.#words[key] ?? "";
  }

  /* The picture */

  #take(event, { files }) {
    if (!files.length) return;
    event.preventDefault();
    this.#attach(files[0]);
  }

  async #attach(file) {
    const { canvas, problem, picture } = this.#parts;
    // Only the last one chosen counts, and none that was removed before it was ready.
    this.#lastChosen = file;
    picture.open = true;
    problem.textContent = "";
    this.#parts.file.value = ""; // so that the same file can be chosen again
    const drawn = document.createElement("canvas");
    try {
      const redrawn = await act.redraw(file, drawn);
      if (file !== this.#lastChosen) return;
      if (this.#picture) this.#draft.alt = "";
      [canvas.width, canvas.height] = [drawn.width, drawn.height];
      canvas.getContext("2d").drawImage(drawn, 0, 0);
      this.#change(() => this.#hold(redrawn));
      this.#say("attached");
    } catch ({ message }) {
      if (file === this.#lastChosen)
        problem.textContent = this.#words[message] ?? this.#words.broken;
    }
  }

  #hold(picture) {
    const { chosen, save, share, steps, third, links } = this.#parts;
    URL.revokeObjectURL(save.href);
    this.#picture = picture;
    if (picture)
      Object.assign(save, {
        href: URL.createObjectURL(picture),
        download: picture.name,
      });
    chosen.hidden = steps.hidden = !picture;
    links.hidden = Boolean(picture);
    share.hidden = !picture || !navigator.canShare?.(this.#shared);
    for (const { link } of this.#targets)
      link.toggleAttribute("data-quiet", !share.hidden);
    (picture ? third : links).prepend(...this.#targets.map(({ link }) => link));
  }

  /* What the reader sees */

  #change(what) {
    this.#say();
    what();
    this.#draft.save();
    this.#show();
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#announce(), 1000);
  }

  #show() {
    const { text, alt, canvas, copyAlt, mention, hashtag } = this.#parts;
    const { page, write, nowhere, opens } = this.#parts;
    const draft = this.#draft;
    if (text.value !== draft.text) text.value = draft.text;
    if (alt.value !== draft.alt) alt.value = draft.alt;
    canvas.ariaLabel = draft.alt || this.#words.picture;
    copyAlt.hidden = !draft.alt;
    page.hidden = !draft.addsPage;
    write.hidden = !draft.offersOwn;
    mention.hidden = !draft.lacks("mention");
    hashtag.hidden = !draft.lacks("hashtag");
    this.#mark(
      Math.min(...this.#targets.map((target) => this.#showTarget(target))),
    );
    nowhere.hidden = draft.chosen.length > 0;
    opens.hidden = !this.#targets.some(
      ({ link }) => !link.hidden && link.target,
    );
  }

  /* Shows how a network counts the message; returns where the message is too long for it. */
  #showTarget(target) {
    const { network, box, count, link } = target;
    const draft = this.#draft;
    box.checked = draft.names.includes(network.name);
    count.hidden = link.hidden = !box.checked;
    if (!box.checked) return Infinity;
    link.href = act.shareAddress(
      network,
      draft.messageFor(network),
      this.#data,
    );
    if (!network.limit || !this.#domains) return Infinity;
    const { left, over, place } = draft.count(network, this.#domains);
    const values = {
      count: over || left,
      words: [...draft.text.slice(place)].slice(0, 16).join(""),
    };
    const [shown, announced] = over ? ["over", "from"] : ["left", "left"];
    count.textContent = fillIn(this.#words[shown], values);
    target.announced = fillIn(this.#words[announced], values);
    return place;
  }

  /* Marks what is too long, in a copy of the text that lies under it. */
  #mark(place) {
    const { text } = this.#draft;
    const over = document.createElement("mark");
    over.textContent = text.slice(place);
    this.#parts.under.replaceChildren(text.slice(0, place), over, "\n");
  }

  /* Says to those who do not see it what the networks count, and what is missing. */
  #announce() {
    const { counted, mention, hashtag } = this.#parts;
    const counts = this.#targets
      .filter(({ count, announced }) => !count.hidden && announced)
      .map(({ network, announced }) => `${network.label}: ${announced}.`);
    const lost = [mention, hashtag].filter((notice) => !notice.hidden);
    counted.textContent = [
      ...counts,
      ...lost.map((notice) => notice.firstElementChild.textContent),
    ].join(" ");
  }
}

const composer = document.querySelector("[data-composer]");
if (composer) new Composer(composer);
