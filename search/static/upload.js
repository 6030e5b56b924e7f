// Upload by drag and drop, with live progress; the form it stands on works without it.
"use strict";

const OUTCOMES = { waiting: "处理中", indexed: "已入库", partial: "部分读出", held: "暂不公开", failed: "未能读出", removed: "已移除", replaced: "已被新版本取代" };
const SHOWN_FILES = 200;

const row = (name, ...cells) => { const made = document.createElement(name); made.append(...cells); return made; };

async function filesOf(entry, folder = "") {
  const path = folder + entry.name;
  if (entry.isFile) return [{ path, file: await new Promise((done, failed) => entry.file(done, failed)) }];
  const reader = entry.createReader(), found = [];
  for (;;) {
    // A reader hands a folder out in pieces, at the end an empty one.
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return found;
    for (const one of some) found.push(...await filesOf(one, `${path}/`));
  }
}

function uploader(form) {
  const field = form.querySelector("input[type=file]"), drop = form.querySelector(".drop"), panel = document.getElementById("progress");
  const mostFiles = Number(form.dataset.mostFiles), mostBytes = Number(form.dataset.mostBytes) * 0.95;
  const sending = document.getElementById("sending"), refused = document.getElementById("refused");
  let batch = panel.dataset.batch, queue = Promise.resolve(), watching = false, unsent = 0;

  const send = (pack) => new Promise((done) => {
    const body = new FormData(), request = new XMLHttpRequest();
    for (const { path, file } of pack) body.append("files", file, path);
    const prefix = document.getElementById("prefix").value.trim();
    const given = new URLSearchParams(Object.entries({ prefix, batch }).filter(([, value]) => value));
    request.open("POST", `/v1/uploads?${given}`);
    request.responseType = "json";
    request.upload.onprogress = (event) => { if (event.total) sending.textContent = `正在发送：${Math.round(100 * event.loaded / event.total)}%，还有 ${unsent} 个文件`; };
    request.onloadend = () => done({ status: request.status, answer: request.response || {} });
    request.send(body);
  });
  const complain = (name, reason) => refused.append(row("li", `${name}：${reason}`));
  const why = (status) => ({ 0: "连接中断，请重试", 401: "凭证已失效，请重新登入", 403: "没有上传权限", 413: "文件过大" })[status] || "服务暂时无法接收，请稍后重试";

  const show = (state) => {
    const bar = document.getElementById("bar");
    bar.max = state.received + unsent || 1;
    bar.value = state.received - state.left;
    for (const name of ["received", "done", "failed", "held", "left"]) document.getElementById(`n-${name}`).textContent = state[name];
    document.querySelector("#file-list tbody").replaceChildren(...state.files.slice(0, SHOWN_FILES).map((file) => {
      const read = ["indexed", "partial", "failed"].includes(file.state);
      const head = row("th", read ? Object.assign(row("a", file.key), { href: `/d/${file.id}` }) : file.key);
      head.scope = "row";
      return row("tr", head, row("td", OUTCOMES[file.state] || file.state));
    }));
  };
  const watch = async () => {
    if (watching || !batch) return;
    watching = true;
    for (let wait = 400; ; wait = Math.min(wait * 1.3, 3000)) {
      try {
        const answer = await fetch(`/v1/uploads/${batch}`);
        if (answer.ok) {
          const state = await answer.json();
          show(state);
          if (!state.left && !unsent) { sending.textContent = `全部处理完毕：${state.done} 个可检索，${state.failed} 个未读出。`; break; }
        }
      } catch { sending.textContent = "连接中断，正在重试…"; }
      await new Promise((done) => setTimeout(done, wait));
    }
    watching = false;
  };
  const deliver = async (files) => {
    while (files.length) {
      const pack = [];
      for (let bytes = 0; files.length && pack.length < mostFiles && (!pack.length || bytes + files[0].file.size <= mostBytes);) {
        bytes += files[0].file.size;
        pack.push(files.shift());
      }
      const { status, answer } = await send(pack);
      unsent -= pack.length;
      if (status === 202) {
        batch = answer.batch;
        history.replaceState(null, "", `/upload?batch=${batch}`);
        for (const one of answer.refused) complain(one.name, one.reason.includes("rename") ? "名称无法使用，请改名后再传" : "未能接收，请重试");
        watch();
      } else pack.forEach(({ path }) => complain(path, status === 422 && String(answer.detail).includes("rename") ? "名称无法使用，请改名后再传" : why(status)));
      if (!unsent && status !== 202) sending.textContent = "";
    }
  };
  const take = (files) => {
    if (!files.length) return;
    panel.hidden = false;
    unsent += files.length;
    sending.textContent = `正在发送 ${unsent} 个文件…`;
    queue = queue.then(() => deliver([...files]));
  };
  field.addEventListener("change", () => { take([...field.files].map((file) => ({ path: file.webkitRelativePath || file.name, file }))); field.value = ""; });
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    const plain = [...event.dataTransfer.files].map((file) => ({ path: file.name, file }));
    take(entries.length ? (await Promise.all(entries.map((entry) => filesOf(entry)))).flat() : plain);
  });
  watch();
}

uploader(document.getElementById("upload"));
