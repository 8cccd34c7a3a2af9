/** Rules about triggers, decisions, criteria, bands and ways back. */

import type { Section } from "../checklist.ts";
import { compareInstants, latest } from "../instant.ts";
import {
  adds,
  against,
  applies,
  decisionRoots,
  decisionsFrom,
  decisionsOf,
  firedTriggers,
  firstSeen,
  judgedSections,
  ownStates,
  seenAt,
} from "../judgement/deciding.ts";
import { sayItem, saySection } from "../judgement/names.ts";
import type { Situation } from "../judgement/situation.ts";
import type { ItemState } from "../judgement/states.ts";
import { isDue, plannedStart } from "../judgement/times.ts";
import { isVerified, verifiers } from "../judgement/turning.ts";
import { claimsRole, inRoster, judgeWaiver } from "../judgement/waivers.ts";
import type { Decision } from "../run.ts";
import { answer, count, doneAt, type Found, grouped, having, type Rule, unlessAnswered } from "./rule.ts";

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

function bandsSeen(situation: Situation, band: "amber" | "red"): readonly ItemState[] {
  return situation.states.filter(({ item, status }) => item.band === band && status === "seen");
}

const wayOut: ReadonlySet<string> = new Set(["rollback", "no-go", "abort"]);

function redBand(situation: Situation, state: ItemState): Found {
  const out = decisionsFrom(situation, doneAt(state)).find(({ decision }) => wayOut.has(decision));
  const then = out ? `, and ${out.decision} was decided` : ", and nobody decided to roll back";
  return {
    reason: `${sayItem(state.item)}: the red band was seen${then}`,
    items: [state.item],
    people: [state.settled?.result.by ?? null, out?.by ?? null],
    times: [doneAt(state), out?.at ?? null],
    ...(out ? { severity: "exception" as const } : {}),
  };
}

/** Who should have decided, by the section or the one around it; null where nobody is named. */
function deciderOf({ outline }: Situation, decision: Decision): string | null {
  for (let at = decision.section; at !== null; at = outline.section.get(at)?.parent ?? null) {
    const decider = outline.section.get(at)?.decider;
    if (decider) return decider;
  }
  return null;
}

/** Is it known that somebody else should have decided? What is not recorded proves nothing. */
function decidedByOther(situation: Situation, decision: Decision): string | null {
  const decider = deciderOf(situation, decision);
  if (decider === null || decision.by === null) return null;
  const field = situation.checklist.fields.find(({ id }) => id === decider);
  const person = situation.run.people.find(({ id }) => id === decision.by);
  if (field) {
    const named = situation.run.fields[field.id];
    if (named === undefined || named === decision.by || named === person?.name) return null;
    return `${field.label} names ${named}`;
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

export const pathRules: readonly Rule[] = [
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
            reason: `${decision.decision} was decided by ${decision.by}, but ${other}`,
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
  {
    id: "contingency-incomplete",
    severity: "blocker",
    serves: recovery,
    says: "A way back was taken, and at the close one of its steps had not passed.",
    find: (situation) => {
      if (!situation.run.closed) return [];
      const open = having(
        situation,
        "not-recorded",
        "not-due",
        "failed",
        "blocked",
        "inconclusive",
        "skipped",
      ).filter(({ item }) => item.role === "contingency" && !item.optional);
      return grouped(open, ({ item }) => item.section).map((group) => {
        const section = situation.outline.section.get(group[0]?.item.section ?? "");
        const states = [...new Set(group.map(({ status }) => status.replaceAll("-", " ")))].join(", ");
        return {
          reason: `${section ? saySection(section) : "way back"}: ${count(group.length, "step")} not passed (${states})`,
          items: items(group),
          people: by(group),
          times: group.map(doneAt),
        };
      });
    },
  },
  {
    id: "rollback-not-verified",
    severity: "blocker",
    serves: recovery,
    says: "The run turned back, and no item that proves the rollback passed, or one says otherwise.",
    find: (situation) => {
      if (situation.turn?.kind !== "rollback" || isVerified(situation)) return [];
      const proofs = verifiers(situation);
      const failed = proofs.some(({ status }) => status === "failed" || status === "blocked");
      if (!situation.run.closed && !failed) return [];
      const why =
        proofs.length === 0
          ? "the checklist has no item that proves it"
          : `what proves it is ${[...new Set(proofs.map(({ status }) => status.replaceAll("-", " ")))].join(", ")}`;
      return [
        {
          reason: `the rollback is not verified: ${why}`,
          items: items(proofs),
          people: by(proofs),
          times: [situation.turn.at],
        },
      ];
    },
  },
  {
    id: "criteria-not-met",
    severity: "blocker",
    serves: ["SOC 2 CC8.1", "NIST SP 800-53 CM-4"],
    says: "Success criteria are not met by the section's rule. Answered by a rollback it is an exception.",
    find: (situation) =>
      judgedSections(situation, "criteria").flatMap((section) => {
        const states = ownStates(situation, section, "criteria");
        const bad = states.filter(
          (state) => state.status === "not-met" && judgeWaiver(situation, state)?.valid !== true,
        );
        const enough = section.rule === "any" && adds(section, states, "met", "any");
        const [first] = bad;
        if (!first || enough) return [];
        // What came up last weighs: it has to lie before the turn as well.
        const at = latest(bad.map((state) => seenAt(situation, state)));
        const severity = unlessAnswered(situation, first.item, at);
        return [
          {
            reason: `${saySection(section)}: ${count(bad.length, "criterion").replace("criterions", "criteria")} not met${answer(situation, first.item, at)}`,
            items: items(bad),
            people: by(bad),
            times: [at],
            ...severity,
          },
        ];
      }),
  },
  {
    id: "band-red",
    severity: "blocker",
    serves: recovery,
    says: "The red band was seen. With a decision to roll back it is an exception.",
    find: (situation) => bandsSeen(situation, "red").map((state) => redBand(situation, state)),
  },
  {
    id: "band-amber",
    severity: "exception",
    serves: recovery,
    says: "The amber band was seen.",
    find: (situation) =>
      bandsSeen(situation, "amber").map((state) => ({
        reason: `${sayItem(state.item)}: the amber band was seen`,
        items: [state.item],
        people: by([state]),
        times: [doneAt(state)],
      })),
  },
  {
    id: "left-open",
    severity: "exception",
    serves: ["NIST SP 800-53 CM-3"],
    says: "Something that had to be taken back before the close was not.",
    find: (situation) =>
      having(situation, "passed").flatMap((state) => {
        const undo = state.item.undo === null ? undefined : situation.state.get(state.item.undo);
        if (!undo || !situation.run.closed || undo.status === "passed" || undo.status === "carried")
          return [];
        // A verified way back leaves the old state behind, by its own steps.
        if (undo.status === "not-reached" && isVerified(situation)) return [];
        const late = undo.due !== null && compareInstants(undo.due, situation.asOf) > 0;
        return late
          ? []
          : [
              {
                reason: `${sayItem(state.item)}: done, but what takes it back is ${undo.status.replaceAll("-", " ")} (${sayItem(undo.item)})`,
                items: [state.item, undo.item],
              },
            ];
      }),
  },
];
