"use strict";
caches.open("pages");
