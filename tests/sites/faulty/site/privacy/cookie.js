"use strict";
document.cookie = "reader=1";
