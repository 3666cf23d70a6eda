/* The steps that the reader has done, by their names, ticked on this device alone. */
const DONE = "steps-done";
const tally = document.querySelector("[data-steps]");
const ticks = [...document.querySelectorAll("[data-done]")];
let stepsDone = new Set();

/* Says that the step within which an element stands is done. */
function finish(element) {
  const tick = element.closest("article, .step").querySelector("[data-done]");
  if (tick) setDone(stepsDone.add(tick.dataset.done));
}

function setDone(names) {
  keep("localStorage", DONE, names.size ? [...names] : undefined);
  showDone(names);
}

function showDone(names) {
  const { steps, words } = tally.dataset;
  const [said, clear] = tally.children;
  const done = steps.split(" ").filter((name) => names.has(name)).length;
  stepsDone = names;
  for (const tick of ticks) tick.checked = names.has(tick.dataset.done);
  said.textContent = filled(words, { done });
  clear.hidden = !done;
}

function recallDone() {
  const kept = recall("localStorage", DONE);
  showDone(new Set(Array.isArray(kept) ? kept : []));
}

if (tally) {
  recallDone();
  // They may have been ticked on another page in the meantime.
  window.addEventListener("storage", recallDone);
  window.addEventListener(
    "pageshow",
    ({ persisted }) => persisted && recallDone(),
  );
  for (const tick of ticks) {
    tick.addEventListener("change", () => {
      if (tick.checked) stepsDone.add(tick.dataset.done);
      else stepsDone.delete(tick.dataset.done);
      setDone(stepsDone);
    });
  }
  tally.lastElementChild.addEventListener("click", () => setDone(new Set()));
  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-doing] a")) finish(target);
  });
  for (const part of document.querySelectorAll(".doing, .done, .tally"))
    part.hidden = false;
}
