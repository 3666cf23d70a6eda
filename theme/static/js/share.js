/* What the device itself can do with a page: the buttons that fill <div class="share-device">, whose data are their words. */
for (const room of document.querySelectorAll(".share-device")) {
  const { title, url, copy, copied, device, print } = room.dataset;
  const status = document.createElement("span");
  status.role = "status";

  const add = (words, press) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.dataset.quiet = "";
    button.textContent = words;
    button.addEventListener("click", press);
    room.append(button);
  };

  if (url && navigator.share) {
    // A reader who closes the device's own window has changed their mind: nothing is to be said.
    add(device, () => navigator.share({ title, url }).catch(() => {}));
  }
  if (url && navigator.clipboard) {
    // Where the device does not allow it, the address stands there to be copied by hand.
    add(copy, async () => {
      status.textContent = "";
      status.textContent = await navigator.clipboard.writeText(url).then(
        () => copied,
        () => url,
      );
    });
  }
  add(print, () => window.print());
  room.append(status);
}
