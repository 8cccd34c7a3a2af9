/** The items on the desk: their state as the judge sees it, what was recorded, and the taps that record. */
import type { Item } from "../../model/checklist.ts";
import type { ItemState } from "../../model/judgement/states.ts";
import type { WrittenObservation } from "../../model/result.schema.ts";
import type { ResultStatus } from "../../model/result.ts";
import { sayBound } from "../../model/say.ts";
import { signOfStatus } from "../../model/sign.ts";
import { judgeValue } from "../../model/verdict.ts";
import { addResult, resultOf, takeBack } from "../../model/working/record.ts";
import { make } from "../node.ts";
import { t } from "../words.ts";
import { clockTime } from "./clock.ts";
import { type Desk, nameOf } from "./desk.ts";
import { spoken } from "./spoken.ts";

/** Milliseconds of work after which drawing lets the page breathe. */
const SLICE = 12;

export function startItems(desk: Desk): void {
  const { item: items } = desk.outline;
  const rows = new Map<string, HTMLElement>();
  for (const id of items.keys()) {
    const row = document.getElementById(id);
    if (row) rows.set(id, row);
  }
  const text = document.querySelector<HTMLElement>("#_desk .text");
  const itemOf = (target: EventTarget | null): Item | undefined => {
    const row = target instanceof Element ? target.closest<HTMLElement>(".items > li[id]") : null;
    return row ? items.get(row.id) : undefined;
  };
  text?.addEventListener("click", (event) => {
    const say = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-say]") : null;
    const item = say ? itemOf(say) : undefined;
    if (say && item) void tapped(desk, item, say.dataset.say ?? "");
  });
  text?.addEventListener("input", (event) => {
    const item = itemOf(event.target);
    if (item && event.target instanceof HTMLInputElement && event.target.closest(".work"))
      judgeTyped(desk, item, event.target);
  });
  text?.addEventListener("change", (event) => {
    const item = itemOf(event.target);
    if (item && event.target instanceof HTMLInputElement && event.target.closest(".work"))
      void keepTyped(desk, item, event.target);
  });
  startDrawing(desk, rows);
}

/** Draws what has another state than before; in slices, so that a thousand items never hold up a tap. */
function startDrawing(desk: Desk, rows: ReadonlyMap<string, HTMLElement>): void {
  const drawn = new Map<string, string>();
  let turn = 0;
  desk.onDraw(() => {
    turn += 1;
    const mine = turn;
    const states = desk.view().states;
    const from = (start: number): void => {
      const begun = performance.now();
      for (let index = start; index < states.length; index += 1) {
        if (mine !== turn) return;
        if (performance.now() - begun > SLICE) {
          setTimeout(() => from(index));
          return;
        }
        const state = states[index];
        const row = state ? rows.get(state.item.id) : undefined;
        if (state && row) drawState(desk, state, row, drawn);
      }
    };
    from(0);
  });
}

function drawState(desk: Desk, state: ItemState, row: HTMLElement, drawn: Map<string, string>): void {
  const { item, status } = state;
  const recorded = desk.kept().record.results.filter((result) => result.item === item.id);
  const values = desk.kept().typed[item.id] ?? {};
  const key = JSON.stringify([status, state.because, recorded, values, isOver(desk, item)]);
  if (drawn.get(item.id) === key) return;
  drawn.set(item.id, key);
  row.dataset.status = status;
  row.classList.toggle("over", isOver(desk, item));
  row.classList.toggle("recorded", recorded.some((one) => one.status !== null) && item.repeat === null);
  for (const input of row.querySelectorAll<HTMLInputElement>(":scope > .work input")) {
    if (document.activeElement !== input) input.value = values[input.name] ?? "";
    if (input.value !== "") judgeTyped(desk, item, input);
  }
  const told = tell(desk, state);
  const before = row.querySelector(":scope > .told");
  const hadFocus =
    before?.contains(document.activeElement) ||
    row.querySelector(":scope > .work")?.contains(document.activeElement);
  if (before) before.replaceWith(...(told ? [told] : []));
  else if (told) (row.querySelector(":scope > .work") ?? row.querySelector(":scope > p"))?.after(told);
  if (!hadFocus) return;
  // What had the focus is hidden or drawn anew now: the way to change it takes over, else the first thing to say.
  const next = row.classList.contains("recorded") ? told : row.querySelector(":scope > .work");
  if (!next?.contains(document.activeElement)) next?.querySelector<HTMLElement>("button")?.focus();
}

