/** Commands that were run and messages that were sent: noted where they stand. */

import type { WrittenRecord } from "../../model/run.schema.ts";
import { addEntry } from "../../model/working/record.ts";
import { make } from "../node.ts";
import { t } from "../words.ts";
import { clockTime } from "./clock.ts";
import { type Desk, nameOf } from "./desk.ts";
import { ask, field, typed } from "./dialog.ts";

export function startTexts(desk: Desk): void {
  for (const { command, template } of desk.outline.codes) {
    if (template) place(desk, template.id, t("Sent …"), sent, () => send(desk, template.id, template.title));
    else if (command && command.kind !== "output" && command.kind !== "list")
      place(desk, command.id, t("Ran it …"), ran, () => run(desk, command.id));
  }
}

type Said = (record: WrittenRecord, id: string) => readonly string[];

const sent: Said = (record, id) =>
  (record.messages ?? [])
    .filter(({ template }) => template === id)
    .map(
      ({ at, by, channel }) =>
        `${t("sent {time}, {who}", { time: at === undefined ? "" : clockTime(at), who: nameOf(record, by) })}${channel === undefined ? "" : `, ${channel}`}`,
    );
const ran: Said = (record, id) =>
  (record.commands ?? [])
    .filter(({ command }) => command === id)
    .map(
      ({ at, by, exit }) =>
        `${t("ran {time}, {who}", { time: at === undefined ? "" : clockTime(at), who: nameOf(record, by) })}${exit === undefined ? "" : t(", exit {code}", { code: exit })}`,
    );

function place(desk: Desk, id: string, word: string, said: Said, work: () => Promise<void>): void {
  const caption = document.getElementById(id)?.querySelector("figcaption");
  if (!caption) return;
  const button = make("button", { type: "button" }, word);
  button.addEventListener("click", () => void work());
  const told = make("span", { class: "took" });
  caption.append(told, button);
  desk.onDraw(() => {
    const text = said(desk.kept().record, id).join(" · ");
    if (told.textContent !== text) told.textContent = text;
  });
}

async function send(desk: Desk, template: string, title: string): Promise<void> {
  const answer = await ask(
    { title: t("Sent: {title}", { title }), submit: t("Record") },
    field("channel", t("To whom, or through which channel")),
  );
  if (answer === null) return;
  const channel = typed(answer, "channel");
  await desk.act(
    (record, by, at) =>
      addEntry(record, "messages", { template, by, at, ...(channel === "" ? {} : { channel }) }),
    t("{title} sent", { title }),
  );
}

async function run(desk: Desk, command: string): Promise<void> {
  const answer = await ask(
    {
      title: t("This command was run"),
      submit: t("Record"),
      check: (data) =>
        /^-?\d{0,9}$/.test(typed(data, "exit")) ? null : t("An exit code is a whole number."),
    },
    field("exit", t("Exit code")),
    field("ran", t("As it was run, if it was another text"), { rows: 2 }),
  );
  if (answer === null) return;
  const [exit, text] = [typed(answer, "exit"), typed(answer, "ran")];
  await desk.act((record, by, at) => {
    const entry = {
      command,
      by,
      at,
      ...(exit === "" ? {} : { exit: Number(exit) }),
      ...(text === "" ? {} : { ran: text }),
    };
    return { ...record, commands: [...(record.commands ?? []), entry] };
  }, t("Command recorded"));
}
