/** Roles, stages and times of sections, proposed from their headings. */
import type { Heading, Nodes } from "mdast";
import type { Stage } from "../../model/checklist.ts";
import type { Edit } from "../edits.ts";
import { type Draft, endOf, type Note, type Step, startOf, textOf, walk } from "./draft.ts";
import { folded } from "./labels.ts";
import { flow } from "./matter.ts";
import { durationOf, type Range, timesIn } from "./times.ts";
import { isRollback, type Meant, meaningOf, stageOf } from "./words.ts";

interface Outlined {
  readonly node: Heading;
  readonly text: string;
  readonly parent: Outlined | null;
  /** Texts of the boxes that stand right under it, and of those further down. */
  readonly own: string[];
  readonly below: string[];
  fences: number;
  /** Boxes that are choices. */
  readonly choices: number;
}

type Wish = Readonly<Record<string, string | undefined>>;

/** @param decisions which headings, from 0, stand above a choice */
export function proposeSections(draft: Draft, decisions: readonly number[]): Step {
  const sections = outline(draft, decisions);
  const ranges = endsOf(sections);
  const edits: Edit[] = [];
  const notes: Note[] = [];
  const roles = new Map<Outlined, string>();
  const stages = new Map<Outlined, Stage>();
  const about = isRollback(folded(titleOf(draft)));
  for (const section of sections) {
    const meant = roleOf(section, roles, about, notes);
    if (meant.role) roles.set(section, meant.role);
    const wish: Wish = {
      role: meant.role,
      rule: meant.rule,
      "when-met": meant.whenMet,
      ...stageOfSection(section, stages),
      ...timesOf(section, roles, ranges, stages),
    };
    if (Object.values(wish).some((value) => value !== undefined)) edits.push(annotate(section.node, wish));
  }
  return { edits, notes };
}

/** The document's title is no section (document.ts has the rule). */
function outline(draft: Draft, decisions: readonly number[]): readonly Outlined[] {
  const sections: Outlined[] = [];
  const headings = draft.root.children.filter((node) => node.type === "heading");
  const title =
    headings[0]?.depth === 1 && headings.filter(({ depth }) => depth === 1).length === 1 ? headings[0] : null;
  /** What the place of the text stands in, outermost first. */
  const open: Outlined[] = [];
  let count = -1;
  walk(draft.root, (node, within) => {
    if (node.type === "heading") count += 1;
    if (node.type === "heading" && node !== title && within.every(isOpen)) {
      while ((open.at(-1)?.node.depth ?? 0) >= node.depth) open.pop();
      const choices = decisions.filter((one) => one === count).length;
      const text = folded(textOf(node));
      const section = { node, text, parent: open.at(-1) ?? null, own: [], below: [], fences: 0, choices };
      sections.push(section);
      open.push(section);
    }
    const current = open.at(-1);
    if (node.type === "code" && current) current.fences += 1;
    if (node.type !== "listItem" || typeof node.checked !== "boolean" || !current) return;
    const text = textOf(node.children[0] ?? node, true, 200).toLowerCase();
    current.own.push(text);
    for (const above of open.slice(0, -1)) above.below.push(text);
  });
  return sections;
}

function isOpen({ type }: Nodes): boolean {
  return type === "root";
}

function titleOf({ root }: Draft): string {
  const first = root.children.find(({ type }) => type === "heading");
  return first ? textOf(first) : "";
}

/** Roles without results would take boxes out of the count. */
const TEXT_ROLES = new Set(["contacts", "templates", "review", "reference"]);
/** Boxes that say that something was prepared are checks before the change, not steps of the way back. */
const PREPARED =
  /\b(?:documented|tested|prepared|ready|defined|available|in place|reviewed|trained|rehearsed|identified|communicated|approved|backed up|configured|established|getestet|dokumentiert|definiert|vorhanden|bereit|documentée?s?|testée?s?|prêt|documentado|probado|testado|definido)\b|已|完备/u;

