const metric = byId("metric"), under = byId("under"), all = byId("all"), text = byId("text");
if (metric) {
  const choose = () => document.querySelectorAll(".plot").forEach((plot) => show(plot, plot.dataset.metric === metric.value));
  metric.addEventListener("input", choose);
  choose();
}
function tell(point) {
  const row = byId(`row-${point.dataset.row}`);
  if (!row) return;
  const heads = [...row.closest("table").tHead.rows[0].cells].map((cell) => cell.textContent);
  under.replaceChildren(...[...row.cells].slice(1).map((cell, at) => {
    const line = document.createElement("p");
    const name = document.createElement("strong");
    name.textContent = `${heads[at + 1]}: `;
    line.append(name, cell.textContent);
    return line;
  }));
  under.hidden = false;
}
for (const svg of document.querySelectorAll(".scatter")) {
  svg.addEventListener("pointerover", (event) => event.target.dataset.row && tell(event.target));
  svg.addEventListener("click", (event) => { if (event.target.dataset.row) location.hash = `row-${event.target.dataset.row}`; });
}
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && under) under.hidden = true; });
if (text) {
  const apply = () => {
    let shown = 0;
    for (const row of all.rows) {
      const fits = row.textContent.toLowerCase().includes(text.value.toLowerCase());
      show(row, fits);
      shown += fits;
    }
    byId("count").textContent = `${shown} of ${all.rows.length} rows`;
  };
  text.addEventListener("input", apply);
  apply();
}
