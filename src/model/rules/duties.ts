/** Rules about who may not be the same person, and about reviews of emergencies. */
import { compareInstants } from "../instant.ts";
import { personKey } from "../judgement/identity.ts";
import { sayPerson, sayTime } from "../judgement/names.ts";
import { reviewDue } from "../judgement/signing.ts";
import type { Situation } from "../judgement/situation.ts";
import { type Found, grouped, type Rule } from "./rule.ts";
import { eachSignature } from "./signatures.ts";

const duties = ["NIST SP 800-53 AC-5", "ISO/IEC 27001 A.5.3", "SOC 2 CC8.1"];

/** Everybody who did work of the change, asked for it or wrote it, with what they did. */
function involved(situation: Situation): ReadonlyMap<string, string> {
  const { run } = situation;
  const found = new Map<string, string>();
  const add = (id: string | null, what: string): void => {
    if (id !== null && !found.has(personKey(situation, id))) found.set(personKey(situation, id), what);
  };
  add(run.change.requester, "requested the change");
  for (const { authors } of run.change.work) for (const author of authors) add(author, "wrote part of it");
  for (const { item, settled } of situation.states) {
    if (item.stage !== "change" || item.signs !== null || item.role === "triggers" || item.role === "bands")
      continue;
    add(settled?.result.by ?? null, "did work of the change");
    for (const { by } of settled?.attempts ?? []) add(by, "did work of the change");
    // Two who recorded the same at the same time did it together, whoever handed it in first.
    for (const { by, at } of settled?.observers ?? [])
      if (at !== null && at === settled?.result.at) add(by, "did work of the change");
  }
  return found;
}

function samePerson(situation: Situation): readonly Found[] {
  const doers = involved(situation);
  const approvals = eachSignature(situation, ({ signoff }, { by }) => {
    const what = by === null ? undefined : doers.get(personKey(situation, by));
    return signoff.meaning === "approval" && what !== undefined
      ? `approved by ${sayPerson(situation, by)}, who ${what}`
      : null;
  });
  const signed = situation.signing.flatMap((state) =>
    state.signature?.by ? [{ state, by: state.signature.by }] : [],
  );
  const twice = grouped(signed, ({ by }) => personKey(situation, by)).flatMap((group): readonly Found[] => {
    const roles = [...new Set(group.map(({ state }) => state.signoff.role))];
    if (roles.length < 2) return [];
    return [
      {
        reason: `${sayPerson(situation, group[0]?.by ?? null)} signed in ${roles.length} roles: ${roles.join(", ")}`,
        people: [group[0]?.by ?? null],
        times: group.map(({ state }) => state.signature?.at ?? null),
      },
    ];
  });
  return [...approvals, ...twice, ...sameKey(situation)];
}

/** One key under two names: then one person signed for both, or the key is no one person's. */
function sameKey(situation: Situation): readonly Found[] {
  const keyed = situation.run.signatures.flatMap((one) =>
    one.key && one.by !== null ? [{ ...one, by: one.by, key: one.key.public }] : [],
  );
  return grouped(keyed, ({ key }) => key).flatMap((group): readonly Found[] => {
    const people = [...new Map(group.map(({ by }) => [personKey(situation, by), by])).values()];
    if (people.length < 2) return [];
    return [
      {
        reason: `${people.map((id) => sayPerson(situation, id)).join(" and ")} signed with the same key, ${group[0]?.key ?? ""}`,
        people,
        times: group.map(({ at }) => at),
      },
    ];
  });
}

export const dutyRules: readonly Rule[] = [
  {
    id: "same-person",
    severity: "exception",
    serves: duties,
    says: "Whoever approved also requested, wrote or did the work, one person signed in two roles, or two names signed with one key.",
    find: samePerson,
  },
  {
    id: "emergency-review-missing",
    severity: "gap",
    serves: ["SOC 2 CC8.1", "PCI DSS 6.5.1", "ISO/IEC 27001 A.8.32"],
    says: "An emergency change was due for its review, and neither a review nor a signature for one is recorded.",
    find: (situation) => {
      const { run } = situation;
      const due = reviewDue(situation);
      if (due === null || compareInstants(due, situation.asOf) > 0) return [];
      const reviewed =
        run.review !== null || run.signatures.some(({ meaning, by }) => meaning === "review" && by !== null);
      return reviewed
        ? []
        : [
            {
              reason: `the emergency change had to be reviewed by ${sayTime(due)}; no review is recorded`,
              times: [due],
            },
          ];
    },
  },
];
