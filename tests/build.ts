/**
 * Builders for tests about runs: a checklist from a few lines of Markdown, a night on which all goes well,
 * and what a test wants to be different.
 */
import { createHash } from "node:crypto";
import { assemble } from "../src/model/assemble.ts";
import { bind } from "../src/model/binding.ts";
import type { Checklist, Item } from "../src/model/checklist.ts";
import type { Fact } from "../src/model/fact.ts";
import { judge } from "../src/model/judge.ts";
import { outlineOf } from "../src/model/outline.ts";
import { defaultPolicy, type Facts, noFacts, type Policy } from "../src/model/policy.ts";
import { references } from "../src/model/references.ts";
import type { Report } from "../src/model/report.ts";
import type { WrittenResult } from "../src/model/result.schema.ts";
import type { ResultStatus } from "../src/model/result.ts";
import { recordSchema, type WrittenRecord } from "../src/model/run.schema.ts";
import type { ChainedRecord, Run, RunFault } from "../src/model/run.ts";
import { parseChecklist } from "../src/source/parse.ts";

const sha256 = (text: string): string => `sha256:${createHash("sha256").update(text).digest("hex")}`;

/** `22:30` is that time of the night of 4 March 2026 in UTC, before noon the morning after; a full instant stays. */
export function at(time: string): string {
  if (time.includes("T")) return time;
  return `2026-03-0${time < "12:00" ? 5 : 4}T${time}:00Z`;
}

/** A checklist from Markdown; lines before a `---` are frontmatter, title and status are there already. */
export function checklist(markdown: string, { id = "shop", version = "1.0.0" } = {}): Checklist {
  const split = markdown.indexOf("\n---\n");
  const [head, body] = split < 0 ? ["", markdown] : [markdown.slice(0, split), markdown.slice(split + 5)];
  const text = `---\ntitle: Shop deployment\nstatus: released\n${head.trim()}\n---\n\n${body.trim()}\n`;
  const parsed = parseChecklist({ id, version, file: `${id}.md`, text, digest: sha256(text) });
  const errors = parsed.diagnostics.filter(({ severity }) => severity === "error");
  if (!parsed.checklist || errors.length > 0) {
    throw new Error(errors.map(({ line, reason }) => `line ${line}: ${reason}`).join("\n") || "no checklist");
  }
  return parsed.checklist;
}

/** What to change about a record: any of its parts, and results by item (`null` takes one out). */
export type Changes = Partial<Omit<WrittenRecord, "results">> & {
  readonly results?: Readonly<Record<string, Partial<WrittenResult> | null>>;
};

/** A record with only what it needs. Everybody it names is listed, by id. */
export function record(of: Checklist, { results = {}, ...parts }: Changes = {}): WrittenRecord {
  const draft = {
    schema: "countersign/run@1",
    run: "night",
    asOf: at("03:00"),
    checklist: { id: of.id, version: of.version },
    deployment: { environment: "production" },
    results: Object.entries(results).flatMap(([item, result]) =>
      result ? [{ item, status: null, ...result }] : [],
    ),
    ...parts,
  } as WrittenRecord;
  const named = references(draft).filter(({ kind }) => kind === "person");
  const people = [...new Set(named.map(({ id }) => id))].map((id) => ({ id, identity: "verified" as const }));
  const listed = new Set((parts.people ?? []).map(({ id }) => id));
  const full = { ...draft, people: [...(parts.people ?? []), ...people.filter(({ id }) => !listed.has(id))] };
  return recordSchema.parse(full);
}

/** What a result is when all goes well. */
export function goodStatus({ role, band }: Item): ResultStatus | null {
  if (role === "triggers") return "clear";
  if (role === "criteria" || role === "decision") return "met";
  if (role === "bands") return band === "green" ? "seen" : null;
  return role === "checks" || role === "follow-up" ? "passed" : null;
}

