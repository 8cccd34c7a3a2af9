/** Search opens on Ctrl/Cmd-K or by its button. The dialog is fetched only then, and its index with it. */
import { make } from "./node.ts";
import { t } from "./words.ts";

export function startSearch(): void {
  const keys = document.querySelector<HTMLElement>(".keys");
  if (keys && /Mac|iPhone|iPad/.test(navigator.userAgent)) keys.dataset.keys = "⌘ K";
  document.querySelector('[data-open="search"]')?.addEventListener("click", () => void open());
  addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void open();
  });
}

let isOpening = false;

/** What is typed while the dialog is on its way stands in its input when it is there. */
async function open(): Promise<void> {
  if (isOpening) return;
  isOpening = true;
  let typed = "";
  const keep = (event: KeyboardEvent): void => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    typed += event.key;
  };
  addEventListener("keydown", keep);
  try {
    (await import("./searchbox.ts")).openSearch(typed);
  } catch {
    sayUnavailable();
  } finally {
    removeEventListener("keydown", keep);
    isOpening = false;
  }
}

function sayUnavailable(): void {
  const said = make("p", { class: "hint" }, t("Search could not be loaded. See whether you are connected."));
  const form = make("form", { method: "dialog" }, said, make("button", {}, t("Close")));
  const dialog = make("dialog", { class: "search", "aria-label": t("Search") }, form);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
