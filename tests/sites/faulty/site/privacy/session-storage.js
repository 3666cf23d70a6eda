"use strict";
sessionStorage.setItem("visit", "1");
