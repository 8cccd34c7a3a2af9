/** Search opens on Ctrl/Cmd-K or by its button; what it needs is fetched only then. */

export function startSearch(): void {
  const open = async (): Promise<void> => {
    const { openSearch } = await import("./searchbox.ts");
    openSearch();
  };
  const keys = document.querySelector<HTMLElement>(".keys");
  if (keys && /Mac|iPhone|iPad/.test(navigator.userAgent)) keys.dataset.keys = "⌘ K";
  document.querySelector('[data-open="search"]')?.addEventListener("click", () => void open());
  addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void open();
  });
}
