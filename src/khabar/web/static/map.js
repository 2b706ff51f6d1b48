// Maps of places: shapes of countries from the package, a circle a place. No tiles, nothing from elsewhere.
"use strict";
async function draw(box) {
  const points = JSON.parse(box.dataset.points), language = box.dataset.language;
  const map = L.map(box, { attributionControl: false, zoomControl: true, minZoom: 2, maxZoom: 9, worldCopyJump: true, scrollWheelZoom: false });
  const css = getComputedStyle(document.documentElement), colour = (name) => css.getPropertyValue(name).trim();
  if (points.length) map.fitBounds(points.map((p) => p.at), { padding: [30, 30], maxZoom: 6 });
  else map.setView([28, 32], 3);
  L.control.attribution({ prefix: false }).addAttribution("Natural Earth").addTo(map);
  const shapes = await (await fetch(box.dataset.shapes)).json();
  L.geoJSON(shapes, { interactive: false, style: { color: colour("--rule"), weight: 1, fillColor: colour("--shade"), fillOpacity: 1 } }).addTo(map).bringToBack();
  const most = Math.max(1, ...points.map((p) => p.n));
  for (const p of points) {
    const label = document.createElement("span");
    label.textContent = `${language === "ar" ? p.ar : p.en} (${p.n.toLocaleString(language === "ar" ? "ar-EG" : "en-GB")})`;
    L.circleMarker(p.at, { radius: 4 + 12 * Math.sqrt(p.n / most), color: colour("--figure"), weight: 1, fillColor: colour("--figure"), fillOpacity: .45 })
      .bindTooltip(label).on("click", () => { location.href = `/entities/${Number(p.id)}`; }).addTo(map);
  }
}
for (const box of document.querySelectorAll(".map")) draw(box);
document.addEventListener("htmx:afterSwap", (event) => { for (const box of event.target.parentElement?.querySelectorAll(".map:not(.leaflet-container)") || []) draw(box); });
