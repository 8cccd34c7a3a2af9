import type { Checklist } from "../src/model/checklist.ts";
import { countChanges } from "../src/model/diff/counts.ts";
import { readDiff } from "../src/model/diff/reading.ts";
import { diffChecklists } from "../src/model/diff.ts";
import { nearest } from "../src/model/nearest.ts";
import { type Catalogue, readChecklists } from "../src/source/checklists.ts";
import { defineCommand, exit } from "./command.ts";
import { renderDiffMarkdown, renderDiffText } from "./differences.ts";
import { findProject, parseTarget, type Target } from "./project.ts";

export const diff = defineCommand({
  name: "diff",
  summary: "prints what changed between two versions of a checklist",
  details:
    "Item by item: added, removed, moved, reworded word by word, limits tightened or loosened, everything else that is asked for; and sections, commands, frontmatter and the text around. What asks for less than before stands first. Exits 0 whether or not there are differences, 1 if a version is not there or cannot be read.",
  positionals: [
    { name: "from", summary: "the earlier version, as checklist@version" },
    { name: "to", summary: "the later version, as checklist@version" },
  ],
  options: {
    format: {
      type: "string",
      value: "FORMAT",
      choices: ["text", "json", "md"],
      summary: "how to print: text, json or md (default: text)",
    },
  },
  async run({ positionals, options }, context) {
    const targets = positionals.map(parseTarget);
    const catalogue = readChecklists(findProject(context.cwd));
    const found = targets.map((target) => findIn(catalogue, target));
    const faults = found.flatMap((one) => ("reason" in one ? [one.reason] : []));
    const [a, b] = found.flatMap((one) => ("reason" in one ? [] : [one]));
    if (!a || !b) {
      context.stderr.write(`${[...new Set(faults)].join("\n")}\n`);
      return exit.problems;
    }
    context.stdout.write(render(a, b, options.format ?? "text"));
    return exit.done;
  },
});

function render(a: Checklist, b: Checklist, format: string): string {
  const changes = diffChecklists(a, b);
  if (format === "json") return `${JSON.stringify({ ...changes, counts: countChanges(changes) }, null, 2)}\n`;
  const reading = readDiff(changes, a, b);
  return format === "md" ? renderDiffMarkdown(reading) : renderDiffText(reading);
}

/** The version, or why there is none and which ones there are. */
function findIn(
  { sources, diagnostics }: Catalogue,
  { id, version }: Target,
): Checklist | { readonly reason: string } {
  const versions = sources.filter((source) => source.id === id);
  const source = versions.find((one) => one.version === version);
  if (source?.checklist) return source.checklist;
  const file = `content/checklists/${id}/${version}.md`;
  const fault = diagnostics.find((one) => one.file === file && one.severity === "error");
  if (fault) return { reason: `${file}:${fault.line}: ${fault.reason}` };
  if (versions.length > 0) {
    const numbers = versions.map((one) => one.version);
    return {
      reason: `there is no ${id} ${version}: there are ${numbers.join(", ")}${didYouMean(versionMeant(version, numbers))}`,
    };
  }
  const ids = [...new Set(sources.map((one) => one.id))];
  const known = ids.length === 0 ? "none" : ids.join(", ");
  return { reason: `there is no checklist "${id}": there are ${known}${didYouMean(nearest(id, ids))}` };
}

/** Did you mean …? A version is guessed from another writing of it only: 3.0.0 is near to 2.0.0 and never meant by it. */
function didYouMean(guess: string | null | undefined): string {
  return guess == null ? "" : `; did you mean ${guess}?`;
}

/** `v1.0.0` and `1.0` for 1.0.0. */
function versionMeant(word: string, known: readonly string[]): string | undefined {
  const plain = word.replace(/^v/i, "");
  return known.find((version) => version === plain || version === `${plain}.0` || version === `${plain}.0.0`);
}
