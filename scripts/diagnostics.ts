/** Diagnostics printed: rows first, string last. The only place that does it. */
import { compareDiagnostics, type Diagnostic } from "../src/model/diagnostic.ts";

export type DiagnosticFormat = "text" | "json";

/** Sorted by file and line; text ends in a line that counts. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], format: DiagnosticFormat): string {
  const sorted = [...diagnostics].sort(compareDiagnostics);
  if (format === "json")
    return `${JSON.stringify({ diagnostics: sorted, ...countDiagnostics(sorted) }, null, 2)}\n`;
  const lines: string[] = [];
  let file: string | null = null;
  for (const one of sorted) {
    if (one.file !== file) lines.push(...(file === null ? [] : [""]), one.file);
    file = one.file;
    const place = one.line > 0 ? `${one.line}:${one.column}` : "-";
    lines.push(`  ${place.padEnd(7)} ${one.severity.padEnd(7)} ${one.rule.padEnd(18)} ${one.reason}`);
    if (one.hint !== null) lines.push(`${" ".repeat(37)}${one.hint}`);
  }
  const { errors, warnings } = countDiagnostics(sorted);
  return `${[...lines, ...(lines.length > 0 ? [""] : []), `${errors} ${plural(errors, "error")}, ${warnings} ${plural(warnings, "warning")}`].join("\n")}\n`;
}

export function countDiagnostics(diagnostics: readonly Diagnostic[]): {
  readonly errors: number;
  readonly warnings: number;
} {
  return {
    errors: diagnostics.filter(({ severity }) => severity === "error").length,
    warnings: diagnostics.filter(({ severity }) => severity === "warning").length,
  };
}

function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}
