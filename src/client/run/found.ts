/** Everything that can be said of an item, in one dialog: every status, why, values, blanks, files, a second person; and corrections. */
import type { Item } from "../../model/checklist.ts";
import { statusesOf } from "../../model/fitting.ts";
import type { WrittenObservation, WrittenResult } from "../../model/result.schema.ts";
import type { ResultStatus } from "../../model/result.ts";
import type { WrittenRecord } from "../../model/run.schema.ts";
import { sayBound, sayMetric } from "../../model/say.ts";
import { metricsOf } from "../../model/working/asked.ts";
import { addEvidence, addResult, correctResult, resultOf } from "../../model/working/record.ts";
import { type Child, make } from "../node.ts";
import { t } from "../words.ts";
import { clockTime, fromLocal, now, toLocal } from "./clock.ts";
import { type Desk, named, nameOf } from "./desk.ts";
import { ask, choose, field, typed } from "./dialog.ts";
import { keepFiles } from "./evidence.ts";
import { spoken } from "./spoken.ts";

/** @param preset the status that was tapped; null where nothing is said yet */
export async function askFound(desk: Desk, item: Item, preset: ResultStatus | null): Promise<void> {
  const { record } = desk.kept();
  const before = item.repeat === null ? resultOf(record, item.id) : undefined;
  const opened = now();
  const answer = await askAll(desk, item, { preset, before, opened });
  if (answer === null) return;
  const files = await keepFiles(answer.getAll("files"));
  const isCorrection = typed(answer, "kind") === "correct";
  const status = typed(answer, "status") as ResultStatus;
  // A browser leaves out seconds that are zero, so times are compared and not their texts.
  const isUntouched = fromLocal(typed(answer, "at")) === fromLocal(toLocal(before?.at ?? opened));
  await desk.act(
    (start, by, at) => {
      const witness = typed(answer, "witness");
      let next = start;
      let watched: string | undefined;
      if (witness !== "") ({ record: next, id: watched } = named(next, witness));
      const evidence: string[] = [];
      for (const file of files) {
        const added = addEvidence(next, { ...file, at, by });
        next = added.record;
        evidence.push(added.id);
      }
      const given = isUntouched ? null : fromLocal(typed(answer, "at"));
      const known = isCorrection ? resultOf(next, item.id) : undefined;
      const content = contentOf(item, answer, { at: given ?? known?.at ?? at, evidence, watched });
      if (known) {
        const right = rightOf(known, { status, ...content, ...(given === null ? {} : { at: given }) });
        return correctResult(next, known, right, { by, at, reason: typed(answer, "why"), isRepeated: false });
      }
      const found = {
        item: item.id,
        status,
        by,
        at: given ?? at,
        ...(given === null ? {} : { enteredAt: at }),
        ...content,
      };
      return addResult(next, found, item.repeat !== null);
    },
    `${item.number} ${spoken(status)}${isCorrection ? t(", corrected") : ""}`,
  );
  await desk.keep((kept) => {
    const { [item.id]: _, ...rest } = kept.typed;
    return { ...kept, typed: rest };
  });
}

interface Looking {
  readonly preset: ResultStatus | null;
  /** What is recorded of the item; undefined where nothing is, or where this is one reading of several. */
  readonly before: WrittenResult | undefined;
  readonly opened: string;
}

function askAll(desk: Desk, item: Item, { preset, before, opened }: Looking): Promise<FormData | null> {
  return ask(
    {
      title: `${item.number} ${item.text}`,
      submit: t("Record"),
      check: (data) => faultOf(desk, item, data, before),
    },
    ...(before ? [changeKind(desk.kept().record, before)] : []),
    choose(
      "status",
      t("What was found"),
      statusesOf[item.role].map((status) => [status, spoken(status)] as const),
      preset ?? before?.status ?? "",
    ),
    ...values(desk, item, before),
    ...item.captures.map(({ id, label, required, type }) =>
      field(`capture ${id}`, label, {
        value: String(before?.capture?.[id] ?? ""),
        ...(type === "number" ? { type: "text" } : {}),
        ...(required ? { hint: t("asked for") } : {}),
      }),
    ),
    field("reason", t("Why (asked for where it was skipped, failed or is not applicable)"), {
      rows: 2,
      value: before?.reason ?? "",
    }),
    field("at", t("When"), { type: "datetime-local", value: toLocal(before?.at ?? opened) }),
    fileField(item),
    field("witness", item.witness ? t("Who watched (asked for)") : t("Who watched"), {
      value: before?.witness ? nameOf(desk.kept().record, before.witness) : "",
    }),
    field("note", t("A note"), { rows: 2, value: before?.note ?? "" }),
    ...(before ? [field("why", t("Why it is corrected"), { hint: t("Only for a correction.") })] : []),
  );
}

/** What a correction says that is not recorded yet; what was emptied is taken out, and files are added to those there. */
function rightOf(known: WrittenResult, now: Content & { status: ResultStatus; at?: string }): Correction {
  const { evidence = [], observed, ...texts } = now;
  const emptied = (["reason", "note"] as const).filter((key) => known[key] !== undefined && !(key in texts));
  return {
    ...texts,
    ...Object.fromEntries(emptied.map((key) => [key, undefined])),
    ...(evidence.length === 0 ? {} : { evidence: [...(known.evidence ?? []), ...evidence] }),
    ...(observed === undefined || said(observed) === said(known.observed ?? []) ? {} : { observed }),
  };
}

type Correction = Parameters<typeof correctResult>[2];

