const ranks = { error: 0, warning: 1, note: 2 };
const beads = [...document.querySelectorAll("tr[data-bead]")].map((row) => ({ row, said: document.querySelector(`tr[data-for="${row.id}"]`), text: row.textContent.toLowerCase() }));
function apply() {
  const text = byId("text").value.toLowerCase(), severity = byId("severity").value, rule = byId("rule").value;
  const only = byId("only").checked || severity !== "" || rule !== "";
  let shown = 0;
  for (const bead of beads) {
    let findings = 0;
    for (const finding of bead.said ? bead.said.querySelectorAll(".finding") : []) {
      const fits = (!severity || ranks[finding.dataset.severity] <= ranks[severity]) && (!rule || finding.dataset.rule === rule);
      show(finding, fits);
      findings += fits;
    }
    const fits = (!text || bead.text.includes(text) || (bead.said && bead.said.textContent.toLowerCase().includes(text))) && (!only || findings > 0);
    show(bead.row, fits);
    if (bead.said) show(bead.said, fits && findings > 0);
    shown += fits;
  }
  byId("count").textContent = `${shown} of ${beads.length} beads`;
}
for (const id of ["text", "severity", "rule", "only"]) byId(id).addEventListener("input", apply);
function step(by) {
  const all = [...document.querySelectorAll(".finding")].filter((item) => item.offsetParent !== null);
  if (!all.length) return;
  const at = all.findIndex((item) => `#${item.id}` === location.hash);
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length];
  location.hash = next.id;
  next.querySelector("a.rule").focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
}
document.addEventListener("keydown", (event) => {
  if (event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "n") step(1);
  else if (event.key === "p") step(-1);
});
apply();
