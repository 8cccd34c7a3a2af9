import { compareInstants, latest } from "../instant.ts";
import { adds, decisionsFrom, judgedSections, ownStates, seenAt } from "../judgement/deciding.ts";
import { sayItem, saySection } from "../judgement/names.ts";
import type { Situation } from "../judgement/situation.ts";
import type { ItemState } from "../judgement/states.ts";
import { isVerified, verifiers } from "../judgement/turning.ts";
import { judgeWaiver } from "../judgement/waivers.ts";
import { answer, count, doneAt, type Found, grouped, having, type Rule, unlessAnswered } from "./rule.ts";

const recovery = ["PCI DSS 6.5.1", "SOC 2 CC7.5", "NIST SP 800-53 CP-10"];

const items = (states: readonly ItemState[]) => states.map(({ item }) => item);
const by = (states: readonly ItemState[]) => states.map(({ settled }) => settled?.result.by ?? null);

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

export const pathRules: readonly Rule[] = [
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
          ? situation.outline.items.some(({ verifiesRollback }) => verifiesRollback)
            ? "no way back was taken"
            : "the checklist has no item that proves it"
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
