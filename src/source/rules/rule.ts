/** What a rule of `check` is. */
import type { Checklist } from "../../model/checklist.ts";
import type { DiagnosticSeverity } from "../../model/diagnostic.ts";
import type { RuleName } from "../../model/rulebook.ts";
import type { Pin, Place } from "../context.ts";
import type { Secret } from "../secrets.ts";

export interface Checked {
  readonly checklist: Checklist;
  readonly file: string;
  /** The whole file. */
  readonly text: string;
  readonly written: ReadonlyMap<string, readonly Place[]>;
  readonly pins: readonly Pin[];
  /** What looks like a secret in the whole file. */
  readonly secrets: readonly Secret[];
}

export type Rule = (checked: Checked) => readonly Finding[];

export interface Finding {
  readonly rule: RuleName;
  readonly severity: DiagnosticSeverity;
  readonly line: number;
  readonly column?: number;
  readonly reason: string;
  readonly hint?: string;
}
