/** What `ingest` says: whether it is stored, what was judged, what is due next, and where the report is. */
import type { JsonFault } from "../src/formats/strictjson.ts";
import { compareDiagnostics, type Diagnostic } from "../src/model/diagnostic.ts";
import type { Envelope } from "../src/model/envelope.schema.ts";
import type { Fact } from "../src/model/fact.ts";
import { statusWords } from "../src/model/itemreport.ts";
import type { Report } from "../src/model/report.ts";
import type { CommandContext } from "./command.ts";
import { inert } from "./inert.ts";

export type Receipt =
  | {
      readonly status: "stored" | "dry-run";
      readonly run: string;
      readonly envelopes: readonly Envelope[];
      /** One for each envelope. */
      readonly reports: readonly Report[];
      readonly warnings: readonly JsonFault[];
      readonly url: string;
    }
  | { readonly status: "known"; readonly run: string; readonly envelope: Envelope; readonly url: string }
  | { readonly status: "refused"; readonly faults: readonly JsonFault[] }
  | { readonly status: "broken"; readonly diagnostics: readonly Diagnostic[] }
  /** Nothing could be decided. The reason is null where the frame prints it. */
  | { readonly status: "stopped"; readonly reason: string | null };

/** Prints a receipt; the first line of text always says STORED or NOT STORED. */
export function renderReceipt(
  receipt: Receipt,
  format: "text" | "json",
  { stdout, stderr }: CommandContext,
): void {
  const first = `${firstLine(receipt)}\n`;
  if (format === "json") {
    stderr.write(first);
    stdout.write(`${JSON.stringify(plain(receipt), null, 2)}\n`);
    return;
  }
  stdout.write([first.trimEnd(), ...lines(receipt), ""].join("\n"));
}

function firstLine(receipt: Receipt): string {
  switch (receipt.status) {
    case "stored":
      return `STORED ${receipt.envelopes.at(-1)?.digest ?? ""}`;
    case "known":
      return `STORED ${receipt.envelope.digest} (it was already; nothing changed)`;
    case "dry-run":
      return `NOT STORED (dry run; it would be ${receipt.envelopes.at(-1)?.digest ?? ""})`;
    default:
      return "NOT STORED";
  }
}

function lines(receipt: Receipt): readonly string[] {
  switch (receipt.status) {
    case "stopped":
      return receipt.reason === null ? [] : [receipt.reason];
    case "broken":
      return [
        ...receipt.diagnostics.map(({ file, line, reason }) => `${file}:${line}: ${reason}`),
        "mend this first: nothing can be judged without it",
      ];
    case "refused":
      return faultLines(receipt.faults);
    case "known":
      return [
        ...envelopeLines(receipt.run, receipt.envelope),
        ...reportLines(receipt.run, receipt.envelope.n, receipt.url),
      ];
    case "stored":
    case "dry-run":
      return storedLines(receipt);
    default:
      return receipt satisfies never;
  }
}

const mostFaults = 200;
/** What was stored is what the reader looks for: warnings must not push it off the screen. */
const mostWarnings = 10;

function faultLines(faults: readonly JsonFault[]): readonly string[] {
  const sorted = [...faults].sort(compareDiagnostics);
  const rows = sorted
    .slice(0, mostFaults)
    .flatMap(({ file, line, column, pointer, rule, reason, hint }) => [
      `${file}${line === 0 ? "" : `:${line}:${column}`}: ${pointer === "" ? "(the whole file)" : pointer}: ${reason} [${rule}]`,
      ...(hint === null ? [] : [`    ${hint}`]),
    ]);
  const rest = faults.length - mostFaults;
  return [
    ...rows,
    ...(rest > 0 ? [`and ${rest} more`] : []),
    `${faults.length} ${faults.length === 1 ? "fault" : "faults"}; nothing was written`,
  ].map(inert);
}

