/*
 * What the clock says: a page that was made, kept or left open before now says what is over by now,
 * and which day is today.
 *
 * #clock           the words that are said
 * [data-until]     an event, and the moment from which it is over; [data-held] where it then is past,
 *                  which is not said yet; [data-open] what is not offered once it is over
 * [data-coming]    where events to come are listed, [data-past] where those go that are over
 * [data-all-until] the number of events of a list, and the moment from which all of them are over
 * [data-day]       the events of one day
 * [data-plain]     a heading with a number, and what it says once that number has changed
 * [data-near]      a day before which "today" or "tomorrow" stands
 */
const clockWords = document.getElementById("clock").dataset;
const coming = document.querySelector("[data-coming]");
const past = document.querySelector("[data-past]");

/** Gives a moment's day where the reader is, as `2018-06-14`. */
const dayOf = (moment) =>
  new Date(moment - moment.getTimezoneOffset() * 60_000)
    .toISOString()
    .slice(0, 10);

const isOver = (item) => Date.parse(item.dataset.until) <= Date.now();

/** Gives the list of past events that an event goes to: that of its day, which is made where there is none. */
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
  if (coming.hidden && clockWords.none) tellAtTop(clockWords.none);
  for (const heading of document.querySelectorAll("[data-plain]"))
    heading.textContent = heading.dataset.plain;
}

function said(tag, kind, words) {
  const made = document.createElement(tag);
  made.className = kind;
  made.textContent = words;
  return made;
}

/** Says something of the whole page, below its title. */
function tellAtTop(words) {
  document.querySelector(".opening").append(said("p", "lead", words));
}

/** Says of an event, in a list or on its page, that it is past. */
function label(item) {
  delete item.dataset.held;
  const facts = item.querySelector(".event-facts");
  if (facts) facts.prepend(said("span", "label", clockWords.over));
  else tellAtTop(clockWords.passed);
  for (const part of item.querySelectorAll("[data-open]")) part.hidden = true;
}

function tellPast() {
  for (const item of document.querySelectorAll("[data-held]"))
    if (isOver(item)) label(item);
  for (const item of coming?.querySelectorAll("[data-until]") ?? [])
    if (isOver(item)) move(item);
}

/** Says of the ways to lists of events which of them have nothing to come. */
function tellLists() {
  for (const count of document.querySelectorAll("[data-all-until]"))
    if (Date.parse(count.dataset.allUntil) <= Date.now()) {
      delete count.dataset.allUntil;
      count.after(" ", said("span", "label", clockWords.over));
    }
}

function tellDays() {
  const now = new Date();
  const today = dayOf(now);
  const tomorrow = dayOf(
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 12),
  );
  for (const day of document.querySelectorAll("time[data-near]")) {
    const said = { [today]: clockWords.today, [tomorrow]: clockWords.tomorrow }[
      day.dateTime
    ];
    if (day.previousElementSibling) day.previousElementSibling.remove();
    if (said) {
      const word = document.createElement("b");
      word.textContent = said;
      day.before(word);
    }
  }
}

function tell() {
  tellPast();
  tellLists();
  tellDays();
}

tell();
setInterval(tell, 60_000);
document.addEventListener("visibilitychange", tell);
