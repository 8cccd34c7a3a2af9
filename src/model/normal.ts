/** From the written form, merged, to the normal form of a run: every field there, every default named. */
import { from, normalEvidence, normalResult, type Tagged, texts } from "./normalresult.ts";
import type { WrittenRecord } from "./run.schema.ts";
import type {
  Change,
  CommandRun,
  Decision,
  Deployment,
  Disposition,
  Incident,
  Message,
  Person,
  RecordSource,
  Review,
  Run,
  Signature,
} from "./run.ts";

/** A merged record: as written, and every entry of a list knows its record. */
export type Merged = Omit<WrittenRecord, "schema" | "asOf" | "previous" | "amends" | "source" | "extra">;

type Part<K extends keyof WrittenRecord> = NonNullable<WrittenRecord[K]>;
type Entry<K extends keyof WrittenRecord> = Part<K> extends readonly (infer E)[] ? E & Tagged : never;

/** What of a run follows from its merged content alone. */
export type Content = Omit<Run, "id" | "checklist" | "chain" | "records" | "asOf" | "closed" | "corrections">;

/** The close in normal form. @param record number of the record that closes */
export function normalClosed(written: WrittenRecord["closed"], record: number): Run["closed"] {
  if (!written) return null;
  return {
    record,
    at: written.at,
    by: written.by ?? null,
    open: (written.open ?? []).map(({ item, reason, owner, due }) => ({
      item,
      reason: reason ?? null,
      owner: owner ?? null,
      due: due ?? null,
    })),
  };
}

/** Makes the content of a run. */
export function normalContent(merged: Merged): Content {
  const { window = {}, anchors = {} } = merged;
  return {
    deployment: deployment(merged.deployment),
    change: change(merged.change ?? {}),
    window: {
      plannedStart: window.plannedStart ?? null,
      plannedEnd: window.plannedEnd ?? null,
      start: window.start ?? null,
      end: window.end ?? null,
    },
    anchors: {
      target: anchors.target ?? null,
      start: anchors.start ?? null,
      live: anchors.live ?? null,
      rollback: anchors.rollback ?? null,
    },
    answers: texts(merged.answers, true),
    fields: texts(merged.fields, true),
    people: (merged.people ?? []).map(person),
    handovers: (merged.handovers ?? []).map((entry: Entry<"handovers">) => ({
      ...entry,
      record: from(entry),
    })),
    sections: (merged.sections ?? []).map(({ section, start, end }) => ({
      section,
      start: start ?? null,
      end: end ?? null,
    })),
    results: merged.results.map(normalResult),
    commands: (merged.commands ?? []).map(command),
    evidence: (merged.evidence ?? []).map(normalEvidence),
    decisions: (merged.decisions ?? []).map(decision),
    rollback: merged.rollback
      ? {
          trigger: merged.rollback.trigger ?? null,
          at: merged.rollback.at ?? null,
          paths: merged.rollback.paths ?? [],
          outcome: merged.rollback.outcome ?? null,
        }
      : null,
    signatures: (merged.signatures ?? []).map(signature),
    messages: (merged.messages ?? []).map(message),
    incidents: (merged.incidents ?? []).map(incident),
    review: merged.review ? review(merged.review) : null,
    dispositions: (merged.dispositions ?? []).map(disposition),
  };
}

function deployment(written: WrittenRecord["deployment"]): Deployment {
  return {
    environment: written.environment,
    from: written.from ?? null,
    to: written.to ?? null,
    commit: written.commit ?? null,
    artifacts: (written.artifacts ?? []).map(({ name, sha256 }) => ({ name, sha256: sha256 ?? null })),
  };
}

function change(written: Part<"change">): Change {
  return {
    id: written.id ?? null,
    url: written.url ?? null,
    type: written.type ?? "normal",
    preapproval: written.preapproval
      ? { id: written.preapproval.id, validUntil: written.preapproval.validUntil ?? null }
      : null,
    reason: written.reason ?? null,
    description: written.description ?? null,
    impact: written.impact ?? null,
    securityImpact: written.securityImpact ?? null,
    expected: written.expected ?? null,
    requester: written.requester ?? null,
    work: (written.work ?? []).map(({ url, authors, approvers, tests }) => ({
      url: url ?? null,
      authors: authors ?? [],
      approvers: approvers ?? [],
      tests: tests ?? null,
    })),
  };
}

function person(written: Entry<"people">): Person {
  return {
    id: written.id,
    name: written.name ?? written.id,
    role: written.role ?? null,
    identity: written.identity ?? "claimed",
    by: written.by ?? null,
    phone: written.phone ?? null,
  };
}

function decision(written: Entry<"decisions">): Decision {
  return {
    record: from(written),
    decision: written.decision,
    section: written.section ?? null,
    by: written.by ?? null,
    at: written.at ?? null,
    basis: written.basis ?? null,
  };
}

function signature(written: Entry<"signatures">): Signature {
  return {
    record: from(written),
    role: written.role,
    by: written.by ?? null,
    meaning: written.meaning ?? null,
    at: written.at ?? null,
    method: written.method ?? null,
    witness: written.witness ?? null,
    covers: { sections: written.covers?.sections ?? [], record: written.covers?.record ?? null },
    key: written.key ?? null,
  };
}

function message(written: Entry<"messages">): Message {
  return {
    record: from(written),
    template: written.template,
    at: written.at ?? null,
    by: written.by ?? null,
    channel: written.channel ?? null,
    values: texts(written.values, false),
  };
}

function incident(written: Entry<"incidents">): Incident {
  return {
    record: from(written),
    at: written.at,
    severity: written.severity ?? null,
    text: written.text,
    item: written.item ?? null,
    notified: (written.notified ?? []).map(({ who, level, at, acknowledged }) => ({
      who,
      level: level ?? null,
      at: at ?? null,
      acknowledged: acknowledged ?? null,
    })),
  };
}

function command(written: Entry<"commands">): CommandRun {
  return {
    record: from(written),
    command: written.command,
    by: written.by ?? null,
    at: written.at ?? null,
    ran: written.ran ?? null,
    exit: written.exit ?? null,
    output: written.output ?? null,
  };
}

function review(written: Part<"review">): Review {
  return {
    at: written.at ?? null,
    well: written.well ?? [],
    improve: written.improve ?? [],
    actions: (written.actions ?? []).map(({ text, owner, due, done }) => ({
      text,
      owner: owner ?? null,
      due: due ?? null,
      done: done ?? null,
    })),
    next: written.next
      ? {
          version: written.next.version ?? null,
          date: written.next.date ?? null,
          lead: written.next.lead ?? null,
        }
      : null,
  };
}

function disposition(written: Entry<"dispositions">): Disposition {
  return {
    record: from(written),
    rule: written.rule,
    item: written.item ?? null,
    by: written.by,
    at: written.at,
    accepted: written.accepted ?? null,
    action: written.action ?? null,
  };
}

/** How a record came about. */
export function normalSource(written: WrittenRecord["source"]): RecordSource | null {
  if (!written) return null;
  return {
    kind: written.kind,
    scan: written.scan ?? null,
    copy: written.copy ?? null,
    transcribedBy: written.transcribedBy ?? null,
    checkedBy: written.checkedBy ?? null,
  };
}
