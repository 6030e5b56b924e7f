// Makes the pages more convenient; every one of them works without it.
"use strict";

const say = (text) => {
  const line = document.getElementById("said");
  line.textContent = "";
  // A change in the next frame is announced even where the text is the same as before.
  requestAnimationFrame(() => { line.textContent = text; });
};

const element = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

/* Suggestions while typing: a combobox with a list (WAI-ARIA 1.2). */
const KINDS = { title: "文件", issuer: "机关", number: "文号", heading: "章节", past: "最近" };

/* One's last searches, kept in this browser alone and sent nowhere. */
const PAST = "searches", KEPT = 8;
function pastSearches() {
  try { return JSON.parse(localStorage.getItem(PAST) || "[]").filter((text) => typeof text === "string"); } catch { return []; }
}
function rememberSearch(text) {
  try { localStorage.setItem(PAST, JSON.stringify([text, ...pastSearches().filter((other) => other !== text)].slice(0, KEPT))); } catch { /* not allowed here */ }
}
function forgetSearches() {
  try { localStorage.removeItem(PAST); } catch { /* not allowed here */ }
  say("已清除最近检索");
}
const searched = location.pathname === "/" ? (new URLSearchParams(location.search).get("q") || "").trim() : "";
if (searched) rememberSearch(searched);

function suggestTo(input, place) {
  const list = element("ul", { id: `suggestions-${place}`, role: "listbox", class: "suggestions", "aria-label": "检索建议" });
  let asked = "", shown = -1, typed = "", timer = 0, running = null;
  list.hidden = true;
  input.closest(".ask").append(list);
  for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(key, value);

  const close = () => {
    list.hidden = true;
    shown = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (number) => {
    const options = [...list.children];
    shown = (number + options.length + 1) % (options.length + 1);
    if (shown === options.length) shown = -1;
    options.forEach((option, n) => option.setAttribute("aria-selected", String(n === shown)));
    input.value = shown < 0 ? typed : options[shown].dataset.text;
    if (shown < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", options[shown].id);
  };
  const show = (found) => {
    list.replaceChildren(...found.map((one, n) => {
      const option = element("li", { role: "option", id: `${list.id}-${n}`, "aria-selected": "false" },
        element("span", { class: "tag" }, KINDS[one.kind] || ""), element("span", { class: "what" }, one.text),
        element("span", { class: "quiet" }, one.documents === undefined ? "" : String(one.documents)));
      option.dataset.text = one.clears ? "" : one.text;
      option.clears = Boolean(one.clears);
      // Before the field loses the focus.
      option.addEventListener("mousedown", (event) => {
        event.preventDefault();
        close();
        if (one.clears) { forgetSearches(); return; }
        input.value = one.text;
        input.form.requestSubmit();
      });
      return option;
    }));
    list.hidden = !found.length;
    shown = -1;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (found.length) say(`${found.length} 条建议，用上下箭头选择`);
  };
  const showPast = () => {
    const past = pastSearches();
    typed = "";
    if (past.length) show([...past.map((text) => ({ kind: "past", text })), { kind: "", text: "清除最近检索", clears: true }]);
  };
  const ask = async () => {
    const q = input.value.trim();
    if (q === asked) return;
    asked = q;
    if (running) running.abort();
    if (!q) { close(); showPast(); return; }
    running = new AbortController();
    try {
      const answer = await fetch(`/v1/suggest?q=${encodeURIComponent(q)}`, { signal: running.signal });
      if (!answer.ok) { close(); return; }
      const body = await answer.json();
      if (q === input.value.trim() && document.activeElement === input) show(body);
    } catch { close(); }
  };
  input.addEventListener("input", () => { typed = input.value; clearTimeout(timer); timer = setTimeout(ask, 120); });
  input.addEventListener("click", () => { if (!input.value && list.hidden) showPast(); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (list.hidden) {
      if (event.key === "ArrowDown" && !input.value) { showPast(); event.preventDefault(); }
      return;
    }
    if (event.key === "ArrowDown") { choose(shown + 1); event.preventDefault(); }
    else if (event.key === "ArrowUp") { choose(shown < 0 ? list.children.length - 1 : shown - 1); event.preventDefault(); }
    else if (event.key === "Escape") { input.value = typed; close(); event.preventDefault(); }
    else if (event.key === "Enter") {
      if (list.children[shown]?.clears) { event.preventDefault(); forgetSearches(); }
      close();
    }
  });
}

document.querySelectorAll("input[type=search]").forEach(suggestTo);

/* "/" goes to the search field. */
document.addEventListener("keydown", (event) => {
  const field = document.querySelector("input[type=search]");
  const busy = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && field && !busy && !event.ctrlKey && !event.metaKey && !event.altKey) { field.focus(); field.select(); event.preventDefault(); }
});

/* What lies over the page on a phone (filters, outline) is closed by Escape. */
document.addEventListener("keydown", (event) => {
  const open = document.querySelector(".drawer:target");
  if (event.key !== "Escape" || !open) return;
  const opener = document.querySelector(`a[href$="#${open.id}"]`);
  location.replace("#shut");
  if (opener) opener.focus({ preventScroll: true });
});

/* Where in the text the reader is: the last of some elements, in the order of the page, that begins at its upper edge or
   above; what is gone to comes to stand 16 px below that edge. Rows of tables are left out: they scroll in their frame. */
const LINE = 40;
function lastAbove(elements, line = LINE) {
  let low = 0, high = elements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (elements[middle].getBoundingClientRect().top <= line) low = middle + 1; else high = middle;
  }
  return elements[low - 1];
}
const places = [...document.querySelectorAll("article section[id], article section p[id], .source > .block[id], .source > details > .block[id]")];
// At the end of the page what was gone to may be unable to rise to the upper part.
const goneTo = () => (scrollY + innerHeight >= document.documentElement.scrollHeight - 2 ? decodeURIComponent(location.hash.slice(1)) : "");
const here = () => (scrollY > 0 || location.hash ? places.find((place) => place.id === goneTo()) || lastAbove(places) : undefined);
const withPlace = (address, place) => {
  const url = new URL(address, location.href);
  if (!place) return url.href;
  url.searchParams.set("at", place.id);
  return url.href;
};

