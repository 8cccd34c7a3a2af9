/** Signatures with the grade of their identity; required ones that are absent stand as NOT SIGNED. */
import { maybeMoment, maybePerson, saySection } from "../judgement/names.ts";
import { isPreapproved, type SignoffState } from "../judgement/signing.ts";
import type { Situation } from "../judgement/situation.ts";
import type { SignatureReport } from "../report.ts";
import type { Signature, SigningMethod } from "../run.ts";

const methods: Readonly<Record<SigningMethod, string>> = {
  ink: "ink on paper",
  typed: "typed",
  key: "signed with a key",
  sso: "single sign-on",
  verbal: "said aloud",
};

/** Required ones first, in the order of the checklist, signed or not; then those that nobody asked for. */
export function signatureReports(situation: Situation): readonly SignatureReport[] {
  const asked = situation.signing.flatMap((state) => {
    const scope = scopeOf(situation, state);
    const { id, role, meaning } = state.signoff;
    if (!state.signature)
      return [
        signatureReport(situation, state.signatures[0] ?? null, {
          signoff: id,
          role,
          meaning,
          scope,
          state: state.state,
        }),
      ].map((report) => ({
        ...report,
        grade: isPreapproved(situation, state.signoff, state.span)
          ? `rests on the preapproval ${situation.run.change.preapproval?.id ?? ""}`
          : report.grade,
      }));
    return state.signatures.map((signature) =>
      signatureReport(situation, signature, { signoff: id, role, meaning, scope, state: "signed" }),
    );
  });
  const unasked = situation.unasked.map((signature) => {
    const sections = signature.covers.sections.map((id) => sectionSaid(situation, id));
    return signatureReport(situation, signature, {
      signoff: null,
      role: signature.role,
      meaning: signature.meaning,
      scope: sections.length > 0 ? sections.join(", ") : "the whole run",
      state: "unasked",
    });
  });
  return [...asked, ...unasked];
}

function sectionSaid({ outline }: Situation, id: string): string {
  const section = outline.section.get(id);
  return section ? saySection(section) : id;
}

function scopeOf(situation: Situation, { signoff }: SignoffState): string {
  if (signoff.before !== null) return `before ${sectionSaid(situation, signoff.before)}`;
  return signoff.after === null ? "the whole run" : `after ${sectionSaid(situation, signoff.after)}`;
}

type Asked = Pick<SignatureReport, "signoff" | "role" | "meaning" | "scope" | "state">;

function signatureReport(situation: Situation, signature: Signature | null, asked: Asked): SignatureReport {
  return {
    ...asked,
    by: maybePerson(situation, signature?.by ?? null),
    at: maybeMoment(signature?.at ?? null),
    method: signature?.method ?? null,
    grade: gradeOf(situation, signature, asked.state),
    witness: maybePerson(situation, signature?.witness ?? null),
    covers: signature?.covers ?? { sections: [], record: null },
    key: signature?.key?.public ?? null,
  };
}

/** How much stands behind a name: never more than was recorded. */
function gradeOf(situation: Situation, signature: Signature | null, state: SignatureReport["state"]): string {
  if (!signature || signature.by === null) return state === "not signed" ? "NOT SIGNED" : state;
  // That a person was verified somewhere says nothing of who typed this name.
  if (signature.method === "typed") return "typed, identity claimed";
  if (signature.key !== null) return "signed with a key, identity claimed";
  const person = situation.run.people.find(({ id }) => id === signature.by);
  const how =
    signature.method === "key" && signature.key === null
      ? "said to be signed with a key"
      : signature.method === null
        ? "method not recorded"
        : methods[signature.method];
  const rests =
    person?.identity === "verified" && person.by !== null && person.by !== signature.method
      ? ` by ${person.by}`
      : "";
  return `${how}, identity ${person?.identity ?? "claimed"}${rests}`;
}
