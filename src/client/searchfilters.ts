/** What the search is narrowed to: a product, a version of it, a section. Three lists beside the input, worked by keyboard. */
import { make } from "./node.ts";
import { t } from "./words.ts";

/** How many records there are by filter and value; Pagefind counts those that the other filters leave. */
export type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

export type Wanted = Readonly<Record<string, string | { readonly not: string }>>;

export interface Filters {
  readonly row: HTMLElement;
  /** What is asked for, one after the other: what is current comes first, unless one version is wanted. */
  wanted(): readonly Wanted[];
  isNarrowed(): boolean;
  /** Fills the lists. @param count what there is under some filters */
  offer(count: (wanted: Wanted) => Promise<Counts>): Promise<void>;
}

/** 6.10.0 before 6.9.0. */
const newestFirst = (a: string, b: string): number => numbers.compare(b, a);
const numbers = new Intl.Collator("en", { numeric: true });

const CURRENT = { standing: "current" };

/** @param onChange called after a choice, when the lists hold what goes with it */
export function makeFilters(onChange: () => void): Filters {
  const product = list(t("Product"), ["", t("All products")]);
  const version = list(t("Version"), ["", t("Current first")]);
  const section = list(t("Section"), ["", t("All sections")]);
  const row = make("div", { class: "within" }, ...[product, version, section].map(({ label }) => label));
  let count: ((wanted: Wanted) => Promise<Counts>) | undefined;
  const chosen = (): Wanted => ({
    ...(product.select.value === "" ? {} : { product: product.select.value }),
    ...(section.select.value === "" ? {} : { section: section.select.value }),
  });
  const narrow = async (): Promise<void> => {
    const { value } = product.select;
    const counts = (await count?.(value === "" ? CURRENT : { product: value })) ?? {};
    // A version says something only of one product.
    fill(version, value === "" ? {} : (counts.version ?? {}), newestFirst);
    fill(section, counts.section ?? {});
  };
  row.addEventListener("change", (event) => {
    void (event.target === product.select ? narrow() : Promise.resolve()).then(onChange);
  });
  return {
    row,
    wanted: () =>
      version.select.value === ""
        ? [
            { ...chosen(), ...CURRENT },
            { ...chosen(), standing: { not: "current" } },
          ]
        : [{ ...chosen(), version: version.select.value }],
    isNarrowed: () => [product, version, section].some(({ select }) => select.value !== ""),
    offer: async (counter) => {
      count = counter;
      fill(product, (await counter({})).product ?? {});
      await narrow();
    },
  };
}

interface List {
  readonly label: HTMLElement;
  readonly select: HTMLSelectElement;
  readonly first: HTMLOptionElement;
}

function list(name: string, [value, text]: readonly [string, string]): List {
  const first = make("option", { value }, text);
  const select = make("select", { "aria-label": name, disabled: "" }, first);
  return { label: make("label", {}, name, select), select, first };
}

/** What was chosen stays chosen, if it is still there. */
function fill(
  { select, first }: List,
  counts: Readonly<Record<string, number>>,
  compare?: (a: string, b: string) => number,
): void {
  const { value } = select;
  const names = Object.keys(counts)
    .filter((name) => (counts[name] ?? 0) > 0)
    .sort(compare);
  select.replaceChildren(first, ...names.map((name) => make("option", { value: name }, name)));
  select.value = names.includes(value) ? value : "";
  select.disabled = names.length === 0;
}