/** After the close only follow-ups may be recorded, and what the close lists as open. */
function isOver(desk: Desk, { id, role }: Item): boolean {
  const { closed } = desk.kept().record;
  return closed !== undefined && role !== "follow-up" && !closed.open?.some(({ item }) => item === id);
}

const QUIET: ReadonlySet<string> = new Set(["not-due", "not-recorded", "not-done"]);

/** What is said under an item; null while there is nothing to say. */
function tell(desk: Desk, { item, status, because, settled }: ItemState): HTMLElement | null {
  if (QUIET.has(status) && settled === null && because === null) return null;
  const { record } = desk.kept();
  const sign = signOfStatus(status);
  const result = settled?.result;
  const corrected = (record.amends ?? []).filter(({ pointer }) => pointer.split("/")[2] === item.id).length;
  const facts = [
    result?.by ? nameOf(record, result.by) : null,
    result?.at ? clockTime(result.at) : null,
    ...(result?.observed ?? []).map(({ metric, value, unit }) =>
      [item.limits.length > 1 ? metric : null, value, unit].filter(Boolean).join(" "),
    ),
    ...Object.values(result?.captures ?? {}),
    result?.reason ?? null,
    result?.note ?? null,
    settled && settled.readings.length > 0 ? t("{count} readings", { count: settled.readings.length }) : null,
    settled && settled.observers.length > 0
      ? t("also {names}", {
          names: settled.observers.map(({ by }) => nameOf(record, by ?? undefined)).join(", "),
        })
      : null,
    settled && settled.evidence.length > 0 ? t("{count} files", { count: settled.evidence.length }) : null,
    settled && settled.attempts.length > 0
      ? t("{count} tries", { count: settled.attempts.length + 1 })
      : null,
    corrected > 0 ? t("corrected") : null,
    settled === null && because !== null ? spoken(because) : null,
  ].filter((fact): fact is string => fact !== null && fact !== "");
  const change =
    result === undefined || result.status === null
      ? null
      : make(
          "button",
          { type: "button", "data-say": "more", "aria-label": t("Change {item}", { item: item.number }) },
          t("Change"),
        );
  return make(
    "p",
    { class: "told" },
    make("span", { class: `status ${sign.tone}`, "data-mark": sign.mark }, spoken(sign.word)),
    facts.length === 0 ? null : ` ${facts.join(" · ")} `,
    change,
  );
}

/** The values that are typed at an item, as they are recorded; a time span where a limit has to hold for long. */
export function typedValues(desk: Desk, item: Item, at: string): WrittenObservation[] {
  const values = Object.entries(desk.kept().typed[item.id] ?? {}).filter(([, value]) => value.trim() !== "");
  return values.map(([metric, value]) => ({
    ...(metric === "" ? {} : { metric }),
    value: value.trim(),
    ...unitOf(item, metric, value),
    ...spanOf(item, metric, at),
  }));
}

/** A unit that was typed behind the figure counts; otherwise the value is in the unit that stands beside the input. */
function unitOf(item: Item, metric: string, value: string): { unit?: string } {
  const limit = [...item.limits, ...item.targets, ...item.expected].find((one) => one.metric === metric);
  return limit?.unit && /^[+-]?[\d.]+$/.test(value.trim()) ? { unit: limit.unit } : {};
}

/** One look is a moment. Where a limit must hold for some time, the person says since when, under "More". */
function spanOf(item: Item, metric: string, at: string): { to?: string } {
  return item.limits.some((limit) => limit.metric === metric) ? { to: at } : {};
}

