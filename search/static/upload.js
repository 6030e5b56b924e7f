// Upload by drag and drop, with live progress; the form it stands on works without it.
"use strict";

const UNITS = ["B", "KB", "MB", "GB", "TB"];
const size = (bytes) => {
  let unit = 0;
  for (; bytes >= 1000 && unit < UNITS.length - 1; unit += 1) bytes /= 1000;
  return `${unit && bytes < 10 ? bytes.toFixed(1) : Math.round(bytes)} ${UNITS[unit]}`;
};
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
  const drop = form.querySelector(".drop"), panel = document.getElementById("progress");
  const mostFiles = Number(form.dataset.mostFiles), mostBytes = Number(form.dataset.mostBytes) * 0.95;
  const sending = document.getElementById("sending"), refused = document.getElementById("refused");
  const bytes = document.getElementById("bytes");
  let batch = panel.dataset.batch, queue = Promise.resolve(), watching = false, unsent = 0, sends = 0, sentBytes = 0, allBytes = 0;

  const showBytes = (sent) => {
    document.getElementById("bytes-line").hidden = false;
    bytes.max = allBytes || 1;
    bytes.value = sent;
    document.getElementById("n-bytes").textContent = `${size(sent)} / ${size(allBytes)}`;
  };

  const send = (pack) => new Promise((done) => {
    const body = new FormData(), request = new XMLHttpRequest();
    for (const { path, file } of pack) body.append("files", file, path);
    const prefix = document.getElementById("prefix").value.trim();
    const given = new URLSearchParams(Object.entries({ prefix, batch }).filter(([, value]) => value));
    request.open("POST", `/v1/uploads?${given}`);
    request.responseType = "json";
    request.upload.onprogress = (event) => { showBytes(Math.min(sentBytes + event.loaded, allBytes)); };
    request.onloadend = () => done({ status: request.status, answer: request.response || {} });
    request.send(body);
  });
  const complain = (name, reason) => refused.append(row("li", `${name}：${reason}`));
  const why = (status) => ({ 0: "连接中断，请重试", 401: "凭证已失效，请重新登入", 403: "没有上传权限", 413: "文件过大" })[status] || "服务暂时无法接收，请稍后重试";

  /* Takes over the counts, and the list too unless somebody is about to press something in it. */
  const show = (html) => {
    const busy = document.getElementById("file-list").contains(document.activeElement);
    for (const made of [...new DOMParser().parseFromString(html, "text/html").body.children]) {
      if (!busy || made.id !== "file-list") document.getElementById(made.id).replaceWith(made);
    }
    return Number(document.getElementById("counts").dataset.left);
  };
  const count = (name) => document.getElementById(`n-${name}`).textContent;
  const watch = async () => {
    if (watching || !batch) return;
    watching = true;
    for (let wait = 400; ; wait = Math.min(wait * 1.3, 3000)) {
      const before = sends;
      try {
        const answer = await fetch(`/upload/progress?batch=${batch}`);
        if (answer.ok && !show(await answer.text()) && !unsent && before === sends) { sending.textContent = `全部处理完毕：${count("done")} 个可检索，${count("failed")} 个未读出。`; break; }
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
      sentBytes += pack.reduce((sum, { file }) => sum + file.size, 0);
      showBytes(sentBytes);
      if (status === 202) {
        batch = answer.batch;
        sends += 1;
        history.replaceState(null, "", `/upload?batch=${batch}`);
        for (const one of answer.refused) complain(one.name, one.reason.includes("rename") ? "名称无法使用，请改名后再传" : "未能接收，请重试");
        watch();
      } else pack.forEach(({ path }) => complain(path, status === 422 && String(answer.detail).includes("rename") ? "名称无法使用，请改名后再传" : why(status)));
      sending.textContent = unsent ? `正在发送，还有 ${unsent} 个文件…` : "";
    }
  };
  const take = (files) => {
    if (!files.length) return;
    panel.hidden = false;
    unsent += files.length;
    allBytes += files.reduce((sum, { file }) => sum + file.size, 0);
    showBytes(sentBytes);
    sending.textContent = `正在发送 ${unsent} 个文件…`;
    queue = queue.then(() => deliver([...files]));
  };
  for (const field of form.querySelectorAll("input[type=file]")) {
    field.addEventListener("change", () => { take([...field.files].map((file) => ({ path: file.webkitRelativePath || file.name, file }))); field.value = ""; });
    if (field.files.length) field.dispatchEvent(new Event("change")); // chosen before this script ran
  }
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    const plain = [...event.dataTransfer.files].map((file) => ({ path: file.name, file }));
    const read = (entry) => filesOf(entry).catch(() => { panel.hidden = false; complain(entry.name, "未能读取，请检查后再拖一次"); return []; });
    take(entries.length ? (await Promise.all(entries.map(read))).flat() : plain);
  });
  watch();
}

uploader(document.getElementById("upload"));
