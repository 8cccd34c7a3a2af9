/**
 * From results files to a plan of what is stored: read, bound to the checklist, assembled and judged. Nothing
 * is written here (decide first, write second).
 */
import { basename } from "node:path";
import { canonicalJson, digestOf } from "../src/archive/canonical.ts";
import { sealed } from "../src/archive/chain.ts";
import { judgedOf } from "../src/archive/judged.ts";
import { readRun, type StoredRun } from "../src/archive/read.ts";
import { type Plan, Refused } from "../src/archive/store.ts";
import { faultIn } from "../src/formats/results.ts";
import type { JsonFault } from "../src/formats/strictjson.ts";
import { assemble } from "../src/model/assemble.ts";
import { bind, bindRecords } from "../src/model/binding.ts";
import type { Envelope } from "../src/model/envelope.schema.ts";
import { judge } from "../src/model/judge.ts";
import type { Facts } from "../src/model/policy.ts";
import type { Report } from "../src/model/report.ts";
import type { WrittenRecord } from "../src/model/run.schema.ts";
import type { ChainedRecord, Run, RunFault } from "../src/model/run.ts";
import type { Installation } from "../src/source/installation.ts";
import { type BoundChecklist, openingChecklist, storedChecklist, unknownNames } from "./bound.ts";
import { withPrefix } from "./evidence.ts";
import { gatherFacts, type KeptEvidence, keptEvidence, policyOf } from "./facts.ts";
import { type Foreign, joinPart } from "./foreign.ts";
import { addEvidence, type Incoming, type Part, readFiles } from "./incoming.ts";
import { keyFaults } from "./keyed.ts";
import type { Redactions } from "./redaction.ts";

export interface Intake {
  readonly root: string;
  readonly installation: Installation;
  readonly files: readonly Incoming[];
  /** RFC 3339. */
  readonly receivedAt: string;
  /** `countersign 0.1.0`. */
  readonly tool: string;
  /** What is taken out before anything is made of the files. */
  readonly redactions: Redactions;
  /** What other tools say, for the one results file; null where nothing is given. */
  readonly foreign: Foreign | null;
}

export type IntakePlan =
  | { readonly status: "refused"; readonly faults: readonly JsonFault[] }
  /** Every file is stored already, as it is. */
  | { readonly status: "known"; readonly run: string; readonly envelope: Envelope }
  | {
      readonly status: "planned";
      readonly plan: Plan;
      /** One for each record, in order. */
      readonly reports: readonly Report[];
      readonly warnings: readonly JsonFault[];
    };

/** Decides what is stored. Content that is wrong gives faults; only broken stored data and the disk throw. */
export function planIntake(intake: Intake): IntakePlan {
  const { knownExamples } = intake.installation.site;
  const read = readFiles(intake.files, intake.redactions, knownExamples);
  if (read.faults.length > 0) {
    const evidence = addEvidence(read.files, intake.redactions, knownExamples);
    const names = read.unfit.flatMap((file) => unknownNames(intake.root, intake.installation.lock, file));
    return { status: "refused", faults: [...read.faults, ...names, ...evidence.faults] };
  }
  const [first] = read.files;
  if (!first) throw new RangeError("there is no file to take in");
  const run = first.results.record.run;
  const stored = readStored(intake.root, run);
  const beside = intake.foreign?.inputs ?? [];
  const known = read.files.flatMap((file) => envelopeWith(stored, [file, ...beside]) ?? []).at(-1);
  const fresh = read.files.filter((file) => !envelopeWith(stored, [file, ...beside]));
  if (known && fresh.length === 0) return { status: "known", run, envelope: known };
  const { parts, faults } = addEvidence(fresh, intake.redactions, knownExamples);
  const bound = stored
    ? storedChecklist(intake.root, stored)
    : openingChecklist(intake.root, intake.installation.lock, first.results);
  const plan: IntakePlan =
    "faults" in bound
      ? { status: "refused", faults: bound.faults }
      : planJoined(intake, { run, stored, parts, bound });
  if (faults.length === 0) return plan;
  return { status: "refused", faults: [...faults, ...(plan.status === "refused" ? plan.faults : [])] };
}

