/* A button that prints the page, wherever a template leaves room for one: <div data-print="the button's words">. */
for (const room of document.querySelectorAll("[data-print]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.dataset.quiet = "";
  button.textContent = room.dataset.print;
  button.addEventListener("click", () => window.print());
  room.append(button);
}
