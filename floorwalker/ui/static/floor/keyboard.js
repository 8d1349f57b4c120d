// Opens the search over the page by Ctrl K (or Cmd K), and moves through what it found; without script it is a page.
(() => {
  "use strict";
  document.addEventListener("DOMContentLoaded", () => {
    const palette = document.getElementById("palette");
    const opener = document.getElementById("open-palette");
    const asked = document.getElementById("palette-asked");
    const found = document.getElementById("palette-found");
    const said = document.getElementById("palette-said");
    if (!palette || !palette.showModal) return;
    const mac = /Mac|iPhone|iPad/.test(navigator.platform);
    const hint = opener.querySelector("kbd");
    if (mac) hint.textContent = "⌘ K";
    hint.hidden = false;
    opener.setAttribute("aria-keyshortcuts", mac ? "Meta+K" : "Control+K");

    const options = () => [...found.querySelectorAll("[role=option]")];
    const chosen = () => found.querySelector("[aria-selected=true]");
    const choose = (option) => {
      chosen()?.setAttribute("aria-selected", "false");
      if (!option) return asked.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      asked.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    };
    const step = (by) => {
      const all = options();
      if (!all.length) return;
      const at = all.indexOf(chosen());
      choose(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length]);
    };
    const open = () => {
      if (palette.open) return asked.select();
      palette.showModal();
      asked.focus();
      asked.select();
      asked.dispatchEvent(new Event("palette-opened"));
    };

    opener.addEventListener("click", (event) => {
      // A new tab or window gets the page, as with every link.
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
    document.getElementById("close-palette").addEventListener("click", () => palette.close());
    palette.addEventListener("click", (event) => { if (event.target === palette) palette.close(); });
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "k" || event.altKey || event.shiftKey || !(mac ? event.metaKey : event.ctrlKey)) return;
      event.preventDefault();
      if (palette.open) palette.close(); else open();
    });
    asked.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown") step(1);
      else if (event.key === "ArrowUp") step(-1);
      else if (event.key === "Enter" && chosen()) chosen().click();
      else return;
      event.preventDefault();
    });
    // What stands there answers what was asked before: nothing is chosen until the new answer is in.
    asked.addEventListener("input", () => choose(null));
    document.addEventListener("palette-answered", (event) => {
      const all = options();
      found.hidden = !all.length;
      asked.setAttribute("aria-expanded", String(all.length > 0));
      said.textContent = event.detail.said;
      choose(asked.value.trim() ? all[0] : null);
    });
  });
})();
