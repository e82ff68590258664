const table = byId("documents"), body = table.tBodies[0], rows = [...body.rows];
function apply() {
  const text = byId("text").value.toLowerCase(), language = byId("language").value, only = byId("only").checked;
  let shown = 0;
  for (const row of rows) {
    const fits = (!text || row.cells[0].textContent.toLowerCase().includes(text)) && (!language || row.dataset.language === language)
      && (!only || [4, 5, 6].some((cell) => row.cells[cell].textContent !== "0"));
    show(row, fits);
    shown += fits;
  }
  byId("count").textContent = `${shown} of ${rows.length} documents`;
}
for (const id of ["text", "language", "only"]) byId(id).addEventListener("input", apply);
[...table.tHead.rows[0].cells].forEach((head, column) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = head.textContent;
  head.replaceChildren(button);
  button.addEventListener("click", () => {
    const up = head.getAttribute("aria-sort") !== "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const value = (row) => row.cells[column].textContent.trim();
    const number = (row) => { const read = parseFloat(value(row)); return Number.isNaN(read) ? Infinity : read; };
    const order = head.dataset.sort === "number" ? (a, b) => number(a) - number(b) : (a, b) => value(a).localeCompare(value(b));
    rows.sort((a, b) => (up ? order(a, b) : order(b, a)));
    body.append(...rows);
  });
});
apply();
