/** Saving, reviewing, closing: the results file that `ingest` takes, and what it needs beside it. */
import type { ItemState } from "../../model/judgement/states.ts";
import type { WrittenRecord } from "../../model/run.schema.ts";
import { firstWords } from "../../model/working/asked.ts";
import { make } from "../node.ts";
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
      ? "Nothing that has to be recorded is open."
      : `${open.length} open: ${open
          .slice(0, 12)
          .map(({ item }) => item.number)
          .join(", ")}${open.length > 12 ? " …" : ""}`,
    unsigned.length === 0
      ? "All signatures are there."
      : `NOT SIGNED: ${unsigned.map(({ signoff }) => signoff.role).join(", ")}`,
    left === 0 ? null : `${left} values are typed and not recorded: they are not in the file.`,
    saved === null ? "Not saved to a file since something was recorded." : `Saved at ${clockTime(saved)}.`,
  ].filter((fact) => fact !== null);
  const choices: (readonly [string, string])[] = [
    [
      "save",
      files.length === 0
        ? "Save the results file"
        : `Save the results file, and ${files.length} files of evidence`,
    ],
  ];
  if (!record.closed) choices.push(["close", "Close the run and save"]);
  choices.push(
    ["review", "Write the review"],
    ["merge", "Merge somebody else’s file"],
    ["print", "Print with progress"],
  );
  const answer = await ask(
    { title: "Save, finish", submit: "Do it" },
    make("ul", {}, ...facts.map((fact) => make("li", {}, fact))),
    choose("what", "What now", choices, "save"),
  );
  switch (answer === null ? "" : typed(answer, "what")) {
    case "save":
      return saveAll(desk);
    case "close":
      return close(desk, open);
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
      : `unzip the evidence, then countersign ingest ${kept.record.run}.json --evidence <folder>`;
  desk.say(`Saved ${kept.record.run}.json. Hand it in: ${how}`);
}

function same(a: WrittenRecord, b: WrittenRecord): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

async function close(desk: Desk, open: readonly ItemState[]): Promise<void> {
  const answer = await ask(
    {
      title: "Close the run",
      submit: "Close and save",
      check: (data) =>
        open.some(({ item }) => typed(data, `reason ${item.id}`) === "")
          ? "Give a reason for each item that stays open."
          : null,
    },
    make(
      "p",
      {},
      "After the close nothing of the work can be added; follow-ups, signatures, the review and corrections can.",
    ),
    ...(open.length === 0
      ? [make("p", {}, "Nothing that has to be recorded is open.")]
      : open.flatMap(({ item }) => [
          make("p", {}, make("b", {}, `${item.number} ${item.text}`)),
          field(`reason ${item.id}`, `Why ${item.number} stays open`),
          field(`owner ${item.id}`, "Whose it is"),
          field(`due ${item.id}`, "Until when", { type: "date" }),
        ])),
  );
  if (answer === null) return;
  await desk.act((record, by, at) => {
    const entries = open.map(({ item: { id } }) => {
      const more = (key: string): object =>
        typed(answer, `${key} ${id}`) === "" ? {} : { [key]: typed(answer, `${key} ${id}`) };
      return { item: id, ...more("reason"), ...more("owner"), ...more("due") };
    });
    return { ...record, closed: { at, by, ...(entries.length === 0 ? {} : { open: entries }) } };
  }, "Closed");
  await saveAll(desk);
}

async function review(desk: Desk): Promise<void> {
  const { review: before = {} } = desk.kept().record;
  const lines = (name: string, data: FormData): string[] =>
    typed(data, name)
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
  const answer = await ask(
    { title: "Review", submit: "Keep" },
    field("well", "What went well, one a line", { rows: 4, value: (before.well ?? []).join("\n") }),
    field("improve", "What to improve, one a line", { rows: 4, value: (before.improve ?? []).join("\n") }),
    field("actions", "Actions, one a line", {
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
  }, "Review kept");
}

async function merge(desk: Desk): Promise<void> {
  const input = make("input", { type: "file", name: "file", accept: ".json,application/json" });
  const answer = await ask(
    { title: "Merge somebody else’s file", submit: "Merge" },
    make("label", { class: "field" }, make("span", {}, "Results file of this run"), input),
  );
  const file = answer?.get("file");
  if (!(file instanceof File) || file.size === 0) return;
  const read = readRecord(await file.text(), desk.checklist);
  if ("reason" in read) return desk.say(`${file.name} was not merged: ${read.reason}`);
  if (read.record.run !== desk.kept().record.run)
    return desk.say(`${file.name} was not merged: it is of the run ${read.record.run}`);
  const key = await bringIn(read.record, desk.checklist, desk.me().name ?? desk.me().id);
  if (key !== null) await desk.keep((kept) => kept);
  desk.say(key === null ? "Nothing was merged." : `${file.name} is merged.`);
}
