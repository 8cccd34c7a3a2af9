/** Diagnostics as workflow commands: what GitHub Actions shows beside the lines of a pull request. */
import type { Diagnostic, DiagnosticSeverity } from "../src/model/diagnostic.ts";

const COMMANDS: Readonly<Record<DiagnosticSeverity, string>> = {
  error: "error",
  warning: "warning",
  info: "notice",
};

/** One line a diagnostic: `::error file=…,line=…,col=…,title=…::message`. */
export function renderWorkflowCommands(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .map(({ severity, rule, file, line, column, reason, hint }) => {
      const properties = [
        `file=${property(file)}`,
        ...(line > 0 ? [`line=${line}`] : []),
        ...(column > 0 ? [`col=${column}`] : []),
        `title=${property(rule)}`,
      ];
      return `::${COMMANDS[severity]} ${properties.join(",")}::${message(hint === null ? reason : `${reason}\n${hint}`)}\n`;
    })
    .join("");
}

/** A line end would begin another command. */
function message(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return message(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
