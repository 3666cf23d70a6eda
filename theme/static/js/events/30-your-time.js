/* The reader's own time beside that of an event, where their clocks differ: time[data-yours]. */
const spoken = document.documentElement.lang;

/** Gives the minutes by which a time with its offset, such as `…T18:00:00-07:00`, is ahead of Greenwich. */
function offsetOf(text) {
  const [sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(text).slice(1);
  return Number(`${sign}1`) * (hours * 60 + Number(minutes));
}

for (const time of document.querySelectorAll("time[data-yours]")) {
  const start = new Date(time.dateTime);
  if (offsetOf(time.dateTime) !== -start.getTimezoneOffset()) {
    const said =
      dayOf(start) === time.dateTime.slice(0, 10)
        ? clockWords.yours
        : clockWords.yoursOn;
    const clock = start.toLocaleTimeString(spoken, {
      hour: "numeric",
      minute: "2-digit",
    });
    const day = start.toLocaleDateString(spoken, { weekday: "long" });
    const line = time.parentElement.cloneNode();
    // On paper it would be the time of whoever printed it.
    line.dataset.reckoned = "";
    line.textContent = said.replace("{time}", clock).replace("{day}", day);
    time.parentElement.after(line);
  }
}
