"use strict";
document.documentElement.classList.add("on");
