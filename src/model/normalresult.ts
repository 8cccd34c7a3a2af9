/** From the written form of results and evidence to the normal one: every field there, every default named. */

import type { WrittenEvidence, WrittenObservation, WrittenResult } from "./result.schema.ts";
import type { Evidence, Finding, Observation, RunResult } from "./result.ts";

/** An entry that knows its record. */
export type Tagged = { readonly record?: number };

/** The number of the record that an entry came with. */
export const from = (entry: Tagged): number => entry.record ?? 1;

/** Yes-no answers become `yes` and `no`; everything else its text. */
export function texts(
  values: Readonly<Record<string, string | number | boolean>> | undefined,
  yesNo: boolean,
): Record<string, string> {
  const say = (value: string | number | boolean): string =>
    yesNo && typeof value === "boolean" ? (value ? "yes" : "no") : String(value);
  return Object.fromEntries(Object.entries(values ?? {}).map(([key, value]) => [key, say(value)]));
}

export function normalResult(written: WrittenResult & Tagged): RunResult {
  return {
    ...finding(written),
    item: written.item,
    record: from(written),
    attempts: (written.attempts ?? []).map(finding),
    waiver: written.waiver ?? null,
  };
}

function finding(written: Omit<WrittenResult, "item" | "attempts" | "waiver">): Finding {
  return {
    status: written.status,
    by: written.by ?? null,
    at: written.at ?? null,
    enteredAt: written.enteredAt ?? null,
    started: written.started ?? null,
    reason: written.reason ?? null,
    method: written.method ?? null,
    witness: written.witness ?? null,
    observed: (written.observed ?? []).map(observation),
    captures: texts(written.capture, true),
    evidence: written.evidence ?? [],
    note: written.note ?? null,
  };
}

function observation(written: WrittenObservation): Observation {
  return {
    metric: written.metric ?? null,
    value: written.value === null ? null : String(written.value),
    unit: written.unit ?? null,
    from: written.from ?? null,
    to: written.to ?? null,
    statistic: written.statistic ?? null,
    samples: written.samples ?? null,
    source: written.source ?? null,
  };
}

export function normalEvidence(written: WrittenEvidence & Tagged): Evidence {
  return {
    id: written.id,
    record: from(written),
    name: written.name ?? written.file ?? written.id,
    type: written.type ?? null,
    bytes: written.bytes ?? null,
    sha256: written.sha256 === undefined ? null : `sha256:${written.sha256.replace(/^sha256:/, "")}`,
    at: written.at ?? null,
    by: written.by ?? null,
    file: written.file ?? null,
    pair: written.pair ?? null,
  };
}