function judgeTyped(desk: Desk, item: Item, input: HTMLInputElement): void {
  const label = input.closest("label");
  const before = label?.querySelector("output");
  const limits = item.limits.filter(({ metric }) => metric === input.name);
  const baselines = Object.fromEntries(
    desk.view().states.flatMap(({ item: { id }, settled }) => {
      const last = settled?.observed.at(-1);
      return last ? [[id, last] as const] : [];
    }),
  );
  const value = input.value.trim();
  if (!label || limits.length === 0 || value === "") {
    before?.remove();
    return;
  }
  const { unit } = unitOf(item, input.name, value);
  const seen = { value, unit: unit ?? null, from: null, to: null, samples: null };
  // Whether it held for long enough is for the recorded interval to say, not for the keystroke.
  const verdicts = limits.map((limit) => ({
    limit,
    ...judgeValue({ ...limit, for: null }, seen, baselines),
  }));
  const worst =
    verdicts.find(({ verdict }) => verdict === "breached") ??
    verdicts.find(({ verdict }) => verdict === "inconclusive") ??
    verdicts[0];
  if (!worst) return;
  const [mark, tone] = {
    holds: [t("✓ holds"), "good"],
    breached: [t("✕ breaches"), "bad"],
    inconclusive: [t("? cannot tell"), "warn"],
  }[worst.verdict] as [string, string];
  const why = worst.verdict === "inconclusive" ? worst.reason : sayBound(worst.limit);
  const output = before ?? label.appendChild(make("output", {}));
  output.className = `verdict ${tone}`;
  output.textContent = `${mark}: ${why}`;
}

/** Kept at once, so that a closed tab loses nothing that was typed. */
function keepTyped(desk: Desk, item: Item, input: HTMLInputElement): Promise<boolean> {
  const { name, value } = input;
  return desk.keep((kept) => ({
    ...kept,
    typed: { ...kept.typed, [item.id]: { ...kept.typed[item.id], [name]: value } },
  }));
}

async function tapped(desk: Desk, item: Item, say: string): Promise<void> {
  const row = document.getElementById(item.id);
  for (const input of row?.querySelectorAll<HTMLInputElement>(":scope > .work input") ?? [])
    if ((desk.kept().typed[item.id]?.[input.name] ?? "") !== input.value) await keepTyped(desk, item, input);
  const status = say === "more" ? null : (say as ResultStatus);
  const isRecorded = item.repeat === null && resultOf(desk.kept().record, item.id) !== undefined;
  if (status === null || isRecorded || needsMore(desk, item, status)) {
    const { askFound } = await import("./found.ts");
    await askFound(desk, item, status);
  } else await recordNow(desk, item, status);
}

/** Is there something that this item asks for, and that one tap cannot say? */
function needsMore(desk: Desk, item: Item, status: ResultStatus): boolean {
  if (status === "failed") return true;
  if (status !== "passed" && status !== "met") return false;
  const typed = desk.kept().typed[item.id] ?? {};
  const isMissing = (metric: string): boolean => (typed[metric] ?? "").trim() === "";
  return (
    item.evidence ||
    item.witness ||
    item.captures.some(({ required }) => required) ||
    item.limits.some(({ metric, for: held }) => isMissing(metric) || held !== null) ||
    (item.observe && item.limits.length === 0 && Object.values(typed).every((value) => value.trim() === ""))
  );
}

async function recordNow(desk: Desk, item: Item, status: ResultStatus): Promise<void> {
  const word = spoken(status);
  const { typed } = desk.kept();
  await desk.act(
    (record, by, at) => {
      const observed = typedValues(desk, item, at);
      const found = { item: item.id, status, by, at, ...(observed.length === 0 ? {} : { observed }) };
      return addResult(record, found, item.repeat !== null);
    },
    `${item.number} ${word}`,
    (record, _by, at) => takeBack(record, item.id, at),
  );
  if (typed[item.id] !== undefined)
    await desk.keep((kept) => {
      const { [item.id]: _, ...rest } = kept.typed;
      return { ...kept, typed: rest };
    });
}
