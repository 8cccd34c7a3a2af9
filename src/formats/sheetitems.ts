/** Rows of a filled sheet to results: boxes, initials, times, values, and the reasons at the foot of a section. */
import type { Checklist, Item } from "../model/checklist.ts";
import { outlineOf } from "../model/outline.ts";
import type { WrittenObservation, WrittenResult } from "../model/result.schema.ts";
import { type Blanks, blankPart, partId } from "./sheetblanks.ts";
import type { People } from "./sheetpeople.ts";
import type { Clock } from "./sheettimes.ts";

type Status = NonNullable<WrittenResult["status"]>;

const TICKED: Readonly<Record<string, Status>> = {
  pass: "passed",
  fail: "failed",
  na: "not-applicable",
  fired: "fired",
  clear: "clear",
  met: "met",
  "not-met": "not-met",
  seen: "seen",
};

export interface SheetContext {
  readonly blanks: Blanks;
  readonly people: People;
  readonly clock: Clock;
  readonly checklist: Checklist;
  /** A moment close to those of a section: its begin, or that of one around it; null where no date is written. */
  readonly near: (section: string) => string | null;
}

interface Reason {
  readonly text: string | null;
  readonly by: string | undefined;
}

export function resultsOfSheet(context: SheetContext): readonly WrittenResult[] {
  const { checklist } = context;
  const reasons = reasonsOf(context);
  return outlineOf(checklist)
    .items.filter(({ derived }) => derived === null)
    .flatMap((item) => [...resultOf(item, reasons.get(item.id), context), ...readingsOf(item, context)]);
}

/** Reasons by item; they name it by its number on the sheet. */
function reasonsOf({ blanks, people, checklist }: SheetContext): ReadonlyMap<string, Reason> {
  const { items, sections } = outlineOf(checklist);
  const reasons = new Map<string, Reason>();
  for (const { id } of sections) {
    const prefix = `section.${blankPart(id)}.reason`;
    for (const line of new Set(blanks.below(prefix).map((rest) => rest.split(".")[0] ?? ""))) {
      const place = `${prefix}.${line}`;
      const [number, text] = [blanks.text(`${place}.item`), blanks.text(`${place}.text`)];
      const by = people.initials(blanks.text(`${place}.by`), `${place}.by`);
      const wanted = number?.replace(/[.\s]+$/, "");
      const item = items.find((one) => one.number === wanted || one.id === wanted);
      if (item) reasons.set(item.id, { text, by });
      else
        blanks.wrong(
          `${place}.item`,
          number === null
            ? "is empty, and a reason is written beside it"
            : `is no number of an item: '${number}'`,
          `write the number of the item, such as ${items[0]?.number ?? "1.1"}`,
        );
    }
  }
  return reasons;
}

function resultOf(item: Item, reason: Reason | undefined, context: SheetContext): WrittenResult[] {
  const { blanks, people } = context;
  const place = `item.${blankPart(item.id)}`;
  const ticked = Object.keys(TICKED).filter((key) => blanks.ticked(`${place}.${key}`));
  if (ticked.length > 1)
    blanks.wrong(place, `has ${ticked.length} boxes ticked: ${ticked.join(", ")}`, "hand in what is meant");
  const [key = ""] = ticked;
  const status = TICKED[key] ?? (reason ? "skipped" : null);
  const by = people.initials(blanks.text(`${place}.by`), `${place}.by`) ?? reason?.by;
  const at = timeOf(item, place, context);
  const witness = people.initials(blanks.text(`${place}.witness`), `${place}.witness`);
  const observed = observedOf(place, context);
  const evidence = blanks.text(`${place}.evidence`);
  const capture = Object.fromEntries(
    item.captures.flatMap(({ id }) => {
      const value = blanks.text(`${place}.capture.${blankPart(id)}`);
      return value === null ? [] : [[id, value] as const];
    }),
  );
  const hasCapture = Object.keys(capture).length > 0;
  const isEmpty =
    by === undefined && at === undefined && observed.length === 0 && evidence === null && !hasCapture;
  if (status === null && isEmpty) return [];
  if (status === null) blanks.unsure(place, "is written on, and no box is ticked: it counts as not recorded");
  return [
    {
      item: item.id,
      status,
      ...(by === undefined ? {} : { by }),
      ...(at === undefined ? {} : { at }),
      ...(witness === undefined ? {} : { witness }),
      ...(reason?.text ? { reason: reason.text } : {}),
      ...(observed.length === 0 ? {} : { observed }),
      ...(hasCapture ? { capture } : {}),
      ...(evidence === null ? {} : { note: `Evidence as written on the sheet: ${evidence}` }),
    },
  ];
}

