/** Rules about triggers and about what was decided. */
import type { Field, Section } from "../checklist.ts";
import { compareInstants } from "../instant.ts";
import {
  against,
  applies,
  decisionRoots,
  decisionsFrom,
  decisionsOf,
  firedTriggers,
  firstSeen,
} from "../judgement/deciding.ts";
import { folded, isSamePerson } from "../judgement/identity.ts";
import { sayItem, sayPerson, saySection } from "../judgement/names.ts";
import type { Situation } from "../judgement/situation.ts";
import type { ItemState } from "../judgement/states.ts";
import { isDue, plannedStart } from "../judgement/times.ts";
import { claimsRole, inRoster } from "../judgement/waivers.ts";
import type { Decision } from "../run.ts";
import { count, doneAt, grouped, having, type Rule } from "./rule.ts";

const deciding = ["SOC 2 CC8.1", "NIST SP 800-53 CM-3", "PCI DSS 6.5.1"];
const recovery = ["PCI DSS 6.5.1", "SOC 2 CC7.5", "NIST SP 800-53 CP-10"];
const authority = ["21 CFR 11.10(g)", "SOC 2 CC8.1", "NIST SP 800-53 CM-5"];

const items = (states: readonly ItemState[]) => states.map(({ item }) => item);
const by = (states: readonly ItemState[]) => states.map(({ settled }) => settled?.result.by ?? null);

/** Sections in which something calls for a decision: the decisions taken afterwards answer it. */
function calling(situation: Situation): readonly {
  readonly section: Section;
  readonly fired: readonly ItemState[];
  readonly answers: readonly Decision[];
}[] {
  return firedTriggers(situation)
    .filter(({ calls }) => calls)
    .map(({ section, fired }) => ({
      section,
      fired,
      answers: decisionsFrom(situation, firstSeen(situation, fired)),
    }));
}

/** Who should have decided, by the section or the one around it; null where nobody is named. */
function deciderOf({ outline }: Situation, section: string): string | null {
  for (let at: string | null = section; at !== null; at = outline.section.get(at)?.parent ?? null) {
    const decider = outline.section.get(at)?.decider;
    if (decider) return decider;
  }
  return null;
}

/** Sections that a decision answers: the one it names, else every one that calls for this decision. */
function answeredBy(situation: Situation, decision: Decision): readonly string[] {
  if (decision.section !== null) return [decision.section];
  const triggers = calling(situation).filter(
    ({ section, answers }) => section.whenMet === decision.decision && answers.includes(decision),
  );
  const gate = decision.decision === "go" || decision.decision === "no-go" || decision.decision === "delay";
  const roots = gate ? decisionRoots(situation) : [];
  return [...triggers.map(({ section }) => section), ...roots].map(({ id }) => id);
}

/** Is it known that somebody else should have decided? Whoever may decide for one of the sections is the right one. */
function decidedByOther(situation: Situation, decision: Decision): string | null {
  const deciders = answeredBy(situation, decision).map((section) => deciderOf(situation, section));
  const others = deciders.map((decider) => isOther(situation, decision, decider));
  return others.includes(null) ? null : (others[0] ?? null);
}

/** Why the decision was not this decider's; null where it was, or nothing tells. What is not recorded proves nothing. */
function isOther(situation: Situation, decision: Decision, decider: string | null): string | null {
  if (decider === null || decision.by === null) return null;
  const field = situation.checklist.fields.find(({ id }) => id === decider);
  const person = situation.run.people.find(({ id }) => id === decision.by);
  if (field) {
    const named = situation.run.fields[field.id];
    if (named === undefined || folded(named) === folded(person?.name ?? "")) return null;
    const holder = handedOn(situation, named, field, decision.at);
    if (isSamePerson(situation, holder, decision.by)) return null;
    const handed = holder === named ? "" : `, who handed over to ${sayPerson(situation, holder)}`;
    return `${field.label} names ${sayPerson(situation, named)}${handed}`;
  }
  const at = decision.at ?? situation.asOf;
  if (
    claimsRole(situation, decision.by, decider, decision.at) ||
    inRoster(situation, decision.by, decider, at)
  )
    return null;
  const known =
    person?.role != null || (situation.facts.roster?.roles ?? []).some(({ role }) => role === decider);
  return known ? `the decision belongs to the role ${decider}` : null;
}

