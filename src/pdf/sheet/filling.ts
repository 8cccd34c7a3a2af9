/**
 * What a run has put into the blanks of its sheet, by the name of the blank: text, or whether a box is ticked.
 * What is not in here is still open. Nothing is judged.
 */
import type { Checklist, FieldType, Item } from "../../model/checklist.ts";
import { formatInstant, instantOf, parseInstant, showLocal } from "../../model/instant.ts";
import { outlineOf } from "../../model/outline.ts";
import type { ResultStatus, RunResult } from "../../model/result.ts";
import type { Run } from "../../model/run.ts";
import { fieldPart } from "../widgets.ts";
import { TICKS } from "./columns.ts";
import type { Sheet } from "./context.ts";
import { figuresOf } from "./facts.ts";

export type Entry = string | boolean;

export type Entries = ReadonlyMap<string, Entry>;

/** The full name of a blank, as it stands in a form. */
export function blankName(name: readonly string[]): string {
  return name.map(fieldPart).join(".");
}

const TICK: Readonly<Partial<Record<ResultStatus, string>>> = {
  passed: "pass",
  failed: "fail",
  "not-applicable": "na",
  fired: "fired",
  clear: "clear",
  met: "met",
  "not-met": "not-met",
  seen: "seen",
};

/** Initials for everybody, each its own: a second "AB" is "AB2". */
export function initialsOf(people: Run["people"]): ReadonlyMap<string, string> {
  const taken = new Map<string, number>();
  return new Map(
    people.map(({ id, name }) => {
      const letters = name
        .split(/[\s._-]+/u)
        .map((word) => [...word][0] ?? "")
        .join("")
        .toUpperCase();
      const count = (taken.get(letters) ?? 0) + 1;
      taken.set(letters, count);
      return [id, count === 1 ? letters : `${letters}${count}`];
    }),
  );
}

class Filler {
  readonly entries = new Map<string, Entry>();
  readonly #run: Run;
  readonly #initials: ReadonlyMap<string, string>;
  /** Minutes east of UTC: all times of a sheet have the one offset that is written at its head. */
  readonly #offset: number;

  constructor(run: Run) {
    this.#run = run;
    this.#initials = initialsOf(run.people);
    this.#offset = instantOf(run.asOf).offset;
  }

  put(name: readonly string[], value: Entry | null | undefined): void {
    if (value !== null && value !== undefined && value !== "") this.entries.set(blankName(name), value);
  }

