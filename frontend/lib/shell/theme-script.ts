/** Where the choice of theme is kept. */
export const THEME_KEY = "todo-theme";

/** Runs before the first paint, inlined in the page: the class on <html> follows the choice, else the system. */
export const THEME_SCRIPT = `(() => {
  let choice = null;
  try { choice = localStorage.getItem(${JSON.stringify(THEME_KEY)}); } catch {}
  const system = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const dark = choice ? choice === "dark" : system.matches;
    document.documentElement.classList.toggle("dark", dark);
  };
  system.addEventListener("change", apply);
  addEventListener("todo:theme", (event) => { choice = event.detail; apply(); });
  apply();
})()`;
