"use strict";
const button = document.querySelector("button");
button.addEventListener("focus", () => button.blur());
