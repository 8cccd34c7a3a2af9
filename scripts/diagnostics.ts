/** Diagnostics printed: rows first, string last. The only place that does it. */
import { compareDiagnostics, type Diagnostic } from "../src/model/diagnostic.ts";
import { excerptsOf, type ShownText, visible } from "./excerpt.ts";
import { renderSarif } from "./sarif.ts";
import { renderWorkflowCommands } from "./workflow.ts";

export const diagnosticFormats = ["text", "json", "sarif", "github"] as const;
export type DiagnosticFormat = (typeof diagnosticFormats)[number];

export interface RenderOptions {
  /** The text of a file, for the lines under the diagnostics; null where it is not shown. */
  readonly textOf?: (file: string) => ShownText | null;
  /** The page that explains a rule. */
  readonly helpOf?: (rule: string) => string | null;
  /** Name and version of this software, for SARIF. */
  readonly version?: string;
}

/** Sorted by file and line; text ends in a line that counts. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  format: DiagnosticFormat,
  { textOf = () => null, helpOf = () => null, version = "0" }: RenderOptions = {},
): string {
  const sorted = [...diagnostics].sort(compareDiagnostics);
  switch (format) {
    case "text":
      return renderText(sorted, textOf);
    case "json":
      return `${JSON.stringify({ diagnostics: sorted, ...countDiagnostics(sorted) }, null, 2)}\n`;
    case "sarif":
      return renderSarif(sorted, helpOf, version);
    case "github":
      return `${renderWorkflowCommands(sorted)}${countLine(sorted)}\n`;
    default:
      return format satisfies never;
  }
}

function renderText(sorted: readonly Diagnostic[], textOf: (file: string) => ShownText | null): string {
  const lines: string[] = [];
  let file: string | null = null;
  let excerpts: ReturnType<typeof excerptsOf> | null = null;
  for (const one of sorted) {
    if (one.file !== file) {
      lines.push(...(file === null ? [] : [""]), one.file);
      file = one.file;
      const text = textOf(file);
      excerpts = text && excerptsOf(text);
    }
    const place = one.line > 0 ? `${one.line}:${one.column}` : "-";
    lines.push(
      `  ${place.padEnd(7)} ${one.severity.padEnd(7)} ${one.rule.padEnd(18)} ${visible(one.reason)}`,
    );
    const excerpt = one.line > 0 ? excerpts?.(one.line, one.column) : null;
    if (excerpt) lines.push(`${GUTTER}| ${excerpt.line}`, `${GUTTER}| ${excerpt.caret}`);
    if (one.hint !== null) lines.push(`${excerpt ? `${GUTTER}= ` : " ".repeat(37)}${visible(one.hint)}`);
  }
  return [...lines, ...(lines.length > 0 ? [""] : []), `${countLine(sorted)}\n`].join("\n");
}

const GUTTER = " ".repeat(10);

function countLine(diagnostics: readonly Diagnostic[]): string {
  const { errors, warnings } = countDiagnostics(diagnostics);
  return `${errors} ${plural(errors, "error")}, ${warnings} ${plural(warnings, "warning")}`;
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

/** Errors of `content/site.yaml` and its like as text, for a command that cannot work with them; null where there are none. */
export function sayBroken({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }): string | null {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return errors.length === 0 ? null : renderDiagnostics(errors, "text");
}
