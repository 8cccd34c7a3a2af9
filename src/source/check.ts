/** Everything that is wrong with one source: what its parser says, what the rules find, and no secret in any of it. */
import type { Diagnostic } from "../model/diagnostic.ts";
import type { KnownExample } from "../model/site.schema.ts";
import type { ChecklistParse, SourceText } from "./parse.ts";
import type { Finding } from "./rules/rule.ts";
import { secret } from "./rules/secrets.ts";
import { rules } from "./rules.ts";
import { concealing, findSecrets, type Secret } from "./secrets.ts";

export interface CheckOptions {
  /** The lock knows the version: findings are at most warnings, what was released is not condemned. */
  readonly locked: boolean;
  /** What looks like a secret and is none, from `site.yaml`. */
  readonly known: readonly KnownExample[];
}

export interface SourceCheck {
  readonly diagnostics: readonly Diagnostic[];
  readonly secrets: readonly Secret[];
}

/** Where the source cannot be parsed, only the parser's complaints and the secrets are told. */
export function checkSource(
  { file, text }: SourceText,
  { checklist, diagnostics, written, pins }: ChecklistParse,
  { locked, known }: CheckOptions,
): SourceCheck {
  const secrets = findSecrets(text, known);
  const conceal = concealing(text, secrets);
  const found = checklist
    ? rules.flatMap((rule) => rule({ checklist, file, text, written, pins, secrets }))
    : secret({ secrets });
  const all = [...diagnostics, ...found.map((one) => diagnosticOf(file, one))];
  return {
    secrets,
    diagnostics: all.map((one) => ({
      ...one,
      severity:
        locked && checklist && one.severity === "error" && !STAYS_ERROR.has(one.rule)
          ? "warning"
          : one.severity,
      reason: conceal(one.reason),
      hint: one.hint === null ? null : conceal(one.hint),
    })),
  };
}

/** What makes a released file unreadable, or another one than its place says. */
const STAYS_ERROR = new Set(["frontmatter", "path-matches"]);

function diagnosticOf(file: string, finding: Finding): Diagnostic {
  const { rule, severity, line, column = 1, reason } = finding;
  return { severity, rule, file, line, column, reason, hint: finding.hint ?? null };
}