  /** `2026-03-04 22:00`, at the offset of the sheet. */
  moment(at: string | null): string | null {
    if (at === null) return null;
    return showLocal(formatInstant({ nanos: instantOf(at).nanos, offset: this.#offset })).slice(0, 16);
  }

  get offset(): string {
    return showLocal(formatInstant({ nanos: 0n, offset: this.#offset })).slice(17);
  }

  /** Initials of a person; an id that the record does not explain stands as it is. */
  initials(id: string | null): string | null {
    return id === null ? null : (this.#initials.get(id) ?? id);
  }

  /** A field of the checklist as people write it: somebody's name, a time at the offset of the sheet. */
  field(type: FieldType, value: string | undefined): string | null {
    if (value === undefined) return null;
    if (type === "person") return this.name(value);
    return type === "datetime" && parseInstant(value) !== null ? this.moment(value) : value;
  }

  name(id: string | null): string | null {
    return id === null ? null : (this.#run.people.find((person) => person.id === id)?.name ?? id);
  }
}

/** The blanks of a checklist that a run has filled. */
export function fillingOf(
  run: Run,
  checklist: Checklist,
  sheet: Pick<Sheet, "checklist" | "outline">,
): Entries {
  const filler = new Filler(run);
  fillHead(filler, run, checklist);
  fillPeople(filler, run, checklist);
  const results = new Map<string, RunResult[]>();
  for (const result of run.results) {
    const known = results.get(result.item);
    if (known) known.push(result);
    else results.set(result.item, [result]);
  }
  for (const item of outlineOf(checklist).items) {
    const looks = (results.get(item.id) ?? []).filter(({ status }) => status !== null);
    if (looks.length > 0) fillItem(filler, run, item, looks, sheet);
  }
  fillStory(filler, run, checklist);
  return filler.entries;
}

function fillHead(filler: Filler, run: Run, checklist: Checklist): void {
  const { deployment, window, change } = run;
  filler.put(["run", "run"], run.id);
  filler.put(["run", "deployment", "environment"], deployment.environment);
  filler.put(["run", "deployment", "from"], deployment.from);
  filler.put(["run", "deployment", "to"], deployment.to);
  filler.put(["run", "change", "id"], change.id);
  filler.put(["run", "window", "plannedStart"], filler.moment(window.plannedStart));
  filler.put(["run", "window", "plannedEnd"], filler.moment(window.plannedEnd));
  filler.put(["run", "offset"], filler.offset);
  filler.put(["run", "lead"], run.people.find(({ role }) => /\blead\b/i.test(role ?? ""))?.name);
  for (const { id, type } of checklist.fields) filler.put(["field", id], filler.field(type, run.fields[id]));
  for (const { id, type, choices } of checklist.questions) {
    const answer = run.answers[id];
    if (answer === undefined) continue;
    for (const choice of type === "yes-no" ? ["yes", "no"] : choices)
      filler.put(["answer", id, choice], choice === answer);
  }
}

function fillPeople(filler: Filler, run: Run, checklist: Checklist): void {
  const holder = (role: string): Run["people"][number] | undefined =>
    run.people.find((person) => person.role?.toLowerCase() === role.toLowerCase());
  const reach = (prefix: readonly string[], role: string): void => {
    filler.put([...prefix, "name"], holder(role)?.name);
    filler.put([...prefix, "phone"], holder(role)?.phone);
  };
  checklist.contacts.forEach(({ role }, i) => {
    reach(["contact", String(i + 1)], role);
  });
  for (const { level, role } of checklist.escalation) {
    reach(["escalation", String(level)], role);
    reach(["rollback-escalation", String(level)], role);
  }
}

function fillItem(
  filler: Filler,
  run: Run,
  item: Item,
  looks: readonly RunResult[],
  sheet: Pick<Sheet, "checklist" | "outline">,
): void {
  const last = looks.at(-1);
  if (!last?.status) return;
  const put = (parts: readonly string[], value: Entry | null | undefined): void =>
    filler.put(["item", item.id, ...parts], value);
  const ticked = TICK[last.status];
  const boxes = TICKS[item.role];
  for (const { key } of boxes) put([key], key === ticked);
  // A status that has no box on paper stands there as a word.
  if (!boxes.some(({ key }) => key === ticked)) put(["status"], last.status.replace("-", " "));
  put(["by"], filler.initials(last.by));
  put(["at"], filler.moment(last.at)?.slice(5));
  put(["witness"], filler.initials(last.witness));
  const named = last.evidence.map((id) => run.evidence.find((one) => one.id === id)?.name ?? id);
  put(["evidence"], named.join(", "));
  for (const [id, value] of Object.entries(last.captures)) put(["capture", id], value);
  const figures = figuresOf(item, sheet);
  const only = figures.length === 1 ? figures[0]?.metric : undefined;
  const values = (result: RunResult, prefix: readonly string[]): void => {
    for (const { metric, value, unit } of result.observed) {
      const of = metric ?? only;
      const own = figures.find((figure) => figure.metric === of)?.unit;
      const shown = value === null ? "no value" : unit === null || unit === own ? value : `${value} ${unit}`;
      put(figures.length === 0 ? prefix : [...prefix, of ?? ""], shown);
    }
  };
  values(last, ["value"]);
  if (!item.repeat) return;
  looks.forEach((look, i) => {
    const reading = ["reading", String(i + 1)];
    const says = [look.status?.replace("-", " "), filler.initials(look.by)].filter((part) => part);
    put([...reading, "result"], says.join(" "));
    if (figures.length > 0) values(look, reading);
  });
}

function fillStory(filler: Filler, run: Run, checklist: Checklist): void {
  for (const { section, start, end } of run.sections) {
    const [from, to] = [filler.moment(start), filler.moment(end)];
    filler.put(["section", section, "date"], (from ?? to)?.slice(0, 10));
    filler.put(["section", section, "start"], from?.slice(11));
    filler.put(["section", section, "end"], to?.slice(11));
  }
  for (const { section, decision, by, at, basis } of run.decisions) {
    if (section === null) continue;
    for (const key of ["go", "no-go", "delay", "continue", "rollback", "fix-forward"])
      filler.put(["decision", section, key], key === decision);
    filler.put(["decision", section, "by"], filler.name(by));
    filler.put(["decision", section, "at"], filler.moment(at));
    filler.put(["decision", section, "basis"], basis);
  }
  for (const { id, role, meaning } of checklist.signoffs) {
    const given = run.signatures.find((one) => one.role === role && (one.meaning ?? meaning) === meaning);
    if (!given) continue;
    const at = filler.moment(given.at);
    filler.put(["signoff", id, "name"], filler.name(given.by));
    filler.put(["signoff", id, "signature"], given.method === null ? "given" : `given: ${given.method}`);
    filler.put(["signoff", id, "date"], at?.slice(0, 10));
    filler.put(["signoff", id, "time"], at?.slice(11));
  }
  const { review, rollback } = run;
  filler.put(["rollback", "at"], filler.moment(rollback?.at ?? null));
  for (const key of ["well", "improve"] as const)
    review?.[key].slice(0, 3).forEach((says, i) => {
      filler.put(["review", key, String(i + 1)], says);
    });
  review?.actions.slice(0, 3).forEach(({ text, owner, due }, i) => {
    const parts = [text, owner, due].filter((part) => part !== null);
    filler.put(["review", "actions", String(i + 1)], parts.join(", "));
  });
}
