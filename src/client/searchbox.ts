/** The search dialog: an input, a list of items, arrow keys. The index is Pagefind's. */
import { base, make } from "./node.ts";
import { type Counts, type Filters, makeFilters, type Wanted } from "./searchfilters.ts";
import { allowScript } from "./trusted.ts";
import { t } from "./words.ts";

interface Found {
  readonly url: string;
  readonly excerpt: string;
  readonly meta: Readonly<Record<string, string>>;
}

interface Results {
  readonly results: readonly { data(): Promise<Found> }[];
  readonly filters: Counts;
}

interface Pagefind {
  options(options: object): Promise<void>;
  /** Reads the counts by filter; a search has them only then. */
  filters(): Promise<Counts>;
  /** Without a term: everything that the filters leave. */
  search(term: string | null, options: { readonly filters: Wanted }): Promise<Results>;
}

const SHOWN = 12;
/** Milliseconds without a keystroke before the index is asked. */
const REST = 120;
const how = (): string => t("Type to search. Arrow keys choose, Enter opens.");
const unavailable = (): string =>
  t("Search is not available: its index could not be loaded. See whether you are connected, and type again.");
let pagefind: Promise<Pagefind> | undefined;

/** Pagefind starts its worker from an address as text: the policy lets through this one address. */
function load(): Promise<Pagefind> {
  const folder = `${base()}pagefind/`;
  pagefind ??= (async () => {
    const worker = new URL(`${folder}pagefind-worker.js`, location.href).href;
    allowScript(worker);
    const loaded = (await import(/* @vite-ignore */ `${folder}pagefind.js`)) as Pagefind;
    await loaded.options({ baseUrl: base(), excerptLength: 18 });
    await loaded.filters();
    return loaded;
  })();
  pagefind.catch(() => {
    pagefind = undefined; // asked again by the next keystroke
  });
  return pagefind;
}

/** @param typed what stands in the input to begin with */
export function openSearch(typed: string): void {
  if (document.querySelector("dialog.search")) return;
  const input = make("input", {
    type: "search",
    role: "combobox",
    "aria-label": t("Search the checklists"),
    "aria-controls": "_found",
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    autocomplete: "off",
    placeholder: t("Search items, sections, commands"),
  });
  const close = make("button", { type: "button" }, t("Close"));
  const list = make("div", { id: "_found", role: "listbox", "aria-label": t("Items found") });
  const hint = make("p", { class: "hint", role: "status" }, how());
  const look = makeLook(input, list, hint);
  const filters = makeFilters(() => void look(filters, 0));
  const dialog = make(
    "dialog",
    { class: "search", "aria-label": t("Search") },
    make("form", { method: "dialog" }, input, close, filters.row),
    hint,
    list,
  );
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  let offered: Promise<void> | undefined;
  const offer = (): void => {
    offered ??= load().then((search) =>
      filters.offer(async (wanted) => (await search.search(null, { filters: wanted })).filters),
    );
    offered.catch(() => {
      offered = undefined;
      hint.textContent = unavailable();
    });
  };
  input.addEventListener("input", () => {
    offer();
    void look(filters, REST);
  });
  input.addEventListener("keydown", (event) => move(event, list, input));
  list.addEventListener("click", () => dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  offer();
  input.value = typed;
  if (typed !== "") void look(filters, 0);
}

/** Looks for what stands in the input, and shows it, unless something else was typed or chosen meanwhile. */
function makeLook(input: HTMLInputElement, list: HTMLElement, hint: HTMLElement) {
  let turn = 0;
  const show = (options: readonly HTMLElement[], said: string): void => {
    list.replaceChildren(...options);
    input.setAttribute("aria-expanded", String(options.length > 0));
    select(list, 0);
    hint.textContent = said;
  };
  return async (filters: Filters, rest: number): Promise<void> => {
    turn += 1;
    const mine = turn;
    const term = input.value.trim();
    if (term === "" && !filters.isNarrowed()) return show([], how());
    if (list.childElementCount === 0) hint.textContent = t("Searching …");
    await new Promise((resolve) => setTimeout(resolve, rest));
    if (mine !== turn) return;
    const found = await find(term, filters.wanted()).catch(() => null);
    if (mine !== turn) return;
    if (found === null) return show([], unavailable());
    show(
      found.shown.map(option),
      found.count === 0 ? nothing(term, filters.isNarrowed()) : howMany(found.shown.length, found.count),
    );
  };
}

function nothing(term: string, isNarrowed: boolean): string {
  return isNarrowed
    ? t("Nothing found for “{term}” in what is chosen above.", { term })
    : t("Nothing found for “{term}”.", { term });
}

function howMany(shown: number, count: number): string {
  return count > shown
    ? t("{shown} of {count} shown, current versions first.", { shown, count })
    : t("{shown} shown, current versions first.", { shown });
}

async function find(term: string, wanted: readonly Wanted[]) {
  const search = await load();
  const parts = await Promise.all(
    wanted.map((filters) => search.search(term === "" ? null : term, { filters })),
  );
  const results = parts.flatMap((part) => part.results);
  const shown = await Promise.all(results.slice(0, SHOWN).map((result) => result.data()));
  return { shown, count: results.length };
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
