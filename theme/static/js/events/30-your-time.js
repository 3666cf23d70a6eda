/* The reader's own time beside that of an event, where their clocks differ: time[data-yours]. */
const { dayOf, fillIn, language } = events;
const words = events.wordsOf(document.getElementById("clock"));

/** Returns the minutes by which a time with its offset, such as `…T18:00:00-07:00`, is ahead of Greenwich. */
function offsetOf(text) {
  const [sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(text).slice(1);
  return Number(`${sign}1`) * (hours * 60 + Number(minutes));
}

for (const time of document.querySelectorAll("time[data-yours]")) {
  const start = new Date(time.dateTime);
  if (offsetOf(time.dateTime) !== -start.getTimezoneOffset()) {
    const isSameDay = dayOf(start) === time.dateTime.slice(0, 10);
    const clock = start.toLocaleTimeString(language, {
      hour: "numeric",
      minute: "2-digit",
    });
    const day = start.toLocaleDateString(language, { weekday: "long" });
    const line = time.parentElement.cloneNode();
    // On paper it would be the time of whoever printed it.
    line.dataset.reckoned = "";
    line.textContent = fillIn(isSameDay ? words.yours : words.yours_on, {
      time: clock,
      day,
    });
    time.parentElement.after(line);
  }
}
