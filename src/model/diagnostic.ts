/** A diagnostic is data: content problems are collected, all of them, and printed in one place. */

export type DiagnosticSeverity = "error" | "warning" | "info";

export interface Diagnostic {
  readonly severity: DiagnosticSeverity;
  /** Name of the rule, such as `duplicate-id`. */
  readonly rule: string;
  /** Path relative to the project's folder, with `/`. */
  readonly file: string;
  /** From 1; 0 where the whole file is meant. */
  readonly line: number;
  /** From 1; 0 where the whole line is meant. */
  readonly column: number;
  /** What is wrong: what was expected, what came. */
  readonly reason: string;
  /** What to do, or what to write. */
  readonly hint: string | null;
}

/** Orders by file, line, column, rule, reason: by code unit, the same on every machine. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.rule, b.rule) ||
    compareText(a.reason, b.reason)
  );
}

/** Compares by code unit: never by locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
