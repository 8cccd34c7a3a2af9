/** Rules about signatures: there, complete, in time, by the right person, on what was run. */
import { compareInstants, latest } from "../instant.ts";
import { folded } from "../judgement/identity.ts";
import { sayPerson, saySection, sayTime } from "../judgement/names.ts";
import type { SignoffState } from "../judgement/signing.ts";
import type { Situation } from "../judgement/situation.ts";
import { inRoster } from "../judgement/waivers.ts";
import { sectionAndBelow } from "../outline.ts";
import type { Signature } from "../run.ts";
import type { Found, Rule } from "./rule.ts";

const signing = ["21 CFR 11.50", "EU GMP Annex 11 §14", "SOC 2 CC8.1"];

/** "Engineering lead, approval, before 4 Deployment day". */
function saySignoff({ outline }: Situation, { signoff }: SignoffState): string {
  const scope = signoff.before ?? signoff.after;
  const section = scope === null ? undefined : outline.section.get(scope);
  const where = section ? `, ${signoff.before ? "before" : "after"} ${saySection(section)}` : "";
  return `${signoff.role}, ${signoff.meaning}${where}`;
}

function itemsOf(situation: Situation, { signoff }: SignoffState): Found["items"] {
  return situation.states.filter(({ item }) => item.signs === signoff.id).map(({ item }) => item);
}

/** What is found about signatures that answer a sign-off, one by one. */
export function eachSignature(
  situation: Situation,
  find: (state: SignoffState, signature: Signature) => string | null | Partial<Found>,
): readonly Found[] {
  return situation.signing.flatMap((state) => {
    if (!state.signature) return [];
    const found = find(state, state.signature);
    if (found === null) return [];
    const { reason = "", ...rest } = typeof found === "string" ? { reason: found } : found;
    return [
      {
        reason: `${saySignoff(situation, state)}: ${reason}`,
        items: itemsOf(situation, state) ?? [],
        people: [state.signature.by],
        times: [state.signature.at],
        ...rest,
      },
    ];
  });
}

/** When what an approval is for began: its section, or the change itself. */
function beginOf(situation: Situation, { signoff, span }: SignoffState): string | null {
  return signoff.before === null ? (situation.changeBegan?.at ?? null) : (span?.start ?? null);
}

function approvedLate(
  situation: Situation,
  state: SignoffState,
  signature: Signature,
): Partial<Found> | null {
  const { signoff } = state;
  const { change, window } = situation.run;
  const begin = beginOf(situation, state);
  if (signoff.meaning !== "approval" || signoff.after !== null || begin === null || signature.at === null)
    return null;
  if (compareInstants(signature.at, begin) <= 0) return null;
  const when = `signed at ${sayTime(signature.at)}, the work began at ${sayTime(begin)}`;
  if (change.type === "emergency" && state.due !== null) {
    const inTime = compareInstants(signature.at, state.due) <= 0;
    return {
      reason: `emergency, ratified ${inTime ? "in time" : "late"}: ${when}; due ${sayTime(state.due)}`,
      severity: inTime ? "note" : "exception",
    };
  }
  if (change.type === "standard" && change.preapproval) {
    const { id, validUntil } = change.preapproval;
    if (validUntil === null || compareInstants(begin, validUntil) <= 0) return null;
    return { reason: `${when}; the preapproval ${id} had run out at ${sayTime(validUntil)}` };
  }
  return { reason: `approved late: ${when}${window.start ? ` (window from ${sayTime(window.start)})` : ""}` };
}

/** The last work in the scope of a signature. Follow-ups outlive it, ways back have their own. */
function lastWork(situation: Situation, { signoff }: SignoffState, { covers }: Signature): string | null {
  const scopes = covers.sections.length > 0 ? covers.sections : signoff.after === null ? [] : [signoff.after];
  const within = new Set(scopes.flatMap((scope) => [...sectionAndBelow(situation.checklist, scope)]));
  const work = situation.states.filter(({ item, settled }) => {
    const covered = within.size === 0 || within.has(item.section);
    return (
      covered && settled !== null && item.derived === null && item.signs === null && item.role !== "follow-up"
    );
  });
  return latest(
    work.flatMap(({ settled }) => [
      settled?.result.at ?? null,
      ...(settled?.readings ?? []).map(({ at }) => at),
    ]),
  );
}

/** What of that which a signature covers was amended after it was given; null where nothing was. */
function staleness(situation: Situation, { at, covers, record }: Signature): string | null {
  const signed = situation.run.records.find(({ digest }) => digest === covers.record)?.number ?? record;
  const scope = new Set(
    covers.sections.flatMap((section) => [...sectionAndBelow(situation.checklist, section)]),
  );
  const amended = situation.run.corrections.find((correction) => {
    const section =
      correction.item === null ? undefined : situation.outline.item.get(correction.item)?.section;
    const later = correction.record > signed || (at !== null && compareInstants(correction.at, at) > 0);
    return (
      later &&
      correction.part !== "dispositions" &&
      (scope.size === 0 || (section !== undefined && scope.has(section)))
    );
  });
  return amended
    ? `signed on record ${signed}, amended by record ${amended.record} (${amended.pointer})`
    : null;
}

