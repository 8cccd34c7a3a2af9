/** Roles, stages and times of sections, proposed from their headings. */
import type { Heading, Nodes } from "mdast";
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
}

type Wish = Readonly<Record<string, string | undefined>>;

export function proposeSections(draft: Draft): Step {
  const sections = outline(draft);
  const ranges = new Map<Outlined | null, number>();
  const edits: Edit[] = [];
  const notes: Note[] = [];
  const roles = new Map<Outlined, string>();
  const about = isRollback(folded(titleOf(draft)));
  for (const section of sections) {
    const meant = roleOf(section, roles, about, notes);
    if (meant.role) roles.set(section, meant.role);
    const wish: Wish = {
      role: meant.role,
      rule: meant.rule,
      "when-met": meant.whenMet,
      ...stageAndTime(section, roles, ranges),
    };
    if (Object.values(wish).some((value) => value !== undefined)) edits.push(annotate(section.node, wish));
  }
  return { edits, notes };
}

/** The document's title is no section (document.ts has the rule). */
function outline(draft: Draft): readonly Outlined[] {
  const sections: Outlined[] = [];
  const headings = draft.root.children.filter((node) => node.type === "heading");
  const title =
    headings[0]?.depth === 1 && headings.filter(({ depth }) => depth === 1).length === 1 ? headings[0] : null;
  let current: Outlined | null = null;
  walk(draft.root, (node, within) => {
    if (node.type === "heading" && node !== title && within.every(isOpen)) {
      const parent: Outlined | null =
        sections.findLast((one) => one.node.depth < node.depth && isAbove(one, current)) ?? null;
      current = { node, text: folded(textOf(node)), parent, own: [], below: [], fences: 0 };
      sections.push(current);
    }
    if (node.type === "code" && current) current.fences += 1;
    if (node.type !== "listItem" || typeof node.checked !== "boolean" || !current) return;
    const text = textOf(node.children[0] ?? node).toLowerCase();
    current.own.push(text);
    for (let up = current.parent; up; up = up.parent) up.below.push(text);
  });
  return sections;
}

function isOpen({ type }: Nodes): boolean {
  return type === "root";
}

function isAbove(one: Outlined, current: Outlined | null): boolean {
  for (let up = current; up; up = up.parent) if (up === one) return true;
  return false;
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
  if (decides) return { role: "decision" };
  const inherited = inheritedRole(section, roles);
  if (!meant.role || meant.role === inherited)
    return inherited && meant.rule
      ? { rule: meant.rule, ...(meant.whenMet ? { whenMet: meant.whenMet } : {}) }
      : {};
  if (TEXT_ROLES.has(meant.role)) {
    if (boxes.length > 0 || (meant.role === "templates" && section.fences === 0)) return {};
    // Text under a path that may be taken stays with it.
    return inherited !== undefined && meant.role === "reference" ? {} : meant;
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

function inheritedRole(section: Outlined, roles: ReadonlyMap<Outlined, string>): string | undefined {
  for (let up = section.parent; up; up = up.parent) {
    const role = roles.get(up);
    if (role !== undefined) return role;
  }
  return undefined;
}

function doubt({ node }: Outlined, text: string): Note {
  return { offset: startOf(node), kind: "section", text: `'${textOf(node)}': ${text}`, doubt: true };
}

function stageAndTime(
  section: Outlined,
  roles: ReadonlyMap<Outlined, string>,
  ranges: Map<Outlined | null, number>,
): Wish {
  if (section.own.length + section.below.length === 0) return {};
  const stage = stageOf(section.text) ?? undefined;
  const said = timesIn(textOf(section.node));
  const isCounted = !TEXT_ROLES.has(roles.get(section) ?? inheritedRole(section, roles) ?? "");
  if (!isCounted) return {};
  if (said.at) return { stage, at: said.at.offset, anchor: said.at.anchor === "live" ? "live" : undefined };
  const timed = said.range ? rangeOf(said.range, section, ranges) : { duration: said.duration };
  return { stage, ...timed };
}

/** "(0-30 minutes)", and "(30-60 minutes)" behind it, are windows after going live; "(10-15 minutes)" is how long it takes. */
function rangeOf({ from, to, unit }: Range, section: Outlined, ranges: Map<Outlined | null, number>): Wish {
  const isWindow = from === 0 || ranges.get(section.parent) === from;
  ranges.set(section.parent, to);
  const [start, end] = [durationOf(String(from), unit), durationOf(String(to), unit)];
  if (!isWindow || start === null || end === null) return { duration: end ?? undefined };
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
