/** The rule about what opens doors. */
import type { Checked, Finding } from "./rule.ts";

/** A source is published, printed and kept for ever. The place is told, never the secret. */
export function secret({ secrets }: Pick<Checked, "secrets">): readonly Finding[] {
  return secrets.map(({ kind, line, column }) => ({
    rule: "secret",
    severity: "error",
    line,
    column,
    reason: `this looks like ${kind}`,
    hint: "write a parameter such as ${NAME}, and revoke what stood here: the file's history keeps it. A mere example goes into site.yaml, under knownExamples",
  }));
}
