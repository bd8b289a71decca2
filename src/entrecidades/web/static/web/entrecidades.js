// Enhancement only: every page is complete without this file.
// Loaded before the body so that a chosen theme is there at the first paint.
(() => {
  "use strict";
  const root = document.documentElement;
  const kept = {
    get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* private window */ } },
  };
  root.classList.add("js");
  const chosen = kept.get("theme");
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;

  const themeNow = () => root.dataset.theme
    || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const showTheme = (button) => button.setAttribute("aria-pressed", String(themeNow() === "dark"));

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-theme-switch]").forEach(showTheme);
    const keys = document.querySelector("[data-single-keys]");
    if (keys) keys.checked = kept.get("keys") !== "off";
  });

  document.addEventListener("click", async (event) => {
    const theme = event.target.closest("[data-theme-switch]");
    if (theme) {
      root.dataset.theme = themeNow() === "dark" ? "light" : "dark";
      kept.set("theme", root.dataset.theme);
      showTheme(theme);
    }
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      await navigator.clipboard.writeText(new URL(copy.dataset.copy || location.href, location.href).href);
      const said = copy.querySelector("[data-said]");
      if (said) said.textContent = copy.dataset.copied;
    }
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-single-keys]")) kept.set("keys", event.target.checked ? "on" : "off");
  });

  // WCAG 2.1.4: single keys do nothing in fields, and can be switched off in the help.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (kept.get("keys") === "off") return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "/") {
      const search = document.querySelector("main input[type=search], header input[type=search]");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    } else if (event.key === "?") {
      document.getElementById("keyboard-help")?.togglePopover?.();
    }
  });
})();
