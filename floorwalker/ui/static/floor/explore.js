// Lets a reader explore a chart: fetches the drawing libraries only then, and draws the same definition.
(() => {
  "use strict";
  const vendor = document.currentScript.src.replace(/floor\/explore[^/]*$/, "vendor/");
  const load = (name) => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = vendor + name;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  let ready = null;
  const libraries = () => ready ??= ["vega.min.js", "vega-lite.min.js", "vega-embed.min.js"]
    .reduce((before, name) => before.then(() => load(name)), Promise.resolve());
  const explore = async (place, button) => {
    button.disabled = true;
    await libraries();
    const chosen = document.documentElement.dataset.theme;
    const dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
    const definition = JSON.parse(dark ? place.dataset.darkChart : place.dataset.chart);
    definition.width = "container";
    definition.layer.forEach((layer) => { if (layer.mark.type === "line") layer.mark.tooltip = true; });
    const target = document.createElement("div");
    target.className = "explored";
    place.querySelector(".drawing").replaceWith(target);
    await window.vegaEmbed(target, definition, {
      actions: false, ast: true, defaultStyle: false, renderer: "svg", tooltip: { disableDefaultStyle: true },
    });
    button.remove();
  };
  const attend = () => {
    document.querySelectorAll(".explorable .explore[hidden]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => explore(button.closest(".explorable"), button));
    });
    const period = document.getElementById("period");
    if (period) ["from", "to"].forEach((id) => document.getElementById(id)?.addEventListener("change", () => { period.value = ""; }));
  };
  document.addEventListener("DOMContentLoaded", () => {
    attend();
    // A sample of an error, on the page of styles, is nobody's error.
    document.querySelector(".problems:not(.sample *)")?.focus();
  });
  // A part that htmx has put in place brings its own buttons and fields.
  document.addEventListener("htmx:afterSettle", attend);
})();
