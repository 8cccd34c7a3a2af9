/** What sections under `triggers`, `criteria`, `decision` and `bands` say, and which decisions answer them. */
import type { Item, Section } from "../checklist.ts";
import { compareInstants, earliest, latest } from "../instant.ts";
import { itemsWithin, sectionAndBelow } from "../outline.ts";
import type { Decision } from "../run.ts";
import { sourcesOf } from "./derived.ts";
import type { Situation } from "./situation.ts";
import type { ItemState } from "./states.ts";

/** The sections of a role that hold items of it themselves: each is judged by its own rule. */
export function judgedSections(situation: Situation, role: Item["role"]): readonly Section[] {
  return situation.outline.sections.filter(
    (section) => section.role === role && ownStates(situation, section, role).length > 0,
  );
}

/** States of a section's own items of a role, derived ones too. */
export function ownStates({ states }: Situation, { id }: Section, role: Item["role"]): readonly ItemState[] {
  return states.filter(({ item }) => item.section === id && item.role === role && item.parent === null);
}

/** Do the items of a section add up to its rule, `any` or `all`, in this status? What does not apply does not count. */
export function adds(
  section: Section,
  states: readonly ItemState[],
  status: ItemState["status"],
  otherwise: "any" | "all",
): boolean {
  const counted = states.filter((state) => state.status !== "not-selected" && state.status !== "not-needed");
  if (counted.length === 0) return false;
  return (section.rule ?? otherwise) === "all"
    ? counted.every((state) => state.status === status)
    : counted.some((state) => state.status === status);
}

/** Triggers that call for something: those of a section whose rule is fulfilled. */
export function firedTriggers(
  situation: Situation,
): readonly { readonly section: Section; readonly fired: readonly ItemState[]; readonly calls: boolean }[] {
  return judgedSections(situation, "triggers").flatMap((section) => {
    const states = ownStates(situation, section, "triggers");
    const fired = states.filter(({ status }) => status === "fired");
    return fired.length === 0 ? [] : [{ section, fired, calls: adds(section, states, "fired", "any") }];
  });
}

/** When an item was recorded as done; for one that follows from others, when the last of them was. */
export function seenAt(situation: Situation, { item, settled }: ItemState): string | null {
  if (item.derived === null) return settled?.result.at ?? null;
  return latest(
    sourcesOf(situation, item).map(({ id }) => situation.state.get(id)?.settled?.result.at ?? null),
  );
}

/** When something was seen first; null if no time is recorded. */
export function firstSeen(situation: Situation, states: readonly ItemState[]): string | null {
  return earliest(states.map((state) => seenAt(situation, state)));
}

/** Decisions taken at or after a time; those without one count as after. */
export function decisionsFrom({ decisions }: Situation, at: string | null): readonly Decision[] {
  return decisions.filter(
    (decision) => at === null || decision.at === null || compareInstants(decision.at, at) >= 0,
  );
}

/** The topmost sections under role `decision`: each is one decision to be taken. */
export function decisionRoots({ outline }: Situation): readonly Section[] {
  return outline.sections.filter(
    ({ role, parent }) => role === "decision" && outline.section.get(parent ?? "")?.role !== "decision",
  );
}

/** Decisions that answer a section: those that name it or one inside it, and those that name none. */
export function decisionsOf(situation: Situation, root: Section): readonly Decision[] {
  const within = sectionAndBelow(situation.checklist, root.id);
  return situation.decisions.filter(({ section }) => section === null || within.has(section));
}

/** Is there anything in a decision section that applies to this run? */
export function applies(situation: Situation, root: Section): boolean {
  const items = itemsWithin(situation.checklist, root.id);
  const states = items.flatMap(({ id }) => situation.state.get(id) ?? []);
  return (
    states.length === 0 ||
    states.some(
      ({ status }) => status !== "not-selected" && status !== "not-needed" && status !== "not-reached",
    )
  );
}

/** Does this section say what calls for no-go, delay or rollback? Then it is good when its items are not met. */
function speaksAgainst(section: Section | undefined): boolean {
  return section?.whenMet === "no-go" || section?.whenMet === "delay" || section?.whenMet === "rollback";
}

/** Is an item as it should be? */
export function isGood({ outline }: Pick<Situation, "outline">, { item, status }: ItemState): boolean {
  if (item.role === "decision" && speaksAgainst(outline.section.get(item.section)))
    return status === "not-met";
  return ["passed", "met", "clear", "seen", "not-seen"].includes(status);
}

export interface Unmet {
  readonly items: readonly Item[];
  readonly why: string;
}

/** What spoke against a `go`: criteria that were not met, and what calls for no-go or delay. Null if nothing did. */
export function against(situation: Situation, root: Section): Unmet | null {
  const within = sectionAndBelow(situation.checklist, root.id);
  const unmet = judgedSections(situation, "decision")
    .filter(({ id }) => within.has(id))
    .flatMap((section) => {
      const states = ownStates(situation, section, "decision");
      if (speaksAgainst(section))
        return adds(section, states, "met", "any") ? states.filter(({ status }) => status === "met") : [];
      const bad = states.filter(({ status }) => status === "not-met");
      return section.rule === "any" && states.some(({ status }) => status === "met") ? [] : bad;
    });
  const calls = firedTriggers(situation).filter(
    ({ section, calls: all }) => all && (section.whenMet === "no-go" || section.whenMet === "delay"),
  );
  const items = [...unmet, ...calls.flatMap(({ fired }) => fired)].map(({ item }) => item);
  return items.length === 0
    ? null
    : {
        items,
        why: unmet.length > 0 ? "its criteria spoke against it" : "a trigger called for something else",
      };
}
