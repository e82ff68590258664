"use strict";
const byId = (id) => document.getElementById(id);
const show = (element, visible) => element.toggleAttribute("data-hidden", !visible);
for (const form of document.querySelectorAll(".filters")) {
  form.hidden = false; // they do nothing without this script
  form.addEventListener("submit", (event) => event.preventDefault());
}
