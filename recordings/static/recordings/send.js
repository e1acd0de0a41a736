// Sends a file in pieces (tus 1.0.0) and goes on after the line broke or the page was closed.
// Without this file the form sends it in one go.
(() => {
  "use strict";
  const form = document.querySelector("form[data-send]");
  if (!form || !window.fetch || !window.localStorage) return;
  const PIECE = 512 * 1024, WAITS = [1, 2, 5, 10, 20, 30];
  const bar = form.querySelector("progress"), said = form.querySelector("[data-said]");
  const token = form.elements.csrfmiddlewaretoken.value;
  const call = (address, method, headers, body) => fetch(address, {
    method, body, credentials: "same-origin", redirect: "error",
    headers: { "Tus-Resumable": "1.0.0", "X-CSRFToken": token, ...headers },
  });
  const encoded = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  const pause = (seconds) => new Promise((done) => {
    const timer = setTimeout(done, seconds * 1000);
    addEventListener("online", () => { clearTimeout(timer); done(); }, { once: true });
  });
  const show = (offset, size) => {
    bar.hidden = false;
    bar.value = size ? Math.floor(offset * 100 / size) : 0;
    said.textContent = `${bar.value} %`;
  };
  class Refused extends Error {}

  async function begin(file, key) {
    const answer = await call(form.dataset.send, "POST", {
      "Upload-Length": String(file.size),
      "Upload-Metadata": `recording ${encoded(form.dataset.recording)},filename ${encoded(file.name)}`,
    });
    if (answer.status !== 201) throw new Refused(await answer.text());
    const address = answer.headers.get("Location");
    localStorage.setItem(key, address);
    return address;
  }

  async function place(file, key) {
    const known = localStorage.getItem(key);
    if (known) {
      const answer = await call(known, "HEAD", {});
      if (answer.ok) return [known, Number(answer.headers.get("Upload-Offset"))];
      if (answer.status < 500 && answer.status !== 423) localStorage.removeItem(key);
      else throw new TypeError("later");
    }
    return [await begin(file, key), 0];
  }

  async function pieces(file, key) {
    let [address, offset] = await place(file, key);
    show(offset, file.size);
    while (offset < file.size) {
      const answer = await call(address, "PATCH", {
        "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset),
      }, file.slice(offset, offset + PIECE));
      if (answer.status !== 204) {
        if ([404, 410, 403, 413].includes(answer.status)) {
          localStorage.removeItem(key);
          throw new Refused(await answer.text());
        }
        throw new TypeError("again");
      }
      offset = Number(answer.headers.get("Upload-Offset"));
      show(offset, file.size);
      form.dispatchEvent(new CustomEvent("sent", { detail: offset }));
    }
    localStorage.removeItem(key);
  }

  async function send(file) {
    const key = `upload:${form.dataset.recording}:${file.name}:${file.size}:${file.lastModified}`;
    for (let tries = 0; ; tries += 1) {
      try {
        return await pieces(file, key);
      } catch (error) {
        if (error instanceof Refused) throw error;
        said.textContent = form.dataset.broken;
        await pause(WAITS[Math.min(tries, WAITS.length - 1)]);
      }
    }
  }

  form.addEventListener("submit", (event) => {
    const file = form.elements.file.files[0];
    if (!file) return;
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    send(file).then(() => location.reload(), (error) => {
      button.disabled = false;
      bar.hidden = true;
      said.textContent = error.message || form.dataset.refused;
    });
  });
})();
