/** Results files in and out: what is brought in is merged with what is here, and what is saved is what `ingest` takes. */
import type { Checklist } from "../../model/checklist.ts";
import { statusesOf } from "../../model/fitting.ts";
import { parseInstant } from "../../model/instant.ts";
import { recordedTimes } from "../../model/moments.ts";
import { outlineOf } from "../../model/outline.ts";
import { isTree, type Json, listParts } from "../../model/parts.ts";
import type { WrittenResult } from "../../model/result.schema.ts";
import type { WrittenRecord } from "../../model/run.schema.ts";
import { type Conflict, mergeParts, resolveConflict } from "../../model/working/merge.ts";
import { handIn } from "../../model/working/record.ts";
import { make } from "../node.ts";
import { t } from "../words.ts";
import { clockTime, now } from "./clock.ts";
import { named, nameOf } from "./desk.ts";
import { ask, choose, save, typed } from "./dialog.ts";
import { spoken } from "./spoken.ts";
import { changeRun, type KeptRun, keyOf, readRun } from "./store.ts";

/** A results file of this version, or why it is none. `ingest` checks all of it; here what this page has to rely on. */
export function readRecord(
  text: string,
  checklist: Checklist,
): { readonly record: WrittenRecord } | { readonly reason: string } {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (cause) {
    return { reason: t("it is no JSON ({reason})", { reason: String(cause) }) };
  }
  if (!isTree(value)) return { reason: t("it holds no results: a results file is one JSON object") };
  const record = value as unknown as WrittenRecord;
  if (record.schema !== "countersign/run@1")
    return {
      reason: t('its schema is {schema}, expected "countersign/run@1"', {
        schema: JSON.stringify(value.schema),
      }),
    };
  const { id, version, digest = checklist.digest } = record.checklist ?? {};
  if (id !== checklist.id || version !== checklist.version)
    return {
      reason: t("it is of {theirs}, and this page of {ours}", {
        theirs: `${id}@${version}`,
        ours: `${checklist.id}@${checklist.version}`,
      }),
    };
  if (digest !== checklist.digest)
    return { reason: t("it was recorded against another text of this version ({digest})", { digest }) };
  if (
    typeof record.run !== "string" ||
    parseInstant(String(record.asOf)) === null ||
    !isTree(value.deployment)
  )
    return { reason: t("it names no run, no time it is as of, or no deployment") };
  const unlisted = [...listParts.keys()].find((part) => !isListOrAbsent(value[part]));
  if (unlisted !== undefined)
    return { reason: t("{pointer} is no list of entries", { pointer: `/${unlisted}` }) };
  const untimed = recordedTimes(record).find(({ time }) => parseInstant(time) === null);
  if (untimed) return { reason: t("{pointer} is no time", { pointer: untimed.pointer }) };
  const wrong = Array.isArray(record.results)
    ? record.results.map(faultOf(checklist)).find(Boolean)
    : t("it has no list of results");
  return wrong ? { reason: wrong } : { record };
}

function isListOrAbsent(value: Json | undefined): boolean {
  return value === undefined || (Array.isArray(value) && value.every(isTree));
}

function faultOf(checklist: Checklist): (result: WrittenResult, index: number) => string | null {
  const { item: items } = outlineOf(checklist);
  return (result, index) => {
    const item = isTree(result as unknown as Json) ? items.get(result.item) : undefined;
    if (!item) return t("{pointer} is about no item of this checklist", { pointer: `/results/${index}` });
    const { status } = result;
    const fits = status === null || status === undefined || statusesOf[item.role].includes(status);
    return fits
      ? null
      : t("{pointer} is {status}, which {item} cannot be", {
          pointer: `/results/${index}/status`,
          status: JSON.stringify(status),
          item: item.number,
        });
  };
}

/** Merges a record into the run of its name on this computer, or keeps it as one. @returns the run's key; null if it was called off */
export async function bringIn(
  record: WrittenRecord,
  checklist: Checklist,
  name: string,
): Promise<string | null> {
  const of = `${checklist.id}@${checklist.version}`;
  const key = keyOf(of, record.run);
  const choices = new Map<string, "mine" | "theirs">();
  for (;;) {
    const here = await readRun(key);
    const conflicts = here === undefined ? [] : mergeParts(here.record, record, checklist).conflicts;
    const open = conflicts.filter(({ item }) => !choices.has(item));
    if (open.length === 0) break;
    if (!(await askConflicts(open, record, checklist, choices))) return null;
  }
  await changeRun(key, (found): KeptRun => {
    // A template has an entry for every item, which says nothing yet; and what is brought in may have been closed by mistake.
    const theirs = {
      ...record,
      results: record.results.filter(({ status, observed }) => status !== null || observed),
    };
    const merged =
      found === undefined ? { record: theirs, conflicts: [] } : mergeParts(found.record, theirs, checklist);
    const settled = merged.conflicts.reduce(
      (state, conflict) => resolveConflict(state, conflict, choices.get(conflict.item) ?? "mine"),
      merged.record,
    );
    const me = named(settled, name);
    return { key, of, record: me.record, me: found?.me ?? me.id, typed: found?.typed ?? {}, saved: null };
  });
  return key;
}

async function askConflicts(
  conflicts: readonly Conflict[],
  record: WrittenRecord,
  checklist: Checklist,
  choices: Map<string, "mine" | "theirs">,
): Promise<boolean> {
  const { item: items } = outlineOf(checklist);
  const says = ({ status, by, at }: WrittenResult): string =>
    `${spoken(status ?? "")} (${nameOf(record, by)}${at === undefined ? "" : `, ${clockTime(at)}`})`;
  const answer = await ask(
    {
      title: t("Two people say different things"),
      submit: t("Merge"),
      check: (data) =>
        conflicts.some(({ item }) => typed(data, item) === "") ? t("Say for each which one counts.") : null,
    },
    make("p", {}, t("The other one stays on record as an earlier try.")),
    ...conflicts.map(({ item, mine, theirs }) =>
      choose(item, `${items.get(item)?.number ?? item} ${items.get(item)?.text ?? ""}`, [
        ["mine", t("here: {what}", { what: says(mine) })],
        ["theirs", t("in the file: {what}", { what: says(theirs) })],
      ]),
    ),
  );
  if (answer === null) return false;
  for (const { item } of conflicts) choices.set(item, typed(answer, item) === "theirs" ? "theirs" : "mine");
  return true;
}

/** Saves the results as a file, true as of now. */
export function saveRecord({ record }: KeptRun): string {
  const at = now();
  const text = `${JSON.stringify(handIn(record, at), null, 2)}\n`;
  save(`${record.run}.json`, new Blob([text], { type: "application/json" }));
  return at;
}
