/** The search dialog: an input, a list of items, arrow keys. The index is Pagefind's. */
import { base, make } from "./node.ts";
import { allowScript } from "./trusted.ts";

interface Found {
  readonly url: string;
  readonly excerpt: string;
  readonly meta: Readonly<Record<string, string>>;
}

interface Pagefind {
  options(options: object): Promise<void>;
  debouncedSearch(
    term: string,
    options: object,
    milliseconds: number,
  ): Promise<{ readonly results: readonly { data(): Promise<Found> }[] } | null>;
}

const SHOWN = 12;
const UNAVAILABLE = "Search is not available here: the index could not be loaded.";
let pagefind: Promise<Pagefind> | undefined;

/** Pagefind starts its worker from an address as text: the policy lets through this one address. */
function load(): Promise<Pagefind> {
  const folder = `${base()}pagefind/`;
  pagefind ??= (async () => {
    const worker = new URL(`${folder}pagefind-worker.js`, location.href).href;
    allowScript(worker);
    const loaded = (await import(/* @vite-ignore */ `${folder}pagefind.js`)) as Pagefind;
    await loaded.options({ baseUrl: base(), excerptLength: 18 });
    return loaded;
  })();
  return pagefind;
}

export function openSearch(): void {
  if (document.querySelector("dialog.search")) return;
  const input = make("input", {
    type: "search",
    role: "combobox",
    "aria-label": "Search the checklists",
    "aria-controls": "_found",
    "aria-expanded": "true",
    "aria-autocomplete": "list",
    autocomplete: "off",
    placeholder: "Search items, sections, commands",
  });
  const close = make("button", { type: "button" }, "Close");
  const list = make("div", { id: "_found", role: "listbox", "aria-label": "Items found" });
  const hint = make(
    "p",
    { class: "hint", role: "status" },
    "Type to search. Arrow keys choose, Enter opens.",
  );
  const dialog = make(
    "dialog",
    { class: "search", "aria-label": "Search" },
    make("form", { method: "dialog" }, input, close),
    list,
    hint,
  );
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  input.addEventListener("input", () => void look(input.value, list, hint));
  input.addEventListener("keydown", (event) => move(event, list, input));
  list.addEventListener("click", () => dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  load().catch(() => {
    hint.textContent = UNAVAILABLE;
  });
}

async function look(term: string, list: HTMLElement, hint: HTMLElement): Promise<void> {
  const query = term.trim();
  if (query === "") {
    list.replaceChildren();
    hint.textContent = "Type to search. Arrow keys choose, Enter opens.";
    return;
  }
  const search = await load().catch(() => null);
  if (search === null) {
    hint.textContent = UNAVAILABLE;
    return;
  }
  const current = await search.debouncedSearch(query, { filters: { standing: "current" } }, 120);
  if (current === null) return; // something else was typed meanwhile
  const results = current.results.slice(0, SHOWN);
  const others =
    results.length < SHOWN
      ? await search.debouncedSearch(query, { filters: { standing: { not: "current" } } }, 0)
      : null;
  const all = [...results, ...(others?.results ?? [])].slice(0, SHOWN);
  const found = await Promise.all(all.map((result) => result.data()));
  list.replaceChildren(...found.map(option));
  select(list, 0);
  hint.textContent =
    found.length === 0 ? `Nothing found for “${query}”.` : `${found.length} shown, current versions first.`;
}

function option(found: Found, place: number): HTMLElement {
  const { title = "", product = "", version = "", section = "", standing = "" } = found.meta;
  const where = [product, `${version} (${standing})`, section].filter((part) => part !== "");
  return make(
    "a",
    { role: "option", id: `_found-${place}`, "aria-selected": "false", href: found.url, tabindex: "-1" },
    make("span", {}, title),
    make("small", {}, where.join(" · ")),
  );
}

function select(list: HTMLElement, place: number): void {
  const options = [...list.children];
  options.forEach((one, index) => {
    one.setAttribute("aria-selected", String(index === place));
  });
  const chosen = options[place];
  chosen?.scrollIntoView({ block: "nearest" });
  const input = document.querySelector("dialog.search input");
  if (chosen) input?.setAttribute("aria-activedescendant", chosen.id);
  else input?.removeAttribute("aria-activedescendant");
}

function move(event: KeyboardEvent, list: HTMLElement, input: HTMLInputElement): void {
  const options = [...list.children];
  const now = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    if (options.length > 0) select(list, (now + step + options.length) % options.length);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (options[now] instanceof HTMLElement) options[now].click();
  } else if (event.key === "Escape" && input.value === "") input.closest("dialog")?.close();
}
