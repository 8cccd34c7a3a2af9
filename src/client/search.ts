/** Search opens on Ctrl/Cmd-K or by its button, at once; the index is fetched only then. */
import { openSearch } from "./searchbox.ts";

export function startSearch(): void {
  const keys = document.querySelector<HTMLElement>(".keys");
  if (keys && /Mac|iPhone|iPad/.test(navigator.userAgent)) keys.dataset.keys = "⌘ K";
  document.querySelector('[data-open="search"]')?.addEventListener("click", openSearch);
  addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    openSearch();
  });
}
