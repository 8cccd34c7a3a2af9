/** A sheet that was filled in on screen, handed in as a file: is it ours, and what does it say? */
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { digestOf } from "../src/archive/canonical.ts";
import type { Zone } from "../src/formats/foreign.ts";
import { parseResults } from "../src/formats/results.ts";
import { readSheet } from "../src/formats/sheet.ts";
import type { Printed } from "../src/formats/sheetbegun.ts";
import type { JsonFault } from "../src/formats/strictjson.ts";
import { assemble } from "../src/model/assemble.ts";
import { FIELDS_FILE, type FilledForm } from "../src/model/blank.ts";
import type { Checklist } from "../src/model/checklist.ts";
import { outlineOf } from "../src/model/outline.ts";
import type { ChainedRecord } from "../src/model/run.ts";
import { readForm } from "../src/pdf/form.ts";
import { fillingOf, initialsOf } from "../src/pdf/sheet/filling.ts";
import { parseChecklist } from "../src/source/parse.ts";
import type { Incoming } from "./incoming.ts";

/** By its first bytes, whatever it is called. */
export function isPdf(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
  const start = new Uint8Array(5);
  const file = openSync(path, "r");
  try {
    readSync(file, start, 0, start.length, 0);
  } finally {
    closeSync(file);
  }
  return new TextDecoder("latin1").decode(start) === "%PDF-";
}

/**
 * The results that the form of a sheet says; none where it is no sheet of ours.
 * @param isKnown are the records of a run here, with which a half-filled sheet goes on?
 */
export function readFilledSheet(
  bytes: Uint8Array,
  name: string,
  zone: Zone,
  isKnown: (run: string) => boolean,
): NonNullable<Incoming["read"]> {
  const refuse = (rule: string, reason: string, hint: string | null): NonNullable<Incoming["read"]> => ({
    results: null,
    problems: [faultOf(name, { severity: "error", rule, place: "", reason, hint })],
  });
  let form: FilledForm;
  try {
    form = readForm(bytes);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return refuse(
      "sheet-file",
      `the file ${why}`,
      "hand in the sheet as it was filled in and saved, not a print or a scan of it",
    );
  }
  const checklist = checklistOf(form);
  if (typeof checklist === "string")
    return refuse(
      "sheet-origin",
      `the file is no sheet of ours: ${checklist}`,
      "fill in what `countersign sheet` has made",
    );
  const printed = printedOn(form, checklist);
  if (typeof printed === "string")
    return refuse("sheet-origin", `the file is no sheet of ours: ${printed}`, null);
  if (printed.run !== null && !isKnown(printed.run.id))
    return refuse(
      "sheet-continues",
      `the sheet goes on with record ${printed.run.records.length} of the run '${printed.run.id}', which is not stored here`,
      "hand in the results files first that it was printed from",
    );
  const { record, problems } = readSheet(form, checklist, zone, printed);
  const { run, asOf, deployment } = record as {
    run?: string;
    asOf?: string;
    deployment: { environment?: string };
  };
  // Without these there is no record yet: what is missing is said by the names of the blanks, and once.
  const isRecord = run !== undefined && asOf !== undefined && deployment.environment !== undefined;
  return {
    results: isRecord ? new TextEncoder().encode(`${JSON.stringify(record, null, 2)}\n`) : null,
    problems: problems.map((problem) => faultOf(name, problem)),
  };
}

/** The checklist that the sheet was printed from; a sentence where what it says of itself does not hold. */
function checklistOf({ id, version, digest, source }: FilledForm): Checklist | string {
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) return "it does not say which version of which checklist it is";
  if (source === null) return "no source is attached to it";
  const found = digestOf(source);
  if (found !== digest) return `the source that is attached has ${found}, and the sheet says ${digest}`;
  const text = new TextDecoder().decode(source);
  const { checklist } = parseChecklist({ id, version, file: `${id}/${version}.md`, text, digest });
  return checklist ?? "the source that is attached is no checklist";
}

/** What stood in its blanks when the sheet was printed; a sentence where what is attached does not hold. */
function printedOn(
  { data, id, version, digest, keywords }: FilledForm,
  checklist: Checklist,
): Printed | string {
  const strange = data.find(({ bytes }) => !keywords.includes(digestOf(bytes)));
  if (strange) return `the attachment ${strange.name} is not the one that it names`;
  const chain: ChainedRecord[] = [];
  for (const { name, bytes } of data.filter(({ name }) => name.startsWith("record"))) {
    const reading = parseResults(bytes, name);
    if ("faults" in reading) return `the attachment ${name} is no record: ${reading.faults[0]?.reason}`;
    const { record } = reading.results;
    const of = record.checklist;
    if (of.id !== id || of.version !== version || (of.digest !== undefined && of.digest !== digest))
      return `the attachment ${name} is a record of ${of.id}@${of.version}`;
    chain.push({ record, digest: digestOf(bytes), receivedAt: null });
  }
  const assembly = chain.length === 0 ? null : assemble(chain);
  if (assembly && "faults" in assembly) return `its records do not fit: ${assembly.faults[0]?.reason}`;
  const run = assembly?.run ?? null;
  const fields = data.find(({ name }) => name === FIELDS_FILE);
  const initials = initialsOf(run?.people ?? []);
  return {
    blanks: new Map([
      ...(fields ? fieldsIn(fields.bytes) : []),
      ...(run ? fillingOf(run, checklist, { checklist, outline: outlineOf(checklist) }) : []),
    ]),
    run,
    people: (run?.people ?? []).map(({ id, name, role, phone }) => ({
      id,
      name,
      role,
      phone,
      initials: initials.get(id) ?? id,
    })),
  };
}

/** Texts by the name of the blank; what else it holds is nobody's. */
function fieldsIn(bytes: Uint8Array): [string, string][] {
  let fields: unknown = null;
  try {
    fields = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Blanks of the head that are missing then are asked for by name.
  }
  return Object.entries(fields ?? {}).flatMap(([name, value]): [string, string][] =>
    typeof value === "string" ? [[name, value]] : [],
  );
}

function faultOf(
  file: string,
  {
    severity,
    rule,
    place,
    reason,
    hint,
  }: Pick<JsonFault, "severity" | "rule" | "reason" | "hint"> & { readonly place: string },
): JsonFault {
  return { severity, rule, file, line: 0, column: 0, reason, hint, pointer: place };
}
