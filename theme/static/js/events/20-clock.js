/*
 * What the clock says: a page that was made, kept or left open before now says what is over by now,
 * and which day is today.
 *
 * #clock           the words
 * [data-until]     an event, and the moment from which it is over; [data-held] where it then is past,
 *                  which is not said yet; [data-open] what is not offered once it is over
 * [data-coming]    where events to come are listed, [data-past] where those go that are over
 * [data-all-until] the number of events of a list, and the moment from which all of them are over
 * [data-day]       the events of one day
 * [data-plain]     a heading with a number, and what it says once that number has changed
 * [data-near]      a day before which "today" or "tomorrow" stands
 */
const { element } = events;
const words = events.wordsOf(document.getElementById("clock"));
const coming = document.querySelector("[data-coming]");
const past = document.querySelector("[data-past]");

/**
 * Returns a moment's day where the reader is, as `2018-06-14`.
 * @param {Date} moment
 * @returns {string}
 */
const dayOf = (moment) =>
  new Date(moment - moment.getTimezoneOffset() * 60_000)
    .toISOString()
    .slice(0, 10);

const isOver = (item) => Date.parse(item.dataset.until) <= Date.now();

/** Returns the list of past events that an event goes to: that of its day, which is made where there is none. */
function pastList(item) {
  const group = item.closest("[data-day]");
  if (!group) return past.querySelector(".events");
  const { day } = group.dataset;
  let found = past.querySelector(`[data-day="${day}"]`);
  if (!found) {
    found = group.cloneNode(true);
    found.querySelector(".events").replaceChildren();
    const later = [...past.querySelectorAll("[data-day]")].find(
      (other) => other.dataset.day < day,
    );
    if (later) later.before(found);
    else past.append(found);
  }
  return found.querySelector(".events");
}

/** Moves an event from those to come to those that are over, and takes away what held it alone. */
function move(item) {
  const group = item.closest("[data-day]");
  pastList(item).append(item);
  if (group && !group.querySelector("[data-until]")) group.remove();
  past.hidden = false;
  coming.hidden = !coming.querySelector("[data-until]");
  if (coming.hidden && words.none) showAtTop(words.none);
  for (const heading of document.querySelectorAll("[data-plain]"))
    heading.textContent = heading.dataset.plain;
}

/** Shows a text about the whole page, below its title. */
function showAtTop(text) {
  document.querySelector(".page-head").append(element("p", "lead", text));
}

/** Labels an event as past, in a list or on its page. */
function label(item) {
  delete item.dataset.held;
  const facts = item.querySelector(".event-facts");
  if (facts) facts.prepend(element("span", "label", words.over));
  else showAtTop(words.passed);
  for (const part of item.querySelectorAll("[data-open]")) part.hidden = true;
}

function markPast() {
  for (const item of document.querySelectorAll("[data-held]"))
    if (isOver(item)) label(item);
  for (const item of coming?.querySelectorAll("[data-until]") ?? [])
    if (isOver(item)) move(item);
}

/** Labels the links to lists of events that have nothing to come. */
function markLists() {
  for (const count of document.querySelectorAll("[data-all-until]"))
    if (Date.parse(count.dataset.allUntil) <= Date.now()) {
      delete count.dataset.allUntil;
      count.after(" ", element("span", "label", words.over));
    }
}

function markDays() {
  const now = new Date();
  const today = dayOf(now);
  const tomorrow = dayOf(
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 12),
  );
  for (const day of document.querySelectorAll("time[data-near]")) {
    const word = { [today]: words.today, [tomorrow]: words.tomorrow }[
      day.dateTime
    ];
    if (day.previousElementSibling) day.previousElementSibling.remove();
    if (word) day.before(element("b", "", word));
  }
}

function update() {
  markPast();
  markLists();
  markDays();
}

events.dayOf = dayOf;

update();
setInterval(update, 60_000);
document.addEventListener("visibilitychange", update);