function readStored(root: string, run: string): StoredRun | null {
  const { run: stored, diagnostics } = readRun(root, run);
  const broken = diagnostics.filter(
    ({ severity, rule }) => severity === "error" && rule !== "evidence-digest",
  );
  if (broken.length > 0) {
    throw new Refused(
      `the run '${run}' is not as it was stored: ${broken.map(({ file, reason }) => `${file} ${reason}`).join("; ")}`,
    );
  }
  return stored;
}

/** The record that was made from these files. */
function envelopeWith(
  stored: StoredRun | null,
  files: readonly { readonly sha256: string }[],
): Envelope | undefined {
  return stored?.envelopes.find(({ inputs }) =>
    files.every(({ sha256 }) => inputs.some((input) => input.sha256 === sha256)),
  );
}

interface Chaining {
  readonly run: string;
  readonly stored: StoredRun | null;
  readonly parts: readonly Part[];
  readonly bound: BoundChecklist;
}

/** With what other tools say, where something is given: it belongs to the one file there is. */
function planJoined(intake: Intake, chaining: Chaining): IntakePlan {
  const [part] = chaining.parts;
  if (intake.foreign === null || !part) return planRecords(intake, chaining);
  const known = intake.installation.site.knownExamples;
  const earlier = (chaining.stored?.envelopes ?? []).flatMap(({ record }) => record.results);
  const joined = joinPart(intake.foreign, part, { checklist: chaining.bound.checklist, known, earlier });
  if ("faults" in joined) return { status: "refused", faults: joined.faults };
  return planRecords(intake, { ...chaining, parts: [joined.part] });
}

function planRecords(intake: Intake, chaining: Chaining): IntakePlan {
  const { stored, parts, bound } = chaining;
  const before: readonly ChainedRecord[] = (stored?.envelopes ?? []).map(
    ({ record, digest, receivedAt }) => ({
      record,
      digest,
      receivedAt,
    }),
  );
  const chain = [...before];
  for (const part of parts) {
    const record = complete(part, bound.checklist.digest, chain.at(-1)?.digest, intake.redactions);
    chain.push({ record, digest: digestOf(canonicalJson(record)), receivedAt: intake.receivedAt });
  }
  const assembly = assemble(chain);
  if ("faults" in assembly) {
    const apart = bindRecords(chain, bound.checklist).filter(({ record }) => record > before.length);
    const more = apart.filter(
      (fault) => !assembly.faults.some((one) => one.record === fault.record && one.pointer === fault.pointer),
    );
    return refusal([...assembly.faults, ...more], parts, before.length);
  }
  const kept = keptEvidence(stored);
  for (const file of parts.flatMap(({ found }) => found)) kept.set(file.id, file.sha256);
  const faults = [
    ...bind(assembly.run, bound.checklist, factsOf(intake, bound, assembly.run, kept)),
    ...keyFaults(assembly.run),
  ];
  if (faults.length > 0) return refusal(faults, parts, before.length);
  return assemblePlan(intake, chaining, chain);
}

function factsOf(intake: Intake, { checklist }: BoundChecklist, run: Run, kept: KeptEvidence): Facts {
  const { root, installation, tool } = intake;
  return gatherFacts({ root, installation, checklist, run, kept, tool });
}

/** Each fault at its place in the file that it came with; what lies in a stored record is said of the first file. */
function refusal(faults: readonly RunFault[], parts: readonly Part[], before: number): IntakePlan {
  const [first] = parts;
  if (!first) throw new RangeError("there is no part to blame");
  return {
    status: "refused",
    faults: faults.map(({ record, pointer, rule, reason, hint }) => {
      const part = parts[record - 1 - before];
      if (part) return faultIn(part.results, rule, pointer, reason, hint);
      return faultIn(
        first.results,
        rule,
        "",
        `in the stored record ${record}, at ${pointer}: ${reason}`,
        hint,
      );
    }),
  };
}

