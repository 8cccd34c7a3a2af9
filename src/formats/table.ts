/** The items of a report as CSV: one row an item, derived ones too, formula-safe. */
import { csvOf } from "../model/csv.ts";
import type { PersonName } from "../model/fact.ts";
import type { ItemReport } from "../model/itemreport.ts";
import { showUnseen } from "../model/unseen.ts";
import { type Exported, sayStatus } from "./exported.ts";

type Cell = (item: ItemReport, exported: Exported) => string;

const COLUMNS: readonly (readonly [string, Cell])[] = [
  ["run", (_, { report }) => report.run],
  ["report", (_, { report }) => String(report.number)],
  ["section", ({ section }) => section],
  ["number", ({ number }) => number],
  ["item", ({ id }) => id],
  ["text", ({ text }) => text],
  ["status", sayStatus],
  ["as it should be", ({ good }) => (good ? "yes" : "no")],
  ["counted", ({ derived }) => (derived ? "no, follows from others" : "yes")],
  ["by", ({ by }) => sayPerson(by)],
  ["at", ({ at }) => at?.at ?? ""],
  ["started", ({ started }) => started?.at ?? ""],
  ["due", ({ due }) => due?.at ?? ""],
  ["witness", ({ witness }) => sayPerson(witness)],
  ["limits", ({ limits }) => limits.map(({ limit }) => limit).join("; ")],
  ["observed", ({ limits }) => limits.map(({ value }) => value ?? "nothing").join("; ")],
  ["verdicts", ({ limits }) => limits.map(({ verdict }) => verdict).join("; ")],
  ["captured", ({ captures }) => captures.map(({ label, value }) => `${label}: ${value ?? "–"}`).join("; ")],
  ["reason", ({ because, reason }) => [because, reason].filter((part) => part !== null).join("; ")],
  ["note", ({ note }) => note ?? ""],
  ["waived by", ({ waiver }) => sayPerson(waiver?.by ?? null)],
  ["evidence", ({ evidence }) => evidence.join(" ")],
  ["rules", rulesOf],
];

/** CSV with a head, in document order. */
export function renderTable(exported: Exported): string {
  return csvOf([
    COLUMNS.map(([name]) => name),
    ...exported.report.items.map((item) =>
      COLUMNS.map(([, cell]) => showUnseen(cell(item, exported).replaceAll("\r\n", "\n"))),
    ),
  ]);
}

function sayPerson(person: PersonName | null): string {
  if (person === null) return "";
  return person.name === person.id ? person.id : `${person.name} (${person.id})`;
}

/** What the judge found about the item: `limit-breached undispositioned`. */
function rulesOf({ facts }: ItemReport, { report }: Exported): string {
  return [...new Set(facts.flatMap(({ list, index }) => report[list][index]?.rule ?? []))].join(" ");
}