function storedLines({
  run,
  envelopes,
  reports,
  warnings,
  url,
}: Extract<Receipt, { status: "stored" | "dry-run" }>): readonly string[] {
  const last = envelopes.at(-1);
  const report = reports.at(-1);
  if (!last || !report) throw new RangeError("a receipt is about at least one record");
  const due = report.due
    .slice(0, 5)
    .map(
      ({ item, owner, due: moment }) =>
        `  ${moment.local}  ${item.number} ${item.text}${owner === null ? "" : ` (${owner})`}`,
    );
  return [
    ...warnings
      .slice(0, mostWarnings)
      .map(({ file, line, pointer, reason, hint }) =>
        inert(
          `warning: ${file}${line === 0 ? "" : `:${line}`}: ${pointer === "" ? "" : `${pointer}: `}${reason}${hint === null ? "" : `; ${hint}`}`,
        ),
      ),
    ...(warnings.length > mostWarnings
      ? [`warning: and ${warnings.length - mostWarnings} more; --format json lists them all`]
      : []),
    ...(envelopes.length > 1 ? [`${envelopes.length} records, ${envelopes[0]?.n} to ${last.n}`] : []),
    ...envelopeLines(run, last),
    ...(due.length === 0
      ? []
      : [
          "due next",
          ...due.map(inert),
          ...(report.due.length > 5 ? [`  and ${report.due.length - 5} more`] : []),
        ]),
    ...reportLines(run, last.n, url),
  ];
}

function envelopeLines(run: string, { n, checklist, judged, record }: Envelope): readonly string[] {
  const { outcome, finding, headline, counts, facts } = judged;
  const exceptions = facts.filter(({ severity }) => severity !== "note");
  const open = exceptions.filter(({ disposition }) => disposition === null).length;
  return [
    `record ${n} of ${run}: ${checklist.id} ${checklist.version} to ${record.deployment.environment}, as of ${record.asOf}`,
    `outcome  ${outcome}`,
    `finding  ${finding}${exceptions.length === 0 ? "" : `, ${exceptions.length} to look at, ${open} without a disposition`}`,
    `         ${headline}`,
    `items    ${counts.total}: ${counts.byStatus.map(({ status, count }) => `${count} ${statusWords[status]}`).join(", ")}`,
    ...exceptions.map(exceptionLine),
  ].map(inert);
}

function exceptionLine({ severity, rule, reason, disposition }: Fact): string {
  return `  ${severity.padEnd(9)} ${rule}: ${reason}${disposition === null ? "" : ` (dispositioned by ${disposition.by.name})`}`;
}

function reportLines(run: string, n: number, url: string): readonly string[] {
  return [
    `report   countersign report ${run} --record ${n} --html report.html --pdf report.pdf`,
    `         ${url}/reports/${run}/${n}/ once the site is built`,
  ];
}

function plain(receipt: Receipt): unknown {
  switch (receipt.status) {
    case "stopped":
      return { stored: false, reason: receipt.reason };
    case "broken":
      return { stored: false, diagnostics: receipt.diagnostics };
    case "refused":
      return { stored: false, faults: receipt.faults };
    case "known":
      return {
        stored: true,
        changed: false,
        run: receipt.run,
        records: [summary(receipt.envelope)],
        report: `${receipt.url}/reports/${receipt.run}/${receipt.envelope.n}/`,
      };
    case "stored":
    case "dry-run": {
      const { status, run, envelopes, reports, warnings, url } = receipt;
      const report = `${url}/reports/${run}/${envelopes.at(-1)?.n ?? 1}/`;
      const stored = status === "stored";
      return {
        stored,
        changed: stored,
        run,
        records: envelopes.map(summary),
        due: reports.at(-1)?.due ?? [],
        warnings,
        report,
      };
    }
    default:
      return receipt satisfies never;
  }
}

function summary({ n, digest, record, judged }: Envelope): unknown {
  return { n, digest, asOf: record.asOf, ...judged };
}
