"use strict";
document.querySelector("#gone").remove();
