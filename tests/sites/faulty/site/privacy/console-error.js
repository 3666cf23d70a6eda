"use strict";
console.error("Nobody wrote the rest");