function timeOf(item: Item, place: string, { blanks, clock, near }: SheetContext): string | undefined {
  const written = blanks.text(`${place}.at`);
  if (written === null) return undefined;
  const begun = near(item.section);
  const at = clock(written, begun);
  if (at === null)
    blanks.wrong(
      `${place}.at`,
      `'${written}' is no moment${begun === null ? ", because no date is written at the head of its section" : ""}`,
      "write a time such as 22:15, and the date of its section such as 2026-03-04",
    );
  return at ?? undefined;
}

/** A figure, and its unit where one is written beside it. */
const FIGURE = /^([-+]?\d+(?:\.\d+)?)\s*(\D.*)?$/s;

function observationOf(written: string, metric: string | undefined): WrittenObservation {
  const [, value = written, unit] = FIGURE.exec(written) ?? [];
  return {
    ...(metric === undefined ? {} : { metric }),
    value: value.slice(0, 100),
    ...(unit === undefined ? {} : { unit: unit.trim() }),
  };
}

function observedOf(place: string, { blanks }: SheetContext): WrittenObservation[] {
  const alone = blanks.text(`${place}.value`);
  return [
    ...(alone === null ? [] : [observationOf(alone, undefined)]),
    ...blanks.below(`${place}.value`).flatMap((metric) => {
      const written = blanks.text(`${place}.value.${metric}`);
      return written === null ? [] : [observationOf(written, partId(metric))];
    }),
  ];
}

const SAID: readonly (readonly [RegExp, Status])[] = [
  [/^(?:ok|pass(?:ed)?|✓)\b\.?/i, "passed"],
  [/^(?:fail(?:ed)?|nok|not ok|✕)\b\.?/i, "failed"],
  [/^(?:n\/?a|not applicable)\b\.?/i, "not-applicable"],
];

/** An item that is looked at again and again: a result a column. */
function readingsOf(item: Item, context: SheetContext): WrittenResult[] {
  const { blanks, people } = context;
  const prefix = `item.${blankPart(item.id)}.reading`;
  const columns = new Set(blanks.below(prefix).map((rest) => rest.split(".")[0] ?? ""));
  return [...columns].map((column): WrittenResult => {
    const place = `${prefix}.${column}`;
    const result = blanks.text(`${place}.result`);
    const said = result === null ? undefined : SAID.find(([word]) => word.test(result));
    const rest = said ? (result ?? "").replace(said[0], "").trim() : null;
    if (result !== null && !said)
      blanks.wrong(
        `${place}.result`,
        `'${result}' says neither ok nor failed`,
        "write ok, failed or n/a, then initials",
      );
    const observed = blanks.below(place).flatMap((metric) => {
      const written = metric === "result" ? null : blanks.text(`${place}.${metric}`);
      return written === null ? [] : [observationOf(written, partId(metric))];
    });
    const by = people.initials(rest === "" ? null : rest, `${place}.result`);
    return {
      item: item.id,
      status: said?.[1] ?? null,
      ...(by === undefined ? {} : { by }),
      ...(observed.length === 0 ? {} : { observed }),
    };
  });
}
