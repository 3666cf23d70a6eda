"use strict";
indexedDB.open("readers");