/** The values alone: that they are said again changes nothing about when they were seen. */
function said(observed: readonly WrittenObservation[]): string {
  return JSON.stringify(
    observed.map(({ metric, value, unit, from, source }) => [metric, value, unit, from, source]),
  );
}

function changeKind(record: WrittenRecord, { status, by, at }: WrittenResult): HTMLElement {
  const said = `${t("{status} by {who}", { status: spoken(status ?? ""), who: nameOf(record, by) })}${at === undefined ? "" : t(" at {time}", { time: clockTime(at) })}`;
  return choose(
    "kind",
    t("Recorded: {what}", { what: said }),
    [
      ["again", t("It was tried again: the earlier try stays on record")],
      ["correct", t("It was recorded wrongly: correct it, with a reason")],
    ],
    "again",
  );
}

function values(desk: Desk, item: Item, before: WrittenResult | undefined): Child[] {
  const kept = desk.kept().typed[item.id] ?? {};
  const metrics = metricsOf(item);
  const known = (metric: string): string => {
    const seen = before?.observed?.find(
      (one) => (one.metric ?? "") === metric || metrics.length === 1,
    )?.value;
    return kept[metric] ?? (seen === undefined || seen === null ? "" : String(seen));
  };
  const free = item.observe && metrics.length === 0;
  const held = item.limits.some((limit) => limit.for !== null);
  return [
    ...metrics.map((limit) =>
      field(
        `value ${limit.metric}`,
        `${sayMetric(limit.metric, desk.checklist.metrics)}${limit.unit === null ? "" : `, ${limit.unit}`}`,
        {
          value: known(limit.metric),
          hint: sayBound(limit),
        },
      ),
    ),
    ...(free ? [field("value ", t("Value seen"), { value: known("") })] : []),
    ...(held
      ? [
          field("since", t("Seen to hold since"), {
            type: "datetime-local",
            hint: t("The limit has to hold for some time."),
          }),
        ]
      : []),
    ...(metrics.length > 0 || free
      ? [field("source", t("Where it was read"), { value: before?.observed?.[0]?.source ?? "" })]
      : []),
  ];
}

function fileField(item: Item): HTMLElement {
  const input = make("input", { type: "file", name: "files", multiple: "" });
  return make(
    "label",
    { class: "field" },
    make("span", {}, item.evidence ? t("Evidence (asked for)") : t("Evidence")),
    input,
    make("small", {}, t("Files stay on this computer; the record holds their digests.")),
  );
}

interface Given {
  readonly at: string;
  readonly evidence: readonly string[];
  readonly watched: string | undefined;
}

type Content = Partial<
  Pick<WrittenResult, "reason" | "note" | "observed" | "capture" | "evidence" | "witness">
>;

function contentOf(item: Item, data: FormData, { at, evidence, watched }: Given): Content {
  const observed = observedOf(item, data, at);
  const capture = item.captures.flatMap(({ id }) => {
    const value = typed(data, `capture ${id}`);
    return value === "" ? [] : [[id, value] as const];
  });
  const text = (key: "reason" | "note"): Content =>
    typed(data, key) === "" ? {} : { [key]: typed(data, key) };
  return {
    ...text("reason"),
    ...text("note"),
    ...(observed.length === 0 ? {} : { observed }),
    ...(capture.length === 0 ? {} : { capture: Object.fromEntries(capture) }),
    ...(evidence.length === 0 ? {} : { evidence: [...evidence] }),
    ...(watched === undefined ? {} : { witness: watched }),
  };
}

function observedOf(item: Item, data: FormData, at: string): WrittenObservation[] {
  const since = typed(data, "since");
  const from = since === "" ? null : fromLocal(since);
  const source = typed(data, "source");
  const figures = metricsOf(item).map(({ metric, unit }) => ({ metric, unit }));
  return [...figures, { metric: "", unit: null }].flatMap(({ metric, unit }) => {
    const value = typed(data, `value ${metric}`);
    if (value === "") return [];
    return [
      {
        ...(metric === "" ? {} : { metric }),
        value,
        // A unit that was typed behind the figure counts.
        ...(unit !== null && /^[+-]?[\d.]+$/.test(value) ? { unit } : {}),
        ...(from === null ? {} : { from }),
        ...(metric === "" ? {} : { to: at }),
        ...(source === "" ? {} : { source }),
      },
    ];
  });
}

const EXPLAINED: ReadonlySet<string> = new Set(["skipped", "not-applicable", "failed", "blocked"]);

function faultOf(desk: Desk, item: Item, data: FormData, before: WrittenResult | undefined): string | null {
  const status = typed(data, "status");
  const at = fromLocal(typed(data, "at"));
  const since = typed(data, "since");
  if (status === "") return t("Say what was found.");
  if (EXPLAINED.has(status) && typed(data, "reason") === "") return t("Say why: the report prints it.");
  if (item.mandatory && (status === "skipped" || status === "not-applicable"))
    return t("This item is mandatory: it can be neither skipped nor not applicable.");
  if (at === null) return t("Say when it was done.");
  if (Date.parse(at) > Date.parse(now())) return t("That time has not come yet.");
  if (since !== "" && Date.parse(fromLocal(since) ?? at) > Date.parse(at))
    return t("It cannot hold since a time after it was seen.");
  if (before && typed(data, "kind") === "correct" && typed(data, "why") === "")
    return t("Say why it is corrected.");
  if (item.witness && status === "passed" && typed(data, "witness") === "") return t("Say who watched.");
  if (typed(data, "witness") !== "" && typed(data, "witness") === desk.me().name)
    return t("Who watches is somebody else.");
  return null;
}
