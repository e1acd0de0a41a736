// Beside the browser's own player: a stream where HLS is unknown, keys, speed, places to jump to.
// Everything but these works without this file.
const box = document.querySelector("[data-player]");
const media = box && box.querySelector("video, audio");
const HLS = "application/vnd.apple.mpegurl";
const secondOf = (link) => {
  const found = /[#?&]t=(\d+)/.exec(link.getAttribute("href"));
  return found && link.pathname === location.pathname && !link.dataset.size ? Number(found[1]) : null;
};
// A browser may refuse, or be told something else meanwhile; then its own button is there.
const start = () => { media.play().catch(() => {}); };
const go = (second) => { media.currentTime = second; start(); };

// Loaded at the first play, and only where the browser cannot play the stream itself.
const stream = async () => {
  const { default: Hls } = await import(box.dataset.hls);
  if (!Hls.isSupported()) return;
  const hls = new Hls({ enableWorker: false, maxBufferLength: 30, startPosition: media.currentTime || -1 });
  hls.on(Hls.Events.ERROR, (_, said) => { if (said.fatal) { hls.destroy(); plain(); } });
  hls.loadSource(box.dataset.stream);
  hls.attachMedia(media);
  start();
};
let fell = false;
const broken = () => { box.querySelector("[data-broken]").hidden = false; };
const plain = () => {
  if (fell) { broken(); return; }
  fell = true;
  const at = media.currentTime;
  media.src = box.dataset.plain;
  go(at);
};

const captions = () => {
  const lines = [...media.textTracks].filter((track) => track.kind === "captions");
  const on = lines.some((track) => track.mode === "showing");
  lines.forEach((track, place) => { track.mode = !on && place === 0 ? "showing" : "disabled"; });
};
const play = () => (media.paused ? start() : media.pause());
const by = (seconds) => () => { media.currentTime = Math.max(0, media.currentTime + seconds); };
const louder = (step) => () => { media.volume = Math.min(1, Math.max(0, media.volume + step)); };
const full = () => (document.fullscreenElement ? document.exitFullscreen() : media.requestFullscreen());
const KEYS = {
  " ": play, k: play, j: by(-10), l: by(10), arrowleft: by(-5), arrowright: by(5),
  arrowup: louder(0.1), arrowdown: louder(-0.1), c: captions, m: () => { media.muted = !media.muted; }, f: full,
};
const keyed = (event) => {
  const deed = KEYS[event.key.toLowerCase()];
  const other = event.target.closest("a, button, summary, input, select, textarea");
  if (!deed || event.ctrlKey || event.metaKey || event.altKey || (other && event.key === " ")) return;
  event.preventDefault();
  deed();
};
const clicked = (event) => {
  const link = event.target.closest("a, [data-rate]");
  if (!link) return;
  if (link.dataset.rate) media.defaultPlaybackRate = media.playbackRate = Number(link.dataset.rate);
  else if (link.dataset.size && media.currentTime > 1) {
    link.search = new URLSearchParams({ size: link.dataset.size, t: Math.floor(media.currentTime) });
  } else if (secondOf(link) !== null) { event.preventDefault(); go(secondOf(link)); }
};
const rated = () => box.querySelectorAll("[data-rate]").forEach((button) => {
  button.setAttribute("aria-pressed", Number(button.dataset.rate) === media.playbackRate);
});
// The line that is said now, in the chapters and in the transcript.
const follow = () => document.querySelectorAll(".chap, .trs").forEach((list) => {
  const links = [...list.querySelectorAll("a[href*='t=']")].filter((link) => secondOf(link) !== null);
  const now = links.findLast((link) => secondOf(link) <= media.currentTime + 0.3);
  links.forEach((link) => {
    if (link === now) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    link.closest("p")?.classList.toggle("on", link === now);
  });
});

if (media) {
  document.querySelectorAll("[data-script]").forEach((piece) => { piece.hidden = false; });
  const linked = /[#&]t=(\d+)/.exec(location.hash);
  if (linked) media.currentTime = Number(linked[1]);
  if (!media.canPlayType(HLS) && window.MediaSource) media.addEventListener("play", stream, { once: true });
  // A source that fails gives way to the next by itself; the last one has nobody to give way to.
  media.addEventListener("error", ({ target }) => {
    if (target === media) plain(); else if (target === media.querySelector("source:last-of-type")) broken();
  }, true);
  media.addEventListener("ratechange", rated);
  media.addEventListener("timeupdate", follow);
  box.addEventListener("keydown", keyed, true);
  document.addEventListener("click", clicked);
}
