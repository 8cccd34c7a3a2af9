/** What the author demands of an item or a section beyond its text, as a row of chips. */
import type { Element } from "hast";
import type { Item, Repetition, Section, Timing } from "../model/checklist.ts";
import type { Condition } from "../model/condition.ts";
import type { Limit } from "../model/limit.ts";
import { sayBound, sayCondition, sayDuration, sayMetric, sayOffset } from "../model/say.ts";
import { type Content, el } from "./html.ts";
import type { Rendering } from "./rendering.ts";

/** One chip: a word that says what it is, and the figure. The kind becomes a class; it is never the only sign. */
interface Fact {
  readonly kind: "limit" | "figure" | "when" | "must" | "time" | "who" | "note";
  readonly word: string;
  readonly content: Content;
}

export function renderFacts(facts: readonly Fact[]): Element | null {
  return facts.length === 0
    ? null
    : el(
        "ul.chips",
        {},
        facts.map(({ kind, word, content }) =>
          el(
            `li.chip.${kind}`,
            {},
            word === "" ? null : el("span.word", {}, word),
            word === "" ? null : " ",
            content,
          ),
        ),
      );
}

/** The demands of an item, without what it has from its section. */
export function factsOfItem(item: Item, rendering: Rendering): Fact[] {
  const section = rendering.outline.section.get(item.section);
  const parent = item.parent === null ? undefined : rendering.outline.item.get(item.parent);
  return [
    ...whenFacts(item.conditions, (parent ?? section)?.conditions ?? [], rendering),
    ...item.limits.map((limit) => figure("limit", rendering.words("limit"), limit, rendering)),
    ...item.targets.map((limit) => figure("figure", rendering.words("target"), limit, rendering)),
    ...item.expected.map((limit) => figure("figure", rendering.words("usually"), limit, rendering)),
    ...item.settings.map(
      (setting): Fact =>
        setting.limit
          ? figure("figure", rendering.words("setting"), setting.limit, rendering)
          : { kind: "figure", word: rendering.words("setting"), content: setting.text },
    ),
    ...demands(item, section?.mandatory ?? false, rendering),
    ...timeFacts(item.timing, (parent ?? section)?.timing ?? null, rendering),
    ...dwellAndRepeat(item.dwell, item.repeat, section?.repeat ?? null, rendering),
    ...people(item, section, rendering),
    ...relations(item, rendering),
  ];
}

function figure(kind: Fact["kind"], word: string, limit: Limit, rendering: Rendering): Fact {
  const metric = sayMetric(limit.metric, rendering.checklist.metrics);
  if (limit.bound.type !== "relative")
    return { kind, word, content: `${metric} ${sayBound(limit, rendering.words)}` };
  const [before, after = ""] = sayBound(limit, rendering.words).split(limit.bound.baseline);
  const baseline = rendering.outline.item.get(limit.bound.baseline);
  const link = baseline ? itemLink(baseline) : limit.bound.baseline;
  return { kind, word, content: [`${metric} ${before}`, link, after] };
}

function demands(item: Item, inMandatory: boolean, rendering: Rendering): Fact[] {
  const facts: Fact[] = [];
  if (item.mandatory && !inMandatory)
    facts.push({ kind: "must", word: "", content: rendering.words("mandatory") });
  if (item.evidence) facts.push({ kind: "must", word: "", content: rendering.words("evidence required") });
  if (item.observe && item.limits.length === 0)
    facts.push({ kind: "must", word: "", content: rendering.words("write down the value seen") });
  for (const capture of item.captures)
    facts.push({
      kind: "must",
      word: capture.required ? rendering.words("record") : rendering.words("may record"),
      content: capture.label,
    });
  if (item.optional) facts.push({ kind: "note", word: "", content: rendering.words("optional") });
  if (item.witness)
    facts.push({ kind: "must", word: "", content: rendering.words("a second person watches") });
  if (item.verifiesRollback)
    facts.push({ kind: "must", word: "", content: rendering.words("proves the rollback") });
  return facts;
}

function people(item: Item, section: Section | undefined, rendering: Rendering): Fact[] {
  const facts: Fact[] = [];
  if (item.owner !== null) facts.push({ kind: "who", word: rendering.words("owner"), content: item.owner });
  const controls = item.controls.filter((control) => !section?.controls.includes(control));
  if (controls.length > 0)
    facts.push({ kind: "note", word: rendering.words("supports"), content: controls.join(", ") });
  for (const check of item.checks)
    facts.push({ kind: "note", word: rendering.words("test"), content: check });
  return facts;
}

