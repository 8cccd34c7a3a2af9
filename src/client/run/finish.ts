/** Saving, reviewing, closing: the results file that `ingest` takes, and what it needs beside it. */
import type { ItemState } from "../../model/judgement/states.ts";
import type { WrittenRecord } from "../../model/run.schema.ts";
import { firstWords } from "../../model/working/asked.ts";
import { make } from "../node.ts";
import { t } from "../words.ts";
import { clockTime } from "./clock.ts";
import type { Desk } from "./desk.ts";
import { ask, choose, field, save, typed } from "./dialog.ts";
import { filesOf } from "./evidence.ts";
import { bringIn, readRecord, saveRecord } from "./transfer.ts";

const OPEN: ReadonlySet<string> = new Set(["not-recorded", "not-due"]);

/** Items that a close has to give a reason for: required, applying, and not recorded; follow-ups outlive the run. */
export function openItems(desk: Desk): readonly ItemState[] {
  return desk
    .view()
    .states.filter(
      ({ item, status, settled }) =>
        firstWords(item).length > 0 &&
        item.role !== "bands" &&
        item.role !== "follow-up" &&
        !item.optional &&
        OPEN.has(status) &&
        settled?.status == null,
    );
}

const FEW = 12;

function firstNumbers(open: readonly ItemState[]): string {
  const numbers = open.slice(0, FEW).map(({ item }) => item.number);
  return `${numbers.join(", ")}${open.length > FEW ? " …" : ""}`;
}

export async function askFinish(desk: Desk): Promise<void> {
  const { record, saved, typed: waiting } = desk.kept();
  const open = openItems(desk);
  const unsigned = desk
    .view()
    .signing.filter(
      ({ signoff, state }) => !signoff.optional && (state === "not signed" || state === "not due"),
    );
  const left = Object.values(waiting)
    .flatMap(Object.values)
    .filter((value) => value.trim() !== "").length;
  const files = await filesOf(record);
  const facts = [
    open.length === 0
      ? t("Nothing that has to be recorded is open.")
      : t("{count} open: {items}", { count: open.length, items: firstNumbers(open) }),
    unsigned.length === 0
      ? t("All signatures are there.")
      : t("NOT SIGNED: {roles}", { roles: unsigned.map(({ signoff }) => signoff.role).join(", ") }),
    left === 0
      ? null
      : t("{count} values are typed and not recorded: they are not in the file.", { count: left }),
    saved === null
      ? t("Not saved to a file since something was recorded.")
      : t("Saved at {time}.", { time: clockTime(saved) }),
  ].filter((fact) => fact !== null);
  const choices: (readonly [string, string])[] = [
    [
      "save",
      files.length === 0
        ? t("Save the results file")
        : t("Save the results file, and {count} files of evidence", { count: files.length }),
    ],
  ];
  choices.push(
    record.closed
      ? ["open", t("Take the close back, as long as it was not handed in")]
      : ["close", t("Close the run and save")],
  );
  choices.push(
    ["review", t("Write the review")],
    ["merge", t("Merge somebody else’s file")],
    ["print", t("Print with progress")],
  );
  const answer = await ask(
    { title: t("Save, finish"), submit: t("Do it") },
    make("ul", {}, ...facts.map((fact) => make("li", {}, fact))),
    choose("what", t("What now"), choices, "save"),
  );
  switch (answer === null ? "" : typed(answer, "what")) {
    case "save":
      return saveAll(desk);
    case "close":
      return close(desk, open);
    case "open":
      await desk.act(({ closed: _, ...rest }) => rest, t("The run is open again"));
      return;
    case "review":
      return review(desk);
    case "merge":
      return merge(desk);
    case "print":
      return print();
    default:
      return;
  }
}

async function saveAll(desk: Desk): Promise<void> {
  const kept = desk.kept();
  const files = await filesOf(kept.record);
  const at = saveRecord(kept);
  if (files.length > 0) {
    const { zipped } = await import("./zip.ts");
    save(`${kept.record.run}-evidence.zip`, await zipped(files));
  }
  await desk.keep((now) => ({
    ...now,
    saved: now.record === kept.record || same(now.record, kept.record) ? at : null,
  }));
  const how =
    files.length === 0
      ? `countersign ingest ${kept.record.run}.json`
      : t("unzip the evidence, then countersign ingest {run}.json --evidence <folder>", {
          run: kept.record.run,
        });
  desk.say(t("Saved {run}.json. Hand it in: {how}", { run: kept.record.run, how }));
}