/** Who has the authority of a person field at a time, when whoever the field names handed it over. */
function handedOn(situation: Situation, named: string, field: Field, at: string | null): string {
  const names = [field.id, field.label].map(folded);
  const authority = field.authority === null ? null : folded(field.authority);
  return situation.run.handovers
    .filter(
      ({ role }) =>
        names.includes(folded(role)) ||
        folded(role)
          .split(" ")
          .includes(authority ?? ""),
    )
    .filter((entry) => at === null || compareInstants(entry.at, at) <= 0)
    .sort((a, b) => compareInstants(a.at, b.at))
    .reduce((holder, { from, to }) => (isSamePerson(situation, holder, from) ? to : holder), named);
}

export const decisionRules: readonly Rule[] = [
  {
    id: "trigger-fired",
    severity: "exception",
    serves: recovery,
    says: "A trigger fired.",
    find: (situation) =>
      firedTriggers(situation).flatMap(({ section, fired, calls }) =>
        fired.map((state) => ({
          reason: `${sayItem(state.item)}: fired${calls && section.whenMet ? `, which calls for ${section.whenMet}` : ""}`,
          items: [state.item],
          people: by([state]),
          times: [doneAt(state)],
          ...(calls ? {} : { severity: "note" as const }),
        })),
      ),
  },
  {
    id: "fired-without-decision",
    severity: "gap",
    serves: deciding,
    says: "A trigger fired, and no decision followed.",
    find: (situation) =>
      calling(situation)
        .filter(({ answers }) => answers.length === 0)
        .map(({ section, fired }) => ({
          reason: `${saySection(section)}: ${count(fired.length, "trigger")} fired, no decision is recorded`,
          items: items(fired),
          people: by(fired),
          times: [firstSeen(situation, fired)],
        })),
  },
  {
    id: "trigger-not-looked-at",
    severity: "gap",
    serves: recovery,
    says: "At the close nobody recorded whether a trigger fired. It is not clear because nobody looked.",
    find: (situation) =>
      situation.run.closed
        ? grouped(
            having(situation, "not-recorded").filter(({ item }) => item.role === "triggers"),
            ({ item }) => item.section,
          ).map((group) => ({
            reason: `nobody recorded having looked at ${count(group.length, "trigger")}`,
            items: items(group),
          }))
        : [],
  },
  {
    id: "decided-by-other",
    severity: "blocker",
    serves: authority,
    says: "A decision was taken by somebody else than the role or person that it belongs to.",
    find: (situation) =>
      situation.decisions.flatMap((decision) => {
        const other = decidedByOther(situation, decision);
        if (other === null) return [];
        return [
          {
            reason: `${decision.decision} was decided by ${sayPerson(situation, decision.by)}, but ${other}`,
            people: [decision.by],
            times: [decision.at],
          },
        ];
      }),
  },
  {
    id: "decision-missing",
    severity: "gap",
    serves: deciding,
    says: "A decision was due, by its time, by the begin of the change or at the close, and is not recorded.",
    find: (situation) =>
      decisionRoots(situation).flatMap((root) => {
        const taken = decisionsOf(situation, root).some(({ decision }) => decision !== "delay");
        if (taken || !applies(situation, root) || situation.turn) return [];
        const due = plannedStart(situation, root);
        const begun = root.stage === "before" && situation.changeBegan !== null;
        if (!begun && !isDue(situation, due)) return [];
        const why = begun ? "the change began without it" : "it is not recorded";
        return [
          {
            reason: `${saySection(root)}: no decision, ${why}`,
            times: [due, situation.changeBegan?.at ?? null],
          },
        ];
      }),
  },
  {
    id: "go-despite-unmet",
    severity: "blocker",
    serves: deciding,
    says: "Go was decided although a criterion was not met, or something called for no-go or delay.",
    find: (situation) =>
      decisionRoots(situation).flatMap((root) => {
        const last = decisionsOf(situation, root).findLast(
          ({ decision }) => decision === "go" || decision === "no-go" || decision === "delay",
        );
        const unmet = last?.decision === "go" ? against(situation, root) : null;
        if (!last || !unmet) return [];
        return [
          {
            reason: `${saySection(root)}: go was decided, but ${unmet.why}`,
            items: unmet.items,
            people: [last.by],
            times: [last.at],
          },
        ];
      }),
  },
];