function relations(item: Item, rendering: Rendering): Fact[] {
  const facts: Fact[] = [];
  if (item.needs.length > 0)
    facts.push({ kind: "time", word: rendering.words("after"), content: linksTo(item.needs, rendering) });
  if (item.undo !== null)
    facts.push({
      kind: "must",
      word: rendering.words("taken back by"),
      content: linksTo([item.undo], rendering),
    });
  if (item.standing !== null)
    facts.push({
      kind: "note",
      word: rendering.words("stays valid"),
      content: sayDuration(item.standing, rendering.words),
    });
  if (item.emergency?.rule === "keep")
    facts.push({ kind: "note", word: "", content: rendering.words("also in an emergency") });
  if (item.emergency?.rule === "defer")
    facts.push({
      kind: "note",
      word: rendering.words("in an emergency within"),
      content: sayDuration(item.emergency.by, rendering.words),
    });
  if (item.derived && item.derived.from !== "children")
    facts.push({
      kind: "note",
      word: rendering.words("follows from"),
      content: linksTo(item.derived.ids, rendering),
    });
  return facts;
}

function linksTo(ids: readonly string[], rendering: Rendering): Content {
  return ids.map((id, index) => {
    const item = rendering.outline.item.get(id);
    const section = rendering.outline.section.get(id);
    const link = item ? itemLink(item) : section ? el("a", { href: `#${id}` }, section.text) : id;
    return [index === 0 ? null : ", ", link];
  });
}

function itemLink(item: Item): Element {
  return el("a", { href: `#${item.id}` }, item.number);
}

/** The demands of a section, without what it has from the section around it. */
export function factsOfSection(section: Section, rendering: Rendering): Fact[] {
  const around = section.parent === null ? undefined : rendering.outline.section.get(section.parent);
  const facts: Fact[] = [...whenFacts(section.conditions, around?.conditions ?? [], rendering)];
  if (section.choose)
    facts.push({ kind: "when", word: "", content: rendering.words("exactly one of these applies") });
  if (section.stage !== null && section.stage !== around?.stage)
    facts.push({
      kind: "time",
      word: rendering.words("stage"),
      content: rendering.words(STAGES[section.stage]),
    });
  facts.push(...timeFacts(section.timing, around?.timing ?? null, rendering));
  if (section.duration !== null)
    facts.push({
      kind: "time",
      word: rendering.words("at most"),
      content: sayDuration(section.duration, rendering.words),
    });
  facts.push(...dwellAndRepeat(section.dwell, section.repeat, around?.repeat ?? null, rendering));
  if (section.mandatory && !around?.mandatory)
    facts.push({ kind: "must", word: "", content: rendering.words("mandatory: no waiver, no skip") });
  if (section.decider !== null)
    facts.push({
      kind: "who",
      word: rendering.words("decides"),
      content: decider(section.decider, rendering),
    });
  const controls = section.controls.filter((control) => !around?.controls.includes(control));
  if (controls.length > 0)
    facts.push({ kind: "note", word: rendering.words("supports"), content: controls.join(", ") });
  return facts;
}

const STAGES = { before: "before the change", change: "the change", after: "after the change" } as const;

function decider(role: string, rendering: Rendering): Content {
  const field = rendering.checklist.fields.find((one) => one.id === role);
  return field ? el("a", { href: `#${field.id}` }, field.label) : role;
}

function whenFacts(
  conditions: readonly Condition[],
  inherited: readonly Condition[],
  rendering: Rendering,
): Fact[] {
  const known = new Set(inherited.map((condition) => JSON.stringify(condition)));
  return conditions
    .filter((condition) => !known.has(JSON.stringify(condition)))
    .map((condition) => ({
      kind: "when",
      word: rendering.words("only if"),
      content: sayCondition(condition, rendering.words),
    }));
}

function timeFacts(timing: Timing, inherited: Timing | null, rendering: Rendering): Fact[] {
  const facts: Fact[] = [];
  const add = (word: string, offset: string | null, known: string | null | undefined): void => {
    if (offset === null || (offset === known && timing.anchor === inherited?.anchor)) return;
    facts.push({ kind: "time", word, content: sayOffset(offset, timing.anchor) });
  };
  add("", timing.at, inherited?.at);
  add(rendering.words("by"), timing.due, inherited?.due);
  add(rendering.words("not before"), timing.notBefore, inherited?.notBefore);
  return facts;
}

function dwellAndRepeat(
  dwell: string | null,
  repeat: Repetition | null,
  inherited: Repetition | null,
  rendering: Rendering,
): Fact[] {
  const facts: Fact[] = [];
  if (dwell !== null)
    facts.push({
      kind: "time",
      word: rendering.words("stay at least"),
      content: sayDuration(dwell, rendering.words),
    });
  if (repeat !== null && JSON.stringify(repeat) !== JSON.stringify(inherited))
    facts.push({ kind: "time", word: rendering.words("every"), content: sayRepetition(repeat, rendering) });
  return facts;
}

function sayRepetition(repeat: Repetition, rendering: Rendering): Content {
  return [
    sayDuration(repeat.every, rendering.words),
    repeat.for === null
      ? null
      : rendering.words(" for {duration}", { duration: sayDuration(repeat.for, rendering.words) }),
    repeat.until === null ? null : [rendering.words(" until "), linksTo([repeat.until], rendering)],
    repeat.expected === null ? null : rendering.words(" ({count} readings)", { count: repeat.expected }),
  ];
}
