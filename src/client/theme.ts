import { t } from "./words.ts"; /** The theme switch: by system, light, dark. */

const KEY = "countersign.theme";
const themes = ["system", "light", "dark"] as const;
type Theme = (typeof themes)[number];
const MARKS: Readonly<Record<Theme, string>> = { system: "◐", light: "○", dark: "●" };

const NAMES: Readonly<Record<Theme, () => string>> = {
  system: () => t("Theme: system"),
  light: () => t("Theme: light"),
  dark: () => t("Theme: dark"),
};

export function startTheme(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-open="theme"]');
  if (!button) return;
  const show = (theme: Theme): void => {
    const [mark, word] = button.children;
    if (mark) mark.textContent = MARKS[theme];
    const said = NAMES[theme]();
    if (word) word.textContent = said;
    button.setAttribute("aria-label", said);
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  };
  show(chosen());
  button.addEventListener("click", () => {
    const next = themes[(themes.indexOf(chosen()) + 1) % themes.length] ?? "system";
    remember(next);
    show(next);
  });
}

function chosen(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === "light" || theme === "dark" ? theme : "system";
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Storage may be refused; the choice then holds for this page.
  }
}