/** A night on which everything was done, by Bob, minute by minute from 22:00, and the run was closed by Ada. */
export function night(of: Checklist, { results = {}, ...parts }: Changes = {}): WrittenRecord {
  const good: Record<string, Partial<WrittenResult> | null> = {};
  const plain = outlineOf(of).items.filter(({ derived, signs }) => derived === null && signs === null);
  for (const [index, item] of plain.entries()) {
    const status = goodStatus(item);
    const minute = String(index % 60).padStart(2, "0");
    if (status) good[item.id] = { status, by: "bob", at: at(`${index < 60 ? "22" : "23"}:${minute}`) };
  }
  for (const [id, change] of Object.entries(results)) good[id] = change && { ...good[id], ...change };
  return record(of, { closed: { at: at("02:00"), by: "ada" }, ...parts, results: good });
}

/** Chains records: digests follow from their content; each came in a minute after what it is as of, or when it is said. */
export function chain(records: readonly WrittenRecord[], receivedAt?: string): readonly ChainedRecord[] {
  return records.map((one) => ({
    record: one,
    digest: sha256(JSON.stringify(one)),
    receivedAt: receivedAt ?? new Date(Date.parse(one.asOf) + 60_000).toISOString().replace(".000", ""),
  }));
}

/** Why a chain is refused, by `assemble` or by `bind`; empty where it is not. */
export function refusals(of: Checklist, ...records: readonly WrittenRecord[]): readonly RunFault[] {
  const assembly = assemble(chain(records));
  return "faults" in assembly ? assembly.faults : bind(assembly.run, of);
}

/** `rule pointer` of each refusal. */
export function refused(of: Checklist, ...records: readonly WrittenRecord[]): readonly string[] {
  return refusals(of, ...records).map(({ rule, pointer }) => `${rule} ${pointer}`);
}

/** Assembles a chain that holds together and fits; throws with its faults where it does not. */
export function run(of: Checklist, ...records: readonly WrittenRecord[]): Run {
  return runFrom(of, chain(records));
}

function runFrom(of: Checklist, records: readonly ChainedRecord[]): Run {
  const assembly = assemble(records);
  const faults = "faults" in assembly ? assembly.faults : bind(assembly.run, of);
  if (faults.length > 0 || !("run" in assembly)) {
    throw new Error(faults.map(({ rule, pointer, reason }) => `${rule} ${pointer}: ${reason}`).join("\n"));
  }
  return assembly.run;
}

export interface Setting {
  readonly facts?: Partial<Facts>;
  readonly policy?: Partial<Policy>;
  readonly through?: number;
  /** When the records came in, if not at once. */
  readonly receivedAt?: string;
}

/** The report of a chain; nothing was looked at and everything is by default where the setting does not say otherwise. */
export function report(
  of: Checklist,
  records: WrittenRecord | WrittenRecord[],
  setting: Setting = {},
): Report {
  return judge({
    checklist: of,
    run: runFrom(of, chain([records].flat(), setting.receivedAt)),
    facts: { ...noFacts, ...setting.facts },
    policy: { ...defaultPolicy, ...setting.policy },
    ...(setting.through === undefined ? {} : { through: setting.through }),
  });
}

/** What a rule found, notes included. */
export function facts({ exceptions, notes }: Report, rule: string): readonly Fact[] {
  return [...exceptions, ...notes].filter((fact) => fact.rule === rule);
}

/** Every finding as `severity rule item,item`, worst first. */
export function found({ exceptions, notes }: Report): readonly string[] {
  return [...exceptions, ...notes].map(({ severity, rule, items }) =>
    [severity, rule, items.map(({ id }) => id).join(",")].filter((part) => part !== "").join(" "),
  );
}

/** The status of an item. */
export function status({ items }: Report, id: string): string {
  return items.find((item) => item.id === id)?.status ?? "not in the report";
}

/** A roster in which everybody holds a role from 2020 on. */
export function roster(roles: Readonly<Record<string, string>>): NonNullable<Facts["roster"]> {
  return {
    roles: Object.entries(roles).map(([role, person]) => ({
      role,
      person,
      from: "2020-01-01",
      grantedBy: "hr",
    })),
  };
}
