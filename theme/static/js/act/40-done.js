/* The steps that the reader has done, by their names, ticked on this device alone. */
const { fillIn, keep, recall } = act;
const DONE = "steps-done";
const progress = document.querySelector("[data-steps]");
const ticks = [...document.querySelectorAll("[data-done]")];
let stepsDone = new Set();

/**
 * Ticks the step within which an element stands.
 * @param {Element} element
 */
function finish(element) {
  const tick = element.closest("article, .step").querySelector("[data-done]");
  if (tick) setDone(stepsDone.add(tick.dataset.done));
}

function setDone(names) {
  keep("localStorage", DONE, names.size ? [...names] : undefined);
  showDone(names);
}

function showDone(names) {
  const { steps } = progress.dataset;
  const status = progress.querySelector("[role=status]");
  const done = steps.split(" ").filter((name) => names.has(name)).length;
  stepsDone = names;
  for (const tick of ticks) tick.checked = names.has(tick.dataset.done);
  status.textContent = fillIn(act.wordsOf(progress).count, { done });
  progress.querySelector("button").hidden = !done;
}

function recallDone() {
  const stored = recall("localStorage", DONE);
  showDone(new Set(Array.isArray(stored) ? stored : []));
}

if (progress) {
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
  progress
    .querySelector("button")
    .addEventListener("click", () => setDone(new Set()));
  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-doing] a")) finish(target);
  });
  for (const part of document.querySelectorAll(".doing, .done, .progress"))
    part.hidden = false;
}

act.finish = finish;
