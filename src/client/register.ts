/** The register as one searches it: filters over all runs, sorted, with totals of what is shown, as CSV and JSON. */
import { type RegisterRow, registerCsv, totalsOf } from "../model/register.ts";
import { base, make } from "./node.ts";
import { drawRows, type Sorting } from "./registerrows.ts";

interface Filter {
  readonly name: string;
  readonly label: string;
  readonly of: (row: RegisterRow) => readonly string[];
}

const FILTERS: readonly Filter[] = [
  { name: "checklist", label: "Checklist", of: ({ checklist }) => [checklist] },
  { name: "environment", label: "Environment", of: ({ environment }) => [environment] },
  { name: "outcome", label: "Outcome", of: ({ outcome }) => [outcome] },
  { name: "finding", label: "Finding", of: ({ finding }) => [finding] },
  { name: "person", label: "Person", of: ({ people }) => people },
];

export function startRegister(): void {
  const place = document.querySelector<HTMLElement>("[data-register]");
  const slot = place?.querySelector<HTMLElement>("[data-filters]");
  if (place?.dataset.register && slot) void offer(place, slot, place.dataset.register);
}

async function offer(place: HTMLElement, slot: HTMLElement, address: string): Promise<void> {
  const rows = await read(address);
  if (rows === null) return; // the static table stands
  const state = new URLSearchParams(location.search);
  const controls = FILTERS.map((filter) => choice(filter, rows, state.get(filter.name) ?? ""));
  const from = day("from", "From", state);
  const to = day("to", "To", state);
  const form = make("form", { class: "filters", "aria-label": "Filter the register" }, ...controls, from, to);
  form.addEventListener("submit", (event) => event.preventDefault());
  let sorting: Sorting = { column: "day", descending: true };
  const show = (): void => {
    const chosen = new Map([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    const query = new URLSearchParams([...chosen].filter(([, value]) => value !== ""));
    history.replaceState(null, "", query.size === 0 ? location.pathname : `?${query}`);
    const found = sorted(
      rows.filter((row) => passes(row, chosen)),
      sorting,
    );
    drawRows(place, found, base(), sorting, (column) => {
      sorting = { column, descending: sorting.column === column ? !sorting.descending : false };
      show();
      place.querySelector<HTMLElement>(`[data-sort="${column}"]`)?.focus();
    });
    drawTotals(place, found);
    offerFiles(place, found);
  };
  form.addEventListener("input", show);
  slot.replaceChildren(form);
  if (state.size > 0) show();
}

async function read(address: string): Promise<readonly RegisterRow[] | null> {
  try {
    const response = await fetch(address);
    return response.ok ? ((await response.json()) as RegisterRow[]) : null;
  } catch {
    return null;
  }
}

function choice({ name, label, of }: Filter, rows: readonly RegisterRow[], chosen: string): HTMLElement {
  const values = [...new Set(rows.flatMap(of))].sort();
  const select = make(
    "select",
    { name },
    make("option", { value: "" }, "all"),
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

function passes(row: RegisterRow, chosen: ReadonlyMap<string, string>): boolean {
  const from = chosen.get("from") ?? "";
  const to = chosen.get("to") ?? "";
  if ((from !== "" && row.day < from) || (to !== "" && row.day > to)) return false;
  return FILTERS.every(({ name, of }) => {
    const value = chosen.get(name) ?? "";
    return value === "" || of(row).includes(value);
  });
}

function sorted(rows: readonly RegisterRow[], { column, descending }: Sorting): readonly RegisterRow[] {
  const order = descending ? -1 : 1;
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

/** The two files beside the table hold what the table shows. */
function offerFiles(place: HTMLElement, rows: readonly RegisterRow[]): void {
  const files = [
    ["csv", "text/csv", registerCsv(rows)],
    ["json", "application/json", `${JSON.stringify(rows, null, 2)}\n`],
  ] as const;
  for (const [ending, type, text] of files) {
    const link = place.querySelector<HTMLAnchorElement>(`a[download][data-file="${ending}"]`);
    if (!link) continue;
    if (link.href.startsWith("blob:")) URL.revokeObjectURL(link.href);
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = `register.${ending}`;
  }
}
