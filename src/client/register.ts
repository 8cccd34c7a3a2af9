/** The register as one searches it: filters over all runs, sorted, with totals of what is shown, as CSV and JSON. */
import { type RegisterRow, registerCsv, totalsOf } from "../model/register.ts";
import {
  type Choice,
  type Facets,
  isChosen,
  type PackedRows,
  registerFilters,
  unpackRows,
} from "../model/registerpages.ts";
import { base, make } from "./node.ts";
import { drawHeads, drawRows, newestFirst, type Sorting, STEP } from "./registerrows.ts";
import { t } from "./words.ts";

export function startRegister(): void {
  const place = document.querySelector<HTMLElement>("[data-register]");
  const slot = place?.querySelector<HTMLElement>("[data-filters]");
  const { register, shards } = place?.dataset ?? {};
  if (place && slot && register !== undefined)
    void offer(place, slot, shardReader(register, Number(shards ?? "0")));
}

interface Reader {
  readonly facets: () => Promise<Facets>;
  /** Every run, oldest first; read once, when somebody asks for more than the page shows. */
  readonly rows: () => Promise<readonly RegisterRow[]>;
}

function shardReader(folder: string, shards: number): Reader {
  const read = async <T>(name: string): Promise<T> => {
    const response = await fetch(`${folder}${name}.json`);
    if (!response.ok) throw new Error(`${response.url} answers ${response.status}`);
    return (await response.json()) as T;
  };
  let rows: Promise<readonly RegisterRow[]> | undefined;
  return {
    facets: () => read("facets"),
    rows: () => {
      rows ??= Promise.all(Array.from({ length: shards }, (_, at) => read<PackedRows>(String(at + 1)))).then(
        (packed) => packed.flatMap(unpackRows),
      );
      rows.catch(() => {
        rows = undefined; // asked again by the next change
      });
      return rows;
    },
  };
}

async function offer(place: HTMLElement, slot: HTMLElement, reader: Reader): Promise<void> {
  const facets = await reader.facets().catch(() => null);
  if (facets === null) return; // the plain list stands
  const state = new URLSearchParams(location.search);
  const form = filterForm(facets, state);
  const said = make("p", { class: "aside", role: "status" });
  let sorting = newestFirst;
  let most = STEP;
  const sortBy = (column: keyof RegisterRow): void => {
    sorting = { column, descending: sorting.column === column ? !sorting.descending : false };
    void show().then(() => place.querySelector<HTMLElement>(`[data-sort="${column}"]`)?.focus());
  };
  const more = make("button", { type: "button", hidden: "" }, t("Show {count} more", { count: STEP }));
  more.addEventListener("click", () => {
    most += STEP;
    void show();
  });
  place.querySelector(".table")?.after(more);
  let asked = 0;
  const show = async (): Promise<void> => {
    asked += 1;
    const mine = asked;
    const choice: Choice = new Map([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    const query = new URLSearchParams([...choice].filter(([, value]) => value !== ""));
    history.replaceState(null, "", query.size === 0 ? location.pathname : `?${query}`);
    said.textContent = t("Reading the register …");
    const rows = await reader.rows().catch((cause: unknown) => String(cause));
    if (mine !== asked) return; // something else was chosen meanwhile
    if (typeof rows === "string") {
      said.textContent = t(
        "The register could not be read, so the list is as it was: {reason}. Choose again to try again.",
        { reason: rows },
      );
      return;
    }
    said.textContent = "";
    const found = sorted(
      rows.filter((row) => isChosen(row, choice)),
      sorting,
    );
    drawHeads(place, sorting, sortBy);
    drawRows(place, found, { base: base(), most });
    more.hidden = found.length <= most;
    drawTotals(place, found);
    offerFiles(place, found);
  };
  form.addEventListener("input", () => {
    most = STEP;
    void show();
  });
  drawHeads(place, sorting, sortBy);
  slot.replaceChildren(form, said);
  if (state.size > 0) await show();
}

function filterForm(facets: Facets, state: URLSearchParams): HTMLFormElement {
  const form = make(
    "form",
    { class: "filters", "aria-label": t("Filter the register") },
    ...registerFilters.map(({ name, label }) =>
      choose(name, label, facets[name] ?? [], state.get(name) ?? ""),
    ),
    day("from", t("From"), state),
    day("to", t("To"), state),
  );
  form.addEventListener("submit", (event) => event.preventDefault());
  return form;
}

function choose(name: string, label: string, values: readonly string[], chosen: string): HTMLElement {
  const select = make(
    "select",
    { name },
    make("option", { value: "" }, t("all")),
    ...values.map((value) => make("option", { value }, value)),
  );
  select.value = values.includes(chosen) ? chosen : "";
  return make("label", {}, label, select);
}

function day(name: string, label: string, state: URLSearchParams): HTMLElement {
  const input = make("input", { type: "date", name });
  input.value = state.get(name) ?? "";
  return make("label", {}, label, input);
}

/** The order of ingest decides between equals, the newest first where the sorting says so. */
function sorted(
  oldestFirst: readonly RegisterRow[],
  { column, descending }: Sorting,
): readonly RegisterRow[] {
  const order = descending ? -1 : 1;
  const rows = descending ? oldestFirst.toReversed() : oldestFirst;
  return rows.toSorted((a, b) => {
    const [x, y] = [a[column] ?? "", b[column] ?? ""];
    return (x < y ? -1 : x > y ? 1 : 0) * order;
  });
}

function drawTotals(place: HTMLElement, rows: readonly RegisterRow[]): void {
  const list = place.querySelector("[data-totals]");
  const { runs, outcomes, findings } = totalsOf(rows);
  const pairs = [[runs === 1 ? "run" : "runs", runs] as const, ...outcomes, ...findings];
  list?.replaceChildren(
    ...pairs.map(([word, count]) => make("div", {}, make("dt", {}, word), make("dd", {}, String(count)))),
  );
}

/** The two files beside the table hold what was found, made when somebody takes one. */
function offerFiles(place: HTMLElement, rows: readonly RegisterRow[]): void {
  const files = [
    ["csv", "text/csv", () => registerCsv(rows)],
    ["json", "application/json", () => `${JSON.stringify(rows, null, 2)}\n`],
  ] as const;
  for (const [ending, type, text] of files) {
    const link = place.querySelector<HTMLAnchorElement>(`a[download][data-file="${ending}"]`);
    if (!link) continue;
    link.onclick = () => {
      if (link.href.startsWith("blob:")) URL.revokeObjectURL(link.href);
      link.href = URL.createObjectURL(new Blob([text()], { type }));
      link.download = `register.${ending}`;
    };
  }
}
