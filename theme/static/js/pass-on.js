/* What the device itself can do with a page: buttons in each <div class="pass-on-device">, which holds their words. */
for (const container of document.querySelectorAll(".pass-on-device")) {
  const { title, url } = container.dataset;
  const words = JSON.parse(container.querySelector("script").textContent);
  const status = document.createElement("span");
  status.role = "status";

  const add = (text, press) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.dataset.quiet = "";
    button.textContent = text;
    button.addEventListener("click", press);
    container.append(button);
  };

  if (url && navigator.share) {
    // A reader who closes the device's own window has changed their mind: nothing is to be said.
    add(words.device, () => navigator.share({ title, url }).catch(() => {}));
  }
  if (url && navigator.clipboard) {
    // Where the device does not allow it, the address stands there to be copied by hand.
    add(words.copy, async () => {
      status.textContent = "";
      status.textContent = await navigator.clipboard.writeText(url).then(
        () => words.copied,
        () => url,
      );
    });
  }
  add(words.print, () => window.print());
  container.append(status);
}
