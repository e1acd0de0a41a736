// Says which parts were really played, for every media element with data-watch. Without it nothing is counted.
const open = () => new Promise((found, lost) => {
  const asked = indexedDB.open("kolega-watch", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("beats");
  asked.onsuccess = () => found(asked.result);
  asked.onerror = lost;
});
const kept = async (how, what) => {
  const base = await open();
  return new Promise((found, lost) => {
    const deed = base.transaction("beats", how), asked = what(deed.objectStore("beats"));
    deed.oncomplete = () => { base.close(); found(asked.result); };
    deed.onabort = deed.onerror = lost;
  });
};
const keep = (beat) => kept("readwrite", (all) => all.put(beat, beat.body.sid)).catch(() => {});
const drop = (sid, seq) => kept("readwrite", (all) => {
  const asked = all.get(sid);
  asked.onsuccess = () => { if (asked.result && asked.result.body.seq <= seq) all.delete(sid); };
  return asked;
}).catch(() => {});
// What the server took or will never take is done; anything else waits for a line.
const post = async ({ address, body }) => {
  const answer = await fetch(address, {
    method: "POST", body: JSON.stringify(body), keepalive: true, headers: { "Content-Type": "application/json" },
  });
  if (answer.status === 429 || answer.status > 499) throw answer;
  return answer;
};
const flush = async () => {
  for (const beat of await kept("readonly", (all) => all.getAll()).catch(() => [])) {
    try { await post(beat); await drop(beat.body.sid, beat.body.seq); } catch { return; }
  }
};
const tenths = (seconds) => Math.round(seconds * 10);
const joined = (ranges) => {
  const found = [];
  for (const [start, end] of ranges.filter(([one, two]) => one < two).sort((a, b) => a[0] - b[0])) {
    const last = found.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end); else found.push([start, end]);
  }
  return found;
};
// What counts now is drawn by the server, as everything else; at a pause, at the end and every five minutes.
const CREDIT = ".credit", STEP = 300_000, SOON = 3000;
const renew = async () => {
  const answer = await fetch(location.pathname).catch(() => null), old = document.querySelector(CREDIT);
  if (!answer?.ok || !old || old.contains(document.activeElement)) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(CREDIT);
  if (fresh) old.replaceWith(document.adoptNode(fresh));
};
const attach = (media) => {
  const { watch: address, sid, beat: every } = media.dataset;
  let seq = 0, wall = 0, visible = 0, since = 0, spot = 0, pace = 1, sent = "", ranges = [], late = false, rate = media.playbackRate, soon, told = 0;
  // Only time in which the element really plays runs; a clock of the device that is set has no part in it.
  // What was played we put down ourselves: `media.played` begins at 0 when playing begins elsewhere.
  const tick = () => {
    const at = performance.now(), gone = at - since, here = media.currentTime, most = gone / 1000 * Math.max(pace, media.playbackRate);
    if (since) {
      wall += gone;
      if (!document.hidden) visible += gone;
      if (here > spot && here - spot < most + 0.5) ranges = joined([...ranges, [tenths(spot), tenths(here)]]);
    }
    since = media.paused || media.ended || media.seeking || media.readyState < 3 ? 0 : at;
    spot = here;
    pace = media.playbackRate;
  };
  const beat = (why) => {
    tick();
    clearTimeout(soon); soon = 0;
    const said = JSON.stringify(ranges);
    if (said === sent || !ranges.length) { rate = media.playbackRate; return; }
    const body = { sid, seq: ++seq, wall_ms: Math.round(wall), visible_ms: Math.round(visible), rate, pos: tenths(media.currentTime), ranges, late, why };
    rate = media.playbackRate;
    if (why === "hidden" && navigator.onLine && navigator.sendBeacon(address, JSON.stringify(body))) { sent = said; return; }
    post({ address, body }).then(async (answer) => {
      sent = said; late = false;
      drop(sid, body.seq);
      if (!answer.ok) return;
      const steps = Math.floor((await answer.json()).covered_ms / STEP);
      if (why === "pause" || why === "ended" || steps > told) setTimeout(renew, SOON);
      told = steps;
    }, () => { late = true; keep({ address, body: { ...body, late } }); });
  };
  const shortly = (why) => { tick(); soon ||= setTimeout(beat, 3000, why); };
  media.addEventListener("emptied", () => { since = 0; });
  for (const name of ["playing", "timeupdate", "waiting", "seeking"]) media.addEventListener(name, tick);
  for (const name of ["pause", "ended", "ratechange"]) media.addEventListener(name, () => beat(name));
  media.addEventListener("seeked", () => shortly("seeked"));
  document.addEventListener("visibilitychange", () => { if (document.hidden) beat("hidden"); else tick(); });
  addEventListener("pagehide", () => beat("hidden"));
  addEventListener("online", () => beat("beat"));
  setInterval(() => { if (!media.paused) beat("beat"); }, 1000 * every);
};
document.querySelectorAll("[data-watch]").forEach(attach);
addEventListener("online", flush);
flush();