function roleOf(
  section: Outlined,
  roles: ReadonlyMap<Outlined, string>,
  isAboutRollback: boolean,
  notes: Note[],
): Meant {
  const meant = meaningOf(section.text);
  const boxes = [...section.own, ...section.below];
  const decides =
    section.own.some((text) => /^\W*go\b(?!-)/u.test(text)) &&
    section.own.some((text) => /^\W*no[ -]?go\b/u.test(text));
  if (decides || (section.choices > 0 && section.choices === boxes.length)) return { role: "decision" };
  const above = inherited(section, roles);
  if (!meant.role || meant.role === above)
    return above && meant.rule
      ? { rule: meant.rule, ...(meant.whenMet ? { whenMet: meant.whenMet } : {}) }
      : {};
  if (TEXT_ROLES.has(meant.role)) {
    if (boxes.length > 0 || (meant.role === "templates" && section.fences === 0)) return {};
    // Text under a path that may be taken stays with it.
    return above !== undefined && meant.role === "reference" ? {} : meant;
  }
  if (meant.role === "contingency") {
    if (isAboutRollback || boxes.length === 0) return {};
    if (boxes.filter((text) => PREPARED.test(text)).length * 2 >= boxes.length) {
      notes.push(
        doubt(
          section,
          "its boxes read like preparations for a rollback, not like its steps; if they are its steps, write role: contingency",
        ),
      );
      return {};
    }
  }
  if (meant.role === "triggers" || meant.role === "criteria" || meant.role === "decision") {
    if (boxes.length === 0)
      notes.push(
        doubt(
          section,
          `it has the role '${meant.role}' and no box: write its points as items ('- [ ] …'), or nobody will be asked about them`,
        ),
      );
  }
  return meant;
}

function doubt({ node }: Outlined, text: string): Note {
  return { offset: startOf(node), kind: "section", text: `'${textOf(node)}': ${text}`, doubt: true };
}

function inherited<T>(section: Outlined, values: ReadonlyMap<Outlined, T>): T | undefined {
  for (let up = section.parent; up; up = up.parent) {
    const value = values.get(up);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Said once: what stands in a section is in its stage. */
function stageOfSection(section: Outlined, stages: Map<Outlined, Stage>): Wish {
  const stage = section.own.length + section.below.length === 0 ? null : stageOf(section.text);
  if (stage === null || stage === inherited(section, stages)) return {};
  stages.set(section, stage);
  return { stage };
}

function timesOf(
  section: Outlined,
  roles: ReadonlyMap<Outlined, string>,
  ranges: ReadonlyMap<Outlined | null, Ends>,
  stages: ReadonlyMap<Outlined, Stage>,
): Wish {
  if (section.own.length + section.below.length === 0) return {};
  if (TEXT_ROLES.has(roles.get(section) ?? inherited(section, roles) ?? "")) return {};
  const said = timesIn(textOf(section.node));
  if (said.at)
    return {
      at: said.at.offset,
      anchor: said.at.anchor === "live" ? "live" : undefined,
      duration: said.duration,
    };
  if (!said.range) return { duration: said.duration };
  const stage = stages.get(section) ?? inherited(section, stages);
  return rangeOf(said.range, ranges.get(section.parent), stage === "after");
}

/** Where the windows of the sections beside each other begin and end. */
interface Ends {
  readonly from: Set<number>;
  readonly to: Set<number>;
}

function endsOf(sections: readonly Outlined[]): ReadonlyMap<Outlined | null, Ends> {
  const ends = new Map<Outlined | null, Ends>();
  for (const { node, parent } of sections) {
    const { range } = timesIn(textOf(node));
    const own = ends.get(parent) ?? { from: new Set(), to: new Set() };
    if (range) ends.set(parent, { from: own.from.add(range.from), to: own.to.add(range.to) });
  }
  return ends;
}

/** "(0-30 minutes)", and "(30-60 minutes)" behind it, are windows after going live; "(10-15 minutes)" is how long it takes. */
function rangeOf({ from, to, unit }: Range, ends: Ends | undefined, isAfter: boolean): Wish {
  const isWindow = from === 0 || ends?.to.has(from) || ends?.from.has(to);
  const [start, end] = [durationOf(String(from), unit), durationOf(String(to), unit)];
  if (!isWindow) return { duration: end ?? undefined };
  // Before and during the change nothing says what such a window is counted from.
  if (start === null || end === null || !isAfter) return {};
  return from === 0
    ? { due: `+${end}`, anchor: "live" }
    : { at: `+${start}`, due: `+${end}`, anchor: "live" };
}

function annotate(node: Heading, wish: Wish): Edit {
  const attributes = flow(wish);
  return {
    offset: endOf(node.children.at(-1) ?? node),
    old: "",
    new: ` <!-- section: ${attributes} -->`,
    kind: "section",
    why: `proposed from the heading: ${attributes.slice(1, -1)}`,
    confidence: "likely",
  };
}
