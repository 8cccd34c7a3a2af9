/** Diagnostics as SARIF 2.1.0, the format of code scanning. */
import { compareText, type Diagnostic, type DiagnosticSeverity } from "../src/model/diagnostic.ts";
import { rulebook } from "../src/model/rulebook.ts";

const LEVELS: Readonly<Record<DiagnosticSeverity, string>> = {
  error: "error",
  warning: "warning",
  info: "note",
};

/** Of the source text nothing is quoted: no snippets, no contents. @param helpOf the page that explains a rule */
export function renderSarif(
  diagnostics: readonly Diagnostic[],
  helpOf: (rule: string) => string | null,
  version: string,
): string {
  const summaries = new Map<string, string>(Object.entries(rulebook));
  const names = [...new Set([...summaries.keys(), ...diagnostics.map(({ rule }) => rule)])].sort(compareText);
  const places = new Map(names.map((name, at) => [name, at]));
  const rules = names.map((id) => {
    const [summary, help] = [summaries.get(id), helpOf(id)];
    return {
      id,
      ...(summary === undefined ? {} : { shortDescription: { text: summary } }),
      ...(help === null ? {} : { helpUri: help }),
    };
  });
  const run = {
    tool: { driver: { name: "Countersign", version, rules } },
    columnKind: "utf16CodeUnits",
    results: diagnostics.map((one) => ({
      ruleId: one.rule,
      ruleIndex: places.get(one.rule) ?? -1,
      level: LEVELS[one.severity],
      message: { text: one.hint === null ? one.reason : `${one.reason}\n${one.hint}` },
      locations: [{ physicalLocation: physicalLocation(one) }],
    })),
  };
  const schema = "https://json.schemastore.org/sarif-2.1.0.json";
  return `${JSON.stringify({ $schema: schema, version: "2.1.0", runs: [run] }, null, 2)}\n`;
}

function physicalLocation({ file, line, column }: Diagnostic): Readonly<Record<string, unknown>> {
  return {
    artifactLocation: { uri: file.split("/").map(encodeURIComponent).join("/"), uriBaseId: "%SRCROOT%" },
    ...(line > 0 ? { region: { startLine: line, ...(column > 0 ? { startColumn: column } : {}) } } : {}),
  };
}
