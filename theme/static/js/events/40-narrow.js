/* A field that narrows a list to what holds every word typed: [data-narrow], with the field's name. */

/** Gives a text without accents and capitals. */
const plain = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function narrow(words, shown) {
  const items = [...document.querySelectorAll("main .event")];
  for (const item of items) {
    const heading = item.closest(".events").previousElementSibling;
    const text = plain(`${heading?.textContent} ${item.textContent}`);
    item.hidden = !words.every((word) => text.includes(word));
  }
  for (const group of document.querySelectorAll(".listing > .ledger"))
    group.hidden = !group.querySelector(".event:not([hidden])");
  const left = items.filter((item) => !item.hidden).length;
  shown.textContent = words.length
    ? shown.dataset.narrowed
        .replace("{shown}", left)
        .replace("{count}", items.length)
    : "";
}

for (const room of document.querySelectorAll("[data-narrow]")) {
  const label = document.createElement("label");
  const field = document.createElement("input");
  const shown = document.createElement("output");
  label.className = "label";
  label.htmlFor = field.id = "narrow";
  label.textContent = room.dataset.narrow;
  field.type = "search";
  field.autocomplete = "off";
  shown.className = "hint";
  shown.dataset.narrowed = room.dataset.narrowed;
  field.addEventListener("input", () =>
    narrow(plain(field.value).split(/\s+/).filter(Boolean), shown),
  );
  const box = document.createElement("div");
  box.append(field, shown);
  room.append(label, box);
}
