// What the pages do beyond what the server renders. Everything works without it, only less quickly.
"use strict";

// Words light their cells, and cells their words: by hovering, by focus, and kept by a tap.
function beside(root) {
  const cells = new Map(), words = new Map();
  for (const cell of root.querySelectorAll("[data-cell]")) cells.set(cell.dataset.cell, cell);
  for (const piece of root.querySelectorAll("[data-of]"))
    for (const id of piece.dataset.of.split(" ")) if (id) words.set(id, [...(words.get(id) || []), piece]);
  const text = root.querySelector(".text"), values = root.querySelector(".values");
  let kept = [];

  function light(ids) {
    for (const lit of root.querySelectorAll(".lit")) lit.classList.remove("lit");
    for (const id of ids) {
      cells.get(id)?.classList.add("lit");
      for (const piece of words.get(id) || []) piece.classList.add("lit");
    }
  }
  function into(box, element) { // scrolls the box alone, never the page
    if (!box || !element || box.scrollHeight <= box.clientHeight + 1) return;
    const outer = box.getBoundingClientRect(), inner = element.getBoundingClientRect();
    if (inner.top < outer.top + 8 || inner.bottom > outer.bottom - 8)
      box.scrollTop += inner.top - outer.top - box.clientHeight / 3;
  }
  function asked(target) {
    const cell = target.closest?.("[data-cell]");
    if (cell) return { ids: [cell.dataset.cell], cell };
    const piece = target.closest?.("[data-of]");
    return { ids: piece ? piece.dataset.of.split(" ").filter(Boolean) : [], piece };
  }
  let rest = "";
  function moved(event) { // not so where the page scrolls away under a mouse that rests, as it does for the keyboard
    const before = rest;
    rest = `${event.screenX} ${event.screenY}`;
    return rest !== before;
  }
  root.addEventListener("mousemove", moved);
  root.addEventListener("mouseover", (event) => {
    if (!moved(event)) return;
    const { ids, cell } = asked(event.target);
    light(ids.length ? ids : kept);
    if (cell) into(text, (words.get(ids[0]) || [])[0]);
  });
  root.addEventListener("mouseleave", (event) => { if (moved(event)) light(kept); });
  root.addEventListener("focusin", (event) => {
    const { ids, cell } = asked(event.target);
    if (!cell) return;
    light(ids);
    into(text, (words.get(ids[0]) || [])[0]);
  });
  root.addEventListener("click", (event) => {
    if (event.target.closest("a, button, input, summary")) return;
    const { ids, piece } = asked(event.target);
    kept = ids;
    light(ids);
    const cell = piece && ids.length ? cells.get(ids[ids.length - 1]) : null;
    if (cell) {
      const box = cell.getBoundingClientRect(), below = text && getComputedStyle(root).gridTemplateColumns.indexOf(" ") < 0 ? text.getBoundingClientRect().bottom : 0;
      if (box.top < below || box.bottom > innerHeight) cell.scrollIntoView({ block: "center" });
    } else if (ids.length) into(text, (words.get(ids[0]) || [])[0]);
  });
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { kept = []; light([]); }
  });
}

// A file dropped anywhere on a page with a form for files is the form's file: a browser would leave the page for it.
function drop(form) {
  const file = form.querySelector("input[type=file]");
  const files = (event) => event.dataTransfer?.types.includes("Files");
  for (const name of ["dragenter", "dragover"])
    addEventListener(name, (event) => { if (files(event)) { event.preventDefault(); form.classList.add("over"); } });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("over"); });
  addEventListener("drop", (event) => {
    if (!files(event)) return;
    event.preventDefault();
    form.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    file.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}

function ready(root) {
  for (const element of root.querySelectorAll("[data-beside]")) beside(element);
  for (const form of root.querySelectorAll("form.drop")) drop(form);
  for (const form of root.querySelectorAll("form"))
    form.addEventListener("submit", () => { for (const b of form.querySelectorAll(".go")) setTimeout(() => { b.disabled = true; }); });
}
ready(document);
addEventListener("pageshow", () => { for (const b of document.querySelectorAll(".go[disabled]")) b.disabled = false; });
document.querySelector(".sections [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
const at = document.getElementById("at");
if (at) { const box = at.closest(".text"); if (box) box.scrollTop = at.offsetTop - box.clientHeight / 3; }

// Review with one key.
const queue = document.querySelector("[data-review]");
if (queue) {
  const items = [...queue.querySelectorAll(".doubt")];
  let current = 0;
  const go = (n) => { current = Math.max(0, Math.min(items.length - 1, n)); items[current]?.focus(); };
  for (const [n, item] of items.entries()) item.addEventListener("focusin", () => { current = n; });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, select, textarea")) return;
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") { go(current + (key === "j" ? 1 : -1)); event.preventDefault(); return; }
    const wanted = (key === "u" ? document : items[current])?.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!wanted) return;
    event.preventDefault();
    const inner = wanted.querySelector("a");
    (inner || wanted).click();
    if (key === "c") wanted.parentElement.querySelector("select")?.focus();
  });
  if (items.length) items[0].focus({ preventScroll: true });
}
document.addEventListener("htmx:afterRequest", () => { for (const b of document.querySelectorAll(".go[disabled]")) b.disabled = false; });

// On a narrow screen the filters make room for what they filter.
if (matchMedia("(max-width: 40rem)").matches && !location.search && location.pathname !== "/search")
  for (const box of document.querySelectorAll(".filter-box")) box.open = false;
