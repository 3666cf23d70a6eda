"use strict";
const start = performance.now();
while (performance.now() - start < 600);
document.querySelector("#gone").remove();