/** The record as it is kept: what it leaves open and what binds it is filled in. */
function complete(
  { results, found: files }: Part,
  checklist: string,
  previous: string | undefined,
  { pointers }: Redactions,
): WrittenRecord {
  const { record } = results;
  const found = new Map(files.map((file) => [file.id, file]));
  const gaps = [
    ...pointers,
    ...files.flatMap(({ id, redacted }) => redacted?.lines.map((line) => `${id}:${line}`) ?? []),
  ];
  return {
    ...record,
    ...(previous === undefined ? {} : { previous: record.previous ?? previous }),
    checklist: { ...record.checklist, digest: record.checklist.digest ?? checklist },
    ...(gaps.length > 0 && { redacted: [...new Set([...(record.redacted ?? []), ...gaps])] }),
    ...(record.evidence && {
      evidence: record.evidence.map((entry) => {
        const file = found.get(entry.id);
        const named = withPrefix(entry.sha256);
        // What was what the record names, before lines were taken out, is what it names now.
        const was = file?.redacted && (named === undefined || named === file.redacted.original);
        const sha256 = was ? file.sha256 : (named ?? file?.sha256);
        const bytes = was ? file.bytes.length : (entry.bytes ?? file?.bytes.length);
        return { ...entry, ...(sha256 !== undefined && { sha256 }), ...(bytes !== undefined && { bytes }) };
      }),
    }),
  };
}

function assemblePlan(
  intake: Intake,
  { run, stored, parts, bound }: Chaining,
  chain: readonly ChainedRecord[],
): IntakePlan {
  const { checklist } = bound;
  const policy = policyOf(intake.installation.site);
  const kept = keptEvidence(stored);
  const before = chain.length - parts.length;
  const reports: Report[] = [];
  const envelopes = parts.map((part, index): Envelope => {
    const n = before + index + 1;
    for (const file of part.found) kept.set(file.id, file.sha256);
    const assembly = assemble(chain.slice(0, n));
    const link = chain[n - 1];
    if (!("run" in assembly) || !link)
      throw new Error("a chain that holds together must do so up to each record");
    const facts = factsOf(intake, bound, assembly.run, kept);
    const report = judge({ checklist, run: assembly.run, facts, policy });
    reports.push(report);
    return sealed(
      structuredClone({
        schema: "countersign/envelope@1",
        n,
        through: chain.length,
        receivedAt: intake.receivedAt,
        tool: intake.tool,
        rules: report.rules,
        policy,
        gathered: facts,
        checklist: { id: checklist.id, version: checklist.version, digest: checklist.digest },
        inputs: [part, ...part.beside].map(({ name, sha256 }) => ({ name: basename(name), sha256 })),
        evidence: part.found.map(({ id, sha256, bytes, type }) => ({
          id,
          sha256,
          bytes: bytes.length,
          type,
        })),
        previous: chain[n - 2]?.digest ?? null,
        digest: link.digest,
        record: link.record,
        judged: judgedOf(report),
      }) as Omit<Envelope, "seal">,
    );
  });
  return {
    status: "planned",
    reports,
    warnings: parts.flatMap(({ results }) => results.warnings),
    plan: {
      run,
      after: stored?.envelopes.at(-1)?.digest ?? null,
      envelopes,
      inputs: parts.flatMap((part) => [part, ...part.beside].map(({ sha256, bytes }) => ({ sha256, bytes }))),
      evidence: parts.flatMap(({ found }) => found.map(({ sha256, bytes }) => ({ sha256, bytes }))),
      checklist: stored ? null : bound.source,
    },
  };
}
