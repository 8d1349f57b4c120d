// Works the page by single keys, or two one after the other: what each does is found on the page, by its `data-key`.
(() => {
  "use strict";
  const CONTROLS = "a[href], button, summary, select, textarea, input:not([type=hidden])";
  const ROWS = "tbody > tr, .needs > li, .catalogue > li, .found > li, .notices > li, .settle > li, .measures > li";
  const TYPED = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=submit], [type=button])";
  document.addEventListener("DOMContentLoaded", () => {
    const known = document.getElementById("keys-known");
    const help = document.getElementById("keys");
    if (!known || !help.showModal) return;
    const commands = JSON.parse(known.textContent);
    const list = document.getElementById("keys-list");
    const begun = document.getElementById("keys-begun");
    const main = () => document.getElementById("main");
    const seen = (element) => element.checkVisibility?.({ visibilityProperty: true }) ?? true;
    const firstControl = (place) => place.matches(CONTROLS) ? place : [...place.querySelectorAll(CONTROLS)].find(seen);

    // In the row that is chosen first, then wherever it stands; what is folded away is opened when it is asked for.
    const places = (code) => [...document.querySelectorAll(`[data-key="${code}"]`)];
    const placeOf = (code) => {
      const row = document.activeElement.closest(ROWS);
      const all = places(code);
      return all.find((place) => row?.contains(place)) ?? all.find(seen) ?? all[0];
    };
    const partOf = (place) => place.tagName === "NAV" ? [...place.querySelectorAll("a[href]")].at(-1) : firstControl(place) ?? place.querySelector(CONTROLS);
    const work = (code) => {
      const place = placeOf(code);
      const part = place && partOf(place);
      if (!part) return false;
      for (let fold = part.closest("details:not([open])"); fold; fold = fold.closest("details:not([open])")) fold.open = true;
      if (place.tagName === "NAV" || (place === part && part.matches("a, button"))) part.click();
      else { part.focus(); part.scrollIntoView({ block: "nearest" }); }
      return true;
    };

    const rows = () => [...main().querySelectorAll(ROWS)].map((row) => seen(row) && firstControl(row)).filter(Boolean);
    const step = (by) => {
      const all = rows();
      const now = document.activeElement;
      const here = all.findIndex((part) => part.closest(ROWS).contains(now));
      const after = (part) => now.compareDocumentPosition(part) & Node.DOCUMENT_POSITION_FOLLOWING;
      const next = here >= 0 ? all[here + by] : by > 0 ? all.find(after) ?? all[0] : all.findLast((part) => !after(part));
      next?.focus();
      next?.scrollIntoView({ block: "nearest" });
      return all.length > 0;
    };

    const open = () => {
      end();
      help.showModal();
      list.dispatchEvent(new Event("keys-opened"));
      tellOfThisPage();
    };
    const acts = {
      help: () => { open(); return true; },
      search: () => {
        const field = [...main().querySelectorAll("input[type=search]")].find(seen);
        if (field) field.select(); else document.getElementById("open-palette").click();
        field?.focus();
        return true;
      },
      next_row: () => step(1),
      previous_row: () => step(-1),
    };
    // What a page's own script does is named by a part of it, in `data-keys`.
    const isOfScript = (code) => Boolean(document.querySelector(`[data-keys~="${code}"]`));
    const worksHere = ({ code, to }) => to || isOfScript(code) || (code.endsWith("_row") ? rows().length > 0 : code in acts || places(code).length > 0);
    const act = (command) => {
      if (isOfScript(command.code)) {
        document.dispatchEvent(new CustomEvent("key-command", { detail: { code: command.code } }));
        return true;
      }
      if (!command.to) return (acts[command.code] ?? work)(command.code);
      location.assign(command.to);
      return true;
    };

    // What stands in the list over the page for this page alone comes first, and the whole list after it.
    const tellOfThisPage = () => {
      const here = document.getElementById("keys-here");
      if (!here) return;
      const special = commands.filter((command) => !command.to && !(command.code in acts && !command.code.endsWith("_row")) && worksHere(command));
      const copies = special.map(({ code }) => list.querySelector(`[data-command="${code}"]`)?.cloneNode(true)).filter(Boolean);
      here.querySelector("dl").replaceChildren(...copies);
      here.hidden = !copies.length;
    };
    list.addEventListener("htmx:afterSwap", tellOfThisPage);
    list.addEventListener("htmx:responseError", () => location.assign(list.getAttribute("hx-get")));
    document.getElementById("close-keys").addEventListener("click", () => help.close());
    help.addEventListener("click", (event) => { if (event.target === help) help.close(); });
    document.addEventListener("click", (event) => {
      const opener = event.target.closest?.("a[data-key=help]");
      if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });

    // The first of two keys has been pressed: which may follow is shown and said, for as long as it takes.
    let first = "";
    const end = () => { first = ""; begun.replaceChildren(); };
    const begin = (key, following) => {
      first = key;
      const parts = following.map(({ keys, name }) => {
        const [one, next] = [document.createElement("span"), document.createElement("kbd")];
        next.textContent = keys.split(" ")[1];
        one.append(next, ` ${name} `);
        return one;
      });
      begun.replaceChildren(...parts);
    };
    document.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.isComposing || event.key.length !== 1) return event.key === "Shift" ? undefined : end();
      const layer = event.getModifierState("AltGraph");
      if (event.metaKey || (!layer && (event.ctrlKey || event.altKey))) return end();
      if (event.target.matches?.(TYPED) || document.querySelector("dialog[open]")) return end();
      const letter = event.key.toLowerCase();
      if (letter !== letter.toUpperCase() && event.shiftKey) return end();
      const pressed = first ? `${first} ${letter}` : letter;
      const command = commands.find((one) => one.keys === pressed && worksHere(one));
      const following = first ? [] : commands.filter((one) => one.keys.startsWith(`${letter} `) && worksHere(one));
      end();
      if (event.repeat && !command?.code.endsWith("_row")) return;
      if (command ? act(command) : following.length) event.preventDefault();
      if (!command && following.length) begin(letter, following);
    });
    document.addEventListener("pointerdown", end);

    // Which key a part has is told where it stands: shown by the pointer, and said by a screen reader.
    const tell = () => commands.forEach(({ code, keys }) => places(code).forEach((place) => {
      const part = partOf(place);
      if (!part || part.dataset.told) return;
      part.dataset.told = keys;
      part.title = [part.title, list.dataset.title.replace("KEYS", keys)].filter(Boolean).join(" ");
      if (!keys.includes(" ")) part.setAttribute("aria-keyshortcuts", keys);
    }));
    tell();
    document.addEventListener("htmx:afterSettle", tell);
  });
})();
