// Brings the numbers up to date every other second; without it the page loads itself again every ten.
"use strict";

const now = document.getElementById("now");
let failed = 0;

async function refresh() {
  // A button that has the focus stays where it is: somebody is about to press it.
  if (!document.hidden && !now.contains(document.activeElement)) {
    try {
      const answer = await fetch(now.dataset.part, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(answer.statusText);
      now.innerHTML = await answer.text();
      failed = 0;
    } catch {
      failed += 1;
    }
    now.classList.toggle("stale", failed > 2);
  }
  setTimeout(refresh, Math.min(2000 * 2 ** failed, 30000));
}

setTimeout(refresh, 2000);
