/* A field that narrows a list to what holds every word typed: in [data-narrow], which holds its words. */
const { element, fillIn, plain } = events;

/** Hides what does not hold all words, and shows in an output how much is left. */
function narrow(wanted, output, words) {
  const items = [...document.querySelectorAll("main .event")];
  for (const item of items) {
    const heading = item.closest(".events").previousElementSibling;
    const text = plain(`${heading?.textContent} ${item.textContent}`);
    item.hidden = !wanted.every((word) => text.includes(word));
  }
  for (const group of document.querySelectorAll(".listing > .labelled"))
    group.hidden = !group.querySelector(".event:not([hidden])");
  const shown = items.filter((item) => !item.hidden).length;
  output.textContent = wanted.length
    ? fillIn(words.narrowed, { shown, count: items.length })
    : "";
}

for (const container of document.querySelectorAll("[data-narrow]")) {
  const words = events.wordsOf(container);
  const label = element("label", "label", words.narrow);
  const field = element("input", "field", "");
  const output = element("output", "hint", "");
  label.htmlFor = field.id = "narrow";
  field.type = "search";
  field.autocomplete = "off";
  field.addEventListener("input", () =>
    narrow(plain(field.value).split(/\s+/).filter(Boolean), output, words),
  );
  const box = document.createElement("div");
  box.append(field, output);
  container.append(label, box);
}
