"use strict";
localStorage.setItem("reader", "1");
