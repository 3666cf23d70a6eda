"use strict";
document.querySelector("button").addEventListener("keydown", (event) => event.preventDefault());
