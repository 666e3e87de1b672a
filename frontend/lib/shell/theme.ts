import { createStore } from "./store";
import { THEME_KEY } from "./theme-script";

export type Theme = "system" | "light" | "dark";

export const theme = createStore<Theme>("system");

export function loadTheme(): void {
  try {
    const stored = localStorage.getItem(THEME_KEY);
    if (stored === "light" || stored === "dark") theme.set(stored);
  } catch {
    // Storage is forbidden: the system's theme stands.
  }
}

export function chooseTheme(choice: Theme): void {
  theme.set(choice);
  try {
    if (choice === "system") localStorage.removeItem(THEME_KEY);
    else localStorage.setItem(THEME_KEY, choice);
  } catch {
    // Storage is forbidden: the choice holds until the page is closed.
  }
  window.dispatchEvent(new CustomEvent("todo:theme", { detail: choice === "system" ? null : choice }));
}