function same(a: WrittenRecord, b: WrittenRecord): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

async function close(desk: Desk, open: readonly ItemState[]): Promise<void> {
  const answer = await ask(
    {
      title: t("Close the run"),
      submit: t("Close and save"),
      check: (data) =>
        open.some(({ item }) => typed(data, `reason ${item.id}`) === "")
          ? t("Give a reason for each item that stays open.")
          : null,
    },
    make(
      "p",
      {},
      t(
        "After the close nothing of the work can be added; follow-ups, signatures, the review and corrections can.",
      ),
    ),
    ...(open.length === 0
      ? [make("p", {}, t("Nothing that has to be recorded is open."))]
      : open.flatMap(({ item }) => [
          make("p", {}, make("b", {}, `${item.number} ${item.text}`)),
          field(`reason ${item.id}`, t("Why {item} stays open", { item: item.number })),
          field(`owner ${item.id}`, t("Whose it is")),
          field(`due ${item.id}`, t("Until when"), { type: "date" }),
        ])),
  );
  if (answer === null) return;
  const isClosed = await desk.act((record, by, at) => {
    const entries = open.map(({ item: { id } }) => {
      const more = (key: string): object =>
        typed(answer, `${key} ${id}`) === "" ? {} : { [key]: typed(answer, `${key} ${id}`) };
      return { item: id, ...more("reason"), ...more("owner"), ...more("due") };
    });
    return { ...record, closed: { at, by, ...(entries.length === 0 ? {} : { open: entries }) } };
  }, t("Closed"));
  if (isClosed) await saveAll(desk);
}

async function review(desk: Desk): Promise<void> {
  const { review: before = {} } = desk.kept().record;
  const lines = (name: string, data: FormData): string[] =>
    typed(data, name)
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
  const answer = await ask(
    { title: t("Review"), submit: t("Keep") },
    field("well", t("What went well, one a line"), { rows: 4, value: (before.well ?? []).join("\n") }),
    field("improve", t("What to improve, one a line"), { rows: 4, value: (before.improve ?? []).join("\n") }),
    field("actions", t("Actions, one a line"), {
      rows: 3,
      value: (before.actions ?? []).map(({ text }) => text).join("\n"),
    }),
  );
  if (answer === null) return;
  await desk.act((record, _by, at) => {
    const known = record.review?.actions ?? [];
    const [well, improve] = [lines("well", answer), lines("improve", answer)];
    const actions = lines("actions", answer).map(
      (text) => known.find((one) => one.text === text) ?? { text },
    );
    return {
      ...record,
      review: {
        ...record.review,
        at,
        ...(well.length > 0 ? { well } : {}),
        ...(improve.length > 0 ? { improve } : {}),
        ...(actions.length > 0 ? { actions } : {}),
      },
    };
  }, t("Review kept"));
}

async function merge(desk: Desk): Promise<void> {
  const input = make("input", { type: "file", name: "file", accept: ".json,application/json" });
  const answer = await ask(
    { title: t("Merge somebody else’s file"), submit: t("Merge") },
    make("label", { class: "field" }, make("span", {}, t("Results file of this run")), input),
  );
  const file = answer?.get("file");
  if (!(file instanceof File) || file.size === 0) return;
  const read = readRecord(await file.text(), desk.checklist);
  if ("reason" in read)
    return desk.say(t("{file} was not merged: {reason}", { file: file.name, reason: read.reason }));
  if (read.record.run !== desk.kept().record.run)
    return desk.say(
      t("{file} was not merged: {reason}", {
        file: file.name,
        reason: t("it is of the run {run}", { run: read.record.run }),
      }),
    );
  const key = await bringIn(read.record, desk.checklist, desk.me().name ?? desk.me().id);
  if (key !== null) await desk.keep((kept) => kept);
  desk.say(key === null ? t("Nothing was merged.") : t("{file} is merged.", { file: file.name }));
}
