"use strict";
localStorage.setItem("size", "16");
