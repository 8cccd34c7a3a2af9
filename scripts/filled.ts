/** What a sheet is filled with before it is printed: a run that has begun, and single blanks from the command line. */
import { existsSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { canonicalJson, digestOf } from "../src/archive/canonical.ts";
import { parseResults } from "../src/formats/results.ts";
import { assemble } from "../src/model/assemble.ts";
import { bindRecords } from "../src/model/binding.ts";
import type { Checklist } from "../src/model/checklist.ts";
import { nearest } from "../src/model/nearest.ts";
import type { ChainedRecord } from "../src/model/run.ts";
import type { Filled } from "../src/pdf/sheet/context.ts";
import { blankName } from "../src/pdf/sheet/filling.ts";
import { UsageError } from "./command.ts";

export type Filling = { readonly filled: Filled } | { readonly reasons: readonly string[] };

/** The run of results files, in the order of its records. Nothing is judged or stored. */
export function readFilled(files: readonly string[], cwd: string, checklist: Checklist): Filling {
  const chain: ChainedRecord[] = [];
  const records: { name: string; bytes: Uint8Array }[] = [];
  for (const file of files) {
    const path = resolve(cwd, file);
    if (!existsSync(path)) throw new UsageError(`--run: there is no file ${file}`);
    const bytes = new Uint8Array(readFileSync(path));
    const reading = parseResults(bytes, file);
    if ("faults" in reading)
      return { reasons: reading.faults.map((fault) => `${file}:${fault.line}: ${fault.reason}`) };
    const { record } = reading.results;
    const { id, version, digest } = record.checklist;
    if (id !== checklist.id || version !== checklist.version)
      return {
        reasons: [`${file} is of ${id}@${version}, and the sheet of ${checklist.id}@${checklist.version}`],
      };
    if (digest !== undefined && digest !== checklist.digest)
      return { reasons: [`${file} was made from ${digest}, and the checklist is ${checklist.digest}`] };
    const kept = canonicalJson(record);
    chain.push({ record, digest: digestOf(kept), receivedAt: null });
    const name = files.length === 1 ? "record.json" : `record-${chain.length}.json`;
    records.push({ name, bytes: new TextEncoder().encode(kept) });
  }
  const assembly = assemble(chain);
  const faults = "faults" in assembly ? assembly.faults : bindRecords(chain, checklist);
  if (faults.length > 0 || !("run" in assembly))
    return {
      reasons: faults.map(
        ({ record, pointer, reason }) =>
          `${basename(files[record - 1] ?? "")}${pointer === "" ? "" : ` at ${pointer}`}: ${reason}`,
      ),
    };
  return { filled: { run: assembly.run, records } };
}

/** Roles that have to be reached, and whose phone a sheet leaves blank: nobody finds a number in the night. */
export function blankPhones({ contacts, escalation }: Checklist, filled: Filled | null): string[] {
  const roles = [...new Set([...contacts, ...escalation].map(({ role }) => role))];
  const known = (filled?.run.people ?? []).flatMap(({ role, phone }) =>
    role !== null && phone !== null && phone !== "" ? [role.toLowerCase()] : [],
  );
  return roles.filter((role) => !known.includes(role.toLowerCase()));
}

/** Blanks of the head by a short name; fields of the checklist go by their id. */
const HEAD: Readonly<Record<string, readonly string[]>> = {
  run: ["run", "run"],
  environment: ["run", "deployment", "environment"],
  from: ["run", "deployment", "from"],
  to: ["run", "deployment", "to"],
  change: ["run", "change", "id"],
  lead: ["run", "lead"],
  start: ["run", "window", "plannedStart"],
  end: ["run", "window", "plannedEnd"],
  offset: ["run", "offset"],
  copy: ["run", "source", "copy"],
};

/** `key=value` for blanks of the identity block. Throws UsageError for a blank that the sheet has not. */
export function parseFields(typed: readonly string[], checklist: Checklist): ReadonlyMap<string, string> {
  const own = checklist.fields.map(({ id }) => id);
  const entries = typed.map((text): [string, string] => {
    const [, key = "", value = ""] = /^([^=]+)=(.+)$/su.exec(text) ?? [];
    if (key === "")
      throw new UsageError(`--field is key=value, such as environment=production, not "${text}"`);
    const name = own.includes(key) ? ["field", key] : Object.hasOwn(HEAD, key) ? HEAD[key] : undefined;
    if (!name) {
      const known = [...Object.keys(HEAD), ...own];
      const near = nearest(key, known);
      const hint = near === null ? `there are ${known.join(", ")}` : `did you mean ${near}?`;
      throw new UsageError(`--field: the sheet has no blank "${key}"; ${hint}`);
    }
    return [blankName(name), value];
  });
  return new Map(entries);
}
