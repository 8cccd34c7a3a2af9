import { isSamePerson } from "../judgement/identity.ts";
import { about, lookedAt, type Rule } from "./rule.ts";

const recorded = ["NIST SP 800-53 AU-3", "21 CFR 11.10(e)", "SOC 2 CC8.1"];

export const evidenceRules: readonly Rule[] = [
  {
    id: "evidence-missing",
    severity: "gap",
    serves: recorded,
    says: "Evidence had to be attached and is not there, or was listed and its file is not kept.",
    find: (situation) => [
      ...lookedAt(situation)
        .filter(({ item, settled }) => item.evidence && settled?.evidence.length === 0)
        .map((state) => about(state, { reason: `evidence is required, none is attached` })),
      ...situation.run.evidence
        .filter(({ id }) => situation.facts.evidence !== null && situation.facts.evidence[id] == null)
        .map(({ id, name, by, at }) => ({
          reason: `the evidence ${id} (${name}) is listed, but its file is not kept`,
          items: situation.states
            .filter(({ settled }) => settled?.evidence.includes(id))
            .map(({ item }) => item),
          people: [by],
          times: [at],
        })),
    ],
  },
  {
    id: "evidence-digest",
    severity: "blocker",
    serves: [...recorded, "21 CFR 11.10(c)"],
    says: "The file that is kept as evidence is not the one that the record names.",
    find: ({ run, facts, states }) =>
      run.evidence.flatMap(({ id, name, sha256, by, at }) => {
        const kept = facts.evidence?.[id] ?? null;
        if (kept === null || sha256 === null || kept === sha256) return [];
        return [
          {
            reason: `the evidence ${id} (${name}) has the digest ${kept}, the record names ${sha256}`,
            items: states.filter(({ settled }) => settled?.evidence.includes(id)).map(({ item }) => item),
            people: [by],
            times: [at],
          },
        ];
      }),
  },
  {
    id: "redacted",
    severity: "note",
    serves: recorded,
    says: "Something was taken out when the record came in, because a secret stood there.",
    find: ({ run }) =>
      run.chain.flatMap(({ record }, index) =>
        (record.redacted ?? []).map((place) => ({
          reason: `record ${index + 1}: taken out because a secret stood there, ${place}`,
        })),
      ),
  },
  {
    id: "capture-missing",
    severity: "gap",
    serves: recorded,
    says: "A required blank of an item, such as a location or a link, was left empty.",
    find: (situation) =>
      lookedAt(situation).flatMap((state) => {
        const filled = state.settled?.result.captures ?? {};
        const missing = state.item.captures.filter(
          ({ id, required }) => required && (filled[id] ?? "").trim() === "",
        );
        if (missing.length === 0 || state.status === "failed") return [];
        return [
          about(state, {
            reason: `${missing.map(({ label }) => label).join(", ")} left empty`,
          }),
        ];
      }),
  },
  {
    id: "witness-missing",
    severity: "gap",
    serves: ["NIST SP 800-53 AC-5", "SOC 2 CC8.1"],
    says: "A second person had to watch, and nobody is named, or the same person is.",
    find: (situation) =>
      lookedAt(situation).flatMap((state) => {
        const result = state.settled?.result;
        const same = isSamePerson(situation, result?.witness ?? null, result?.by ?? null);
        if (!state.item.witness || (result?.witness != null && !same)) return [];
        return [
          about(state, {
            reason: `${result?.witness == null ? "no witness is named" : "the witness is whoever did it"}`,
          }),
        ];
      }),
  },
];
