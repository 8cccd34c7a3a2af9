/** The bar at the foot of the desk: progress, what was just said, the next open item, the way back, the end. */
import { secondsOf } from "../../model/duration.ts";
import { earliest } from "../../model/instant.ts";
import type { ItemState } from "../../model/judgement/states.ts";
import { sayDuration } from "../../model/say.ts";
import { firstWords } from "../../model/working/asked.ts";
import { addEntry } from "../../model/working/record.ts";
import { make } from "../node.ts";
import { t } from "../words.ts";
import { clockTime, now, since } from "./clock.ts";
import type { Desk } from "./desk.ts";
import { ask, field, typed } from "./dialog.ts";
import { progressOf } from "./sections.ts";

/** Milliseconds after which times and due readings are looked at again. */
const BEAT = 15_000;

export function startBar(desk: Desk): void {
  const meter = make("progress", { max: "1", "aria-label": t("Recorded") });
  const count = make("span", { class: "count" });
  const said = make("span", { class: "said", role: "status" });
  const undo = make("button", { type: "button", hidden: "" }, t("Undo"));
  const due = make("span", { class: "due", role: "status" });
  const button = (text: string, kind: string, work: () => void): HTMLElement => {
    const made = make("button", { type: "button", class: kind }, text);
    made.addEventListener("click", work);
    return made;
  };
  const bar = make(
    "aside",
    { class: "deskbar", "aria-label": t("This run") },
    make("div", { class: "line" }, meter, count, due, said, undo),
    make(
      "div",
      { class: "line" },
      button(t("Next"), "go", () => next(desk)),
      button(t("Roll back"), "danger", () => void import("./back.ts").then(({ rollBack }) => rollBack(desk))),
      button(t("Incident"), "", () => void note(desk)),
      button(t("Save"), "", () => void import("./finish.ts").then(({ askFinish }) => askFinish(desk))),
    ),
  );
  document.body.append(bar);
  bar.querySelector(".go")?.setAttribute("aria-keyshortcuts", "Alt+N");
  addEventListener("keydown", (event) => {
    if (!event.altKey || event.code !== "KeyN" || document.querySelector("dialog")) return;
    event.preventDefault();
    next(desk);
  });
  desk.onSaid((text, takeBack) => {
    said.textContent = text;
    undo.hidden = takeBack === null;
    undo.onclick = () => {
      undo.hidden = true;
      bar.querySelector<HTMLElement>(".go")?.focus();
      takeBack?.();
    };
  });
  const draw = (): void => {
    const asked = desk.outline.items.filter((item) => firstWords(item).length > 0);
    const { done, all, bad } = progressOf(desk, asked);
    meter.value = all === 0 ? 0 : done / all;
    count.textContent = `${t("{done} of {all}", { done, all })}${bad > 0 ? t(", {count} to look at", { count: bad }) : ""}${elapsed(desk)}`;
    const waiting = dueReadings(desk);
    const text =
      waiting.length === 0
        ? ""
        : t("Due: {items}", { items: waiting.map(({ item }) => item.number).join(", ") });
    if (due.textContent !== text) due.textContent = text;
    document.title = `${waiting.length > 0 ? `(${waiting.length}) ` : ""}${done}/${all} ${desk.kept().record.run}`;
  };
  desk.onDraw(draw);
  setInterval(() => desk.redraw(), BEAT);
}

/** How long it has been since the first thing was done, against the plan. */
function elapsed(desk: Desk): string {
  const { record } = desk.kept();
  const first = earliest([
    ...record.results.map(({ at }) => at),
    ...(record.sections ?? []).map(({ start }) => start),
  ]);
  if (first === null || record.closed) return "";
  const minutes = Math.floor(since(first) / 60_000);
  const said =
    minutes < 60
      ? t("{minutes} min", { minutes })
      : t("{hours} h {minutes} min", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  const { duration } = desk.checklist;
  if (duration === null) return ` · ${said}`;
  return `${t(" · {time} of {plan}", { time: said, plan: sayDuration(duration) })}${minutes * 60 > secondsOf(duration) ? t(", over the plan") : ""}`;
}

/** Readings of repeated items whose next time has come. */
function dueReadings(desk: Desk): readonly ItemState[] {
  return desk.view().states.filter(({ item, settled }) => {
    if (item.repeat === null || settled === null) return false;
    const last = settled.readings.at(-1)?.at;
    const isDone = item.repeat.expected !== null && settled.readings.length >= item.repeat.expected;
    return last != null && !isDone && since(last) >= secondsOf(item.repeat.every) * 1000;
  });
}

const OPEN: ReadonlySet<string> = new Set(["not-recorded", "not-due"]);

/** Goes to the next item of which nothing is recorded: below what is on screen, else from the top. */
function next(desk: Desk): void {
  const open = desk.view().states.flatMap(({ item, status, settled }) => {
    const row =
      firstWords(item).length > 0 && OPEN.has(status) && settled?.status == null
        ? document.getElementById(item.id)
        : null;
    return row ? [row] : [];
  });
  const line = 160;
  const focused = document.activeElement?.closest<HTMLElement>(".items > li[id]");
  const after = open.find((row) =>
    focused
      ? (focused.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 && row !== focused
      : row.getBoundingClientRect().top > line,
  );
  const row = after ?? open[0];
  if (!row) {
    desk.say(t("Nothing is open."));
    return;
  }
  for (
    let around = row.parentElement?.closest("details");
    around;
    around = around.parentElement?.closest("details")
  )
    around.open = true;
  row.scrollIntoView({ block: "center" });
  row
    .querySelector<HTMLElement>(":scope > .work input, :scope > .work button")
    ?.focus({ preventScroll: true });
}

async function note(desk: Desk): Promise<void> {
  const levels = desk.checklist.escalation.map(
    ({ level, role }) => [String(level), t("level {level}: {role}", { level, role })] as const,
  );
  const answer = await ask(
    {
      title: t("Note an incident"),
      submit: t("Record"),
      check: (data) => (typed(data, "text") === "" ? t("Say what happened.") : null),
    },
    field("text", t("What happened"), { rows: 3 }),
    field("severity", t("How bad")),
    field("who", t("Who was told")),
    ...(levels.length === 0
      ? []
      : [field("level", t("Level of the escalation"), { choices: [["", "–"], ...levels] })]),
    make("p", { class: "aside" }, t("Noted as of now, {time}.", { time: clockTime(now()) })),
  );
  if (answer === null) return;
  const [severity, who, level] = [typed(answer, "severity"), typed(answer, "who"), typed(answer, "level")];
  await desk.act(
    (record, _by, at) =>
      addEntry(record, "incidents", {
        at,
        text: typed(answer, "text"),
        ...(severity === "" ? {} : { severity }),
        ...(who === "" ? {} : { notified: [{ who, at, ...(level === "" ? {} : { level: Number(level) }) }] }),
      }),
    t("Incident noted"),
  );
}
