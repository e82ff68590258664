"use strict";
const byId = (id) => document.getElementById(id);
const filters = document.querySelector(".filters");
filters.hidden = false;
filters.addEventListener("submit", (event) => event.preventDefault());
const show = (element, visible) => element.toggleAttribute("data-hidden", !visible);