export const signatureRules: readonly Rule[] = [
  {
    id: "signature-missing",
    severity: "gap",
    serves: signing,
    says: "A signature that was due is not there. One that may still come after the close is a note.",
    find: (situation) => [
      ...situation.signing
        .filter(({ state, due }) => state === "not due" && due !== null && situation.run.closed)
        .map((state) => ({
          reason: `${saySignoff(situation, state)}: not signed yet, due ${sayTime(state.due)}`,
          items: itemsOf(situation, state) ?? [],
          times: [state.due],
          severity: "note" as const,
        })),
      ...situation.signing
        .filter(({ state, signatures }) => state === "not signed" && signatures.length === 0)
        .map((state) => {
          const meant = situation.unasked.find(({ role }) => folded(role) === folded(state.signoff.role));
          const other = meant?.meaning ? `; ${meant.role} signed for ${meant.meaning}` : "";
          return {
            reason: `${saySignoff(situation, state)}: not signed${other}`,
            items: itemsOf(situation, state) ?? [],
            times: [state.due],
          };
        }),
    ],
  },
  {
    id: "signature-incomplete",
    severity: "gap",
    serves: signing,
    says: "A signature lacks the name, the time or the meaning.",
    find: (situation) =>
      [...situation.signing.flatMap(({ signatures }) => signatures), ...situation.unasked].flatMap(
        (signature) => {
          const missing = [
            signature.by === null ? "name" : "",
            signature.at === null ? "time" : "",
            signature.meaning === null ? "meaning" : "",
          ].filter((part) => part !== "");
          return missing.length === 0
            ? []
            : [
                {
                  reason: `the signature of ${signature.role} has no ${missing.join(" and no ")}`,
                  people: [signature.by],
                  times: [signature.at],
                },
              ];
        },
      ),
  },
  {
    id: "approved-late",
    severity: "blocker",
    serves: ["SOC 2 CC8.1", "PCI DSS 6.5.1", "NIST SP 800-53 CM-3", "ISO/IEC 27001 A.8.32"],
    says: "A normal change began before it was approved. An emergency may be ratified until its due time; a standard change rests on a valid preapproval.",
    find: (situation) =>
      eachSignature(situation, (state, signature) => approvedLate(situation, state, signature)),
  },
  {
    id: "signed-before-the-work",
    severity: "exception",
    serves: [...signing, "21 CFR 11.70"],
    says: "Somebody signed for the execution or the review of work that was not done yet.",
    find: (situation) =>
      eachSignature(situation, (state, signature) => {
        if (state.signoff.meaning !== "execution" && state.signoff.meaning !== "review") return null;
        const last = lastWork(situation, state, signature);
        if (last === null || signature.at === null || compareInstants(signature.at, last) >= 0) return null;
        return `signed at ${sayTime(signature.at)}, work went on until ${sayTime(last)}`;
      }),
  },
  {
    id: "signed-earlier-record",
    severity: "exception",
    serves: ["21 CFR 11.70", "EU GMP Annex 11 §14"],
    says: "What was signed was amended afterwards. A record that was merely continued stays signed.",
    find: (situation) =>
      eachSignature(situation, ({ signatures }, signature) =>
        // Who signs again, after what was amended, has signed what is recorded.
        signatures.some((again) => again.by !== null && staleness(situation, again) === null)
          ? null
          : staleness(situation, signature),
      ),
  },
  {
    id: "signer-not-in-role",
    severity: "exception",
    serves: ["21 CFR 11.10(g)", "NIST SP 800-53 AC-3", "SOC 2 CC6.3"],
    says: "By the roster, whoever signed did not hold the role on that day.",
    find: (situation) =>
      situation.facts.roster === null
        ? []
        : eachSignature(situation, ({ signoff }, { by, at }) => {
            if (by === null || inRoster(situation, by, signoff.role, at ?? situation.asOf)) return null;
            const holders =
              situation.facts.roster?.roles
                .filter(({ role }) => folded(role) === folded(signoff.role))
                .map(({ person }) => person) ?? [];
            const listed =
              holders.length > 0
                ? `it names ${[...new Set(holders)].map((id) => sayPerson(situation, id)).join(", ")}`
                : "it names nobody for it";
            return `signed by ${sayPerson(situation, by)}, who did not hold this role on that day by the roster (${listed})`;
          }),
  },
  {
    id: "typed-identity",
    severity: "exception",
    serves: ["21 CFR 11.100", "21 CFR 11.200", "EU GMP Annex 11 §14"],
    says: "A name was typed, and nobody verified whose it is: typed, identity claimed.",
    find: (situation) =>
      // That a person was verified somewhere says nothing of who typed this name.
      eachSignature(situation, ({ signatures }, { by, method }) => {
        if (method !== "typed") return null;
        const again = signatures.some((one) => one.by === by && (one.key !== null || one.method === "sso"));
        return again ? null : "typed, identity claimed";
      }),
  },
];