/* The other text, the copied link and the QR code lead to where the reader is. */
document.addEventListener("click", async (event) => {
  const link = event.target.closest(".views a:not([aria-current]), a.self, a.copy");
  if (!link) return;
  const place = here();
  if (link.closest(".views")) link.href = withPlace(link.href, place);
  if (link.matches(".copy") && place) link.href = `${withPlace(link.href, place).split("#")[0]}#${place.id}`;
  if (link.closest(".views") || event.ctrlKey || event.metaKey || event.shiftKey || !navigator.clipboard) return;
  if (link.matches(".copy")) event.preventDefault();
  try { await navigator.clipboard.writeText(link.href); say("已复制链接"); } catch { say("未能复制，请从地址栏复制"); }
});
document.querySelector(".qr")?.addEventListener("toggle", ({ target }) => {
  const place = here();
  if (target.open && place && !place.matches(".block")) target.querySelector("img").src = withPlace(target.querySelector("img").src, place);
});

/* The outline shows where in the text the reader is. */
function follow(outline) {
  const links = new Map([...outline.querySelectorAll("a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const known = places.filter((place) => links.has(place.id));
  let current, waiting = false;
  const show = () => {
    const { top: above, bottom: below } = current.getBoundingClientRect(), box = outline.getBoundingClientRect();
    if (above < box.top || below > box.bottom) outline.scrollTop += above - box.top - box.height / 3;
  };
  const update = () => {
    waiting = false;
    const link = links.get(goneTo().replace(/p\d+$/, "")) || links.get(lastAbove(known)?.id);
    if (link === current) return;
    if (current) current.removeAttribute("aria-current");
    current = link;
    if (!link) return;
    link.setAttribute("aria-current", "true");
    show();
  };
  const soon = () => { if (!waiting) { waiting = true; requestAnimationFrame(update); } };
  for (const kind of ["scroll", "resize", "hashchange"]) addEventListener(kind, soon, { passive: true });
  // Where the outline is opened over the page, it is opened at the place that is read.
  addEventListener("hashchange", () => { if (current && location.hash === `#${outline.id}`) requestAnimationFrame(show); });
  soon();
}
/* From one place where the searched words stand to the next. */
function stepThrough(bar) {
  const hits = [...document.querySelectorAll("mark.hit")], count = bar.querySelector("span");
  let at = -1;
  bar.hidden = !hits.length;
  count.textContent = `${hits.length} 处`;
  bar.addEventListener("click", (event) => {
    const step = Number(event.target.dataset.step);
    if (!step) return;
    hits[at]?.classList.remove("here");
    // From where the reader is: the first one below, or the last one above.
    if (at < 0) { at = hits.findIndex((hit) => hit.getBoundingClientRect().top > 0); if (step < 0 || at < 0) at -= 1; }
    else at += step;
    at = (at + hits.length) % hits.length;
    hits[at].classList.add("here");
    hits[at].scrollIntoView({ block: "center" });
    count.textContent = `${at + 1} / ${hits.length}`;
    say(`第 ${at + 1} 处，共 ${hits.length} 处`);
  });
}
const bar = document.querySelector(".matches");
if (bar) stepThrough(bar);

/* A table with a head is sorted by any of its columns, and taken along as it is shown. */
const collator = new Intl.Collator("zh", { numeric: true });
const cellText = (row, n) => row.cells[n]?.textContent.trim() ?? "";
const amount = (text) => (/^[-+−]?[\d,，]*\.?\d+[%％]?$/.test(text) ? Number(text.replace(/[,，%％+]/g, "").replace("−", "-")) : NaN);
const isTotal = (row) => /^(合计|总计|共计)/.test(cellText(row, 0).replace(/\s/g, ""));
function compareCells(one, other) {
  const [a, b] = [amount(one), amount(other)];
  return Number.isNaN(a) || Number.isNaN(b) ? collator.compare(one, other) : a - b;
}
function sortBy(table, heads, n) {
  const down = heads[n].getAttribute("aria-sort") === "ascending", body = table.tBodies[0];
  for (const head of heads) head.removeAttribute("aria-sort");
  heads[n].setAttribute("aria-sort", down ? "descending" : "ascending");
  const rows = [...body.rows].filter((row) => !isTotal(row)).sort((one, other) => (down ? -1 : 1) * compareCells(cellText(one, n), cellText(other, n)));
  body.append(...rows, ...[...body.rows].filter(isTotal));
  say(`已按“${heads[n].textContent}”${down ? "降序" : "升序"}排列`);
}
function asCsv(table) {
  // What a spreadsheet would take for a formula stays text.
  const field = (text) => `"${(/^[-=+@\t＝＋－＠]/.test(text) && Number.isNaN(amount(text)) ? `'${text}` : text).replaceAll('"', '""')}"`;
  return "\ufeff" + [...table.rows].map((row) => [...row.cells].map((cell) => field(cell.textContent.trim())).join(",")).join("\r\n") + "\r\n";
}
document.querySelectorAll(".scroll > .cells").forEach((table, number) => {
  if (!table.tHead) return;
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, n) => {
    const button = element("button", { type: "button", class: "sort" }, ...head.childNodes);
    button.addEventListener("click", () => sortBy(table, heads, n));
    head.append(button);
  });
  const taken = element("button", { type: "button", class: "second take-table" }, "下载此表（CSV）");
  taken.addEventListener("click", () => {
    const address = URL.createObjectURL(new Blob([asCsv(table)], { type: "text/csv" }));
    element("a", { href: address, download: `${document.querySelector("h1").textContent.trim()} 表${number + 1}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  });
  table.parentElement.after(taken);
});

const outline = document.getElementById("outline");
if (outline) follow(outline);

document.documentElement.classList.add("scripted");
