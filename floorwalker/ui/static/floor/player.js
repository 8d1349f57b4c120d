// Works the player of recordings: keys and buttons, lanes as a slider, screen and transcript in step with the sound.
// Without it the browser's own controls play; focus never moves by itself while a sound does.
(() => {
  "use strict";
  const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
  const WORKED = "a[href], button, summary, select, textarea, input, [contenteditable], [role=slider], audio, video";
  const clock = (seconds) => {
    const whole = Math.max(0, Math.floor(seconds));
    const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
    const two = (number) => String(number).padStart(2, "0");
    return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
  };
  const set = (player) => {
    const sound = player.querySelector("[data-leads]");
    const screen = player.querySelector("[data-follows]");
    const find = (name) => player.querySelector(`[data-${name}]`);
    if (!sound || player.dataset.ready) return;
    player.dataset.ready = "yes";
    const [slider, needle, controls, play, now, all, speed] =
      ["slider", "needle", "controls", "play", "now", "all", "speed"].map(find);
    const known = Number(player.dataset.seconds) || 0;
    const late = Number(player.dataset.late) || 0;
    const length = () => (Number.isFinite(sound.duration) ? sound.duration : known);
    const playWord = play.textContent;
    let wanted = Number(player.dataset.start) || 0;
    let until = null;

    // Nothing is fetched before somebody plays: opening a page is not listening.
    const position = () => (sound.readyState ? sound.currentTime : wanted);
    const go = (seconds) => {
      const to = Math.min(Math.max(0, seconds), length() || Infinity);
      wanted = to;
      if (sound.readyState) sound.currentTime = to;
      follow();
      show();
    };
    const follow = () => {
      if (!screen || !screen.readyState) return;
      const to = position() - late;
      const there = Math.min(Math.max(0, to), screen.duration || 0);
      if (Math.abs(screen.currentTime - there) > 0.25 && !(screen.ended && to >= screen.currentTime)) screen.currentTime = there;
      // Before it began and after it ended it stands still.
      if (to !== there || sound.paused) screen.pause();
      else if (screen.paused && !screen.ended) screen.play().catch(() => {});
    };
    const turns = () => [...player.querySelectorAll("[data-from]")];
    const show = () => {
      const at = position();
      const whole = length();
      now.textContent = clock(at);
      if (whole) {
        all.textContent = clock(whole);
        const x = String((1000 * at) / whole);
        needle.setAttribute("x1", x);
        needle.setAttribute("x2", x);
        slider.setAttribute("aria-valuemax", String(Math.round(whole)));
      }
      slider.setAttribute("aria-valuenow", String(Math.round(at)));
      slider.setAttribute("aria-valuetext", slider.dataset.said.replace("NOW", clock(at)).replace("ALL", clock(whole)));
      const said = turns().findLast((turn) => Number(turn.dataset.from) <= at + 0.05);
      const before = player.querySelector("[data-from].said");
      if (said !== before) {
        before?.classList.remove("said");
        if (said && (at > 0 || !sound.paused)) {
          said.classList.add("said");
          const list = said.closest("[data-turns]");
          if (!sound.paused) list.scrollTop = said.offsetTop - list.offsetTop - list.clientHeight / 3;
        }
      }
    };
    const start = () => {
      sound.play().catch(() => {});
      if (screen) { screen.preload = "auto"; screen.load(); }
    };
    const toggle = () => { until = null; if (sound.paused) start(); else sound.pause(); };

    sound.addEventListener("loadedmetadata", () => { if (wanted) sound.currentTime = wanted; show(); });
    screen?.addEventListener("loadedmetadata", follow);
    sound.addEventListener("timeupdate", () => {
      wanted = sound.currentTime;
      if (until !== null && wanted >= until) { until = null; sound.pause(); }
      follow();
      show();
    });
    sound.addEventListener("seeked", show);
    for (const [event, word] of [["play", play.dataset.pauseWord], ["pause", playWord]]) {
      sound.addEventListener(event, () => {
        play.textContent = word;
        if (event === "pause") screen?.pause(); else follow();
      });
    }
    const faster = (by) => {
      const at = SPEEDS.indexOf(sound.playbackRate);
      const rate = SPEEDS[Math.min(Math.max(0, (at < 0 ? SPEEDS.indexOf(1) : at) + by), SPEEDS.length - 1)];
      sound.playbackRate = sound.defaultPlaybackRate = rate;
      if (screen) screen.playbackRate = screen.defaultPlaybackRate = rate;
      speed.textContent = `${rate}×`;
    };
    const mark = () => {
      const form = player.querySelector("[data-mark-form]");
      form.elements.begins.value = clock(position());
      form.elements.ends.value = "";
      form.elements.note.focus();
    };
    play.addEventListener("click", toggle);
    controls.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (button?.dataset.by) go(position() + Number(button.dataset.by));
      if (button?.dataset.faster) faster(Number(button.dataset.faster));
      if (button && "mark" in button.dataset) mark();
    });
    player.addEventListener("click", (event) => {
      const link = event.target.closest("[data-to]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go(Number(link.dataset.to));
      until = link.dataset.until ? Number(link.dataset.until) : null;
      start();
    });
    slider.addEventListener("pointerdown", (event) => {
      if (event.button || !length()) return;
      const box = slider.getBoundingClientRect();
      until = null;
      go(((event.clientX - box.left) / box.width) * length());
    });
    slider.addEventListener("keydown", (event) => {
      const whole = length();
      const steps = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageDown: -30, PageUp: 30, Home: -Infinity, End: Infinity };
      if (event.key === " ") toggle();
      else if (event.key in steps && whole) go(position() + steps[event.key]);
      else return;
      event.preventDefault();
    });
    // Space belongs to what has the focus, where that can be worked; else it plays. Off with the other single keys.
    document.addEventListener("keydown", (event) => {
      if (event.key !== " " || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      if (event.repeat || !document.getElementById("keys-known") || document.querySelector("dialog[open]")) return;
      if (event.target.closest?.(WORKED)) return;
      event.preventDefault();
      toggle();
    });
    // What is wrong with a mark is told beside it; what was refused has a page of its own.
    player.addEventListener("htmx:beforeSwap", ({ detail }) => { if (detail.xhr.status === 422) [detail.shouldSwap, detail.isError] = [true, false]; });
    player.addEventListener("htmx:responseError", ({ target }) => { if (target.matches("[data-mark-form]")) target.submit(); });

    sound.removeAttribute("controls");
    if (screen) screen.removeAttribute("controls");
    if (sound.tagName === "AUDIO") sound.hidden = true;
    controls.hidden = false;
    slider.role = "slider";
    slider.tabIndex = 0;
    slider.setAttribute("aria-label", slider.dataset.label);
    slider.setAttribute("aria-valuemin", "0");
    slider.setAttribute("aria-valuemax", String(Math.round(known)));
    show();
  };
  const begin = () => document.querySelectorAll("[data-player]").forEach(set);
  document.addEventListener("DOMContentLoaded", begin);
  document.addEventListener("htmx:afterSettle", begin);
})();
