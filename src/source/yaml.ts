/** YAML, strictly: no aliases, no merge keys, no tags beyond JSON's, bounded depth. */
import { JSON_SCHEMA, load, YAMLException } from "js-yaml";

export type YamlParse =
  | { readonly value: unknown }
  /** `line` and `column` from 1, within the text that was given. */
  | { readonly error: string; readonly line: number; readonly column: number };

const LIMITS = { schema: JSON_SCHEMA, maxDepth: 16, maxAliases: 0, maxTotalMergeKeys: 0 };

/** Parses one YAML document. Duplicate keys, aliases and depth over 16 are errors; nothing throws. */
export function parseYaml(text: string): YamlParse {
  if (text.trim() === "") return { value: null };
  try {
    return { value: load(text, LIMITS) };
  } catch (cause) {
    if (cause instanceof YAMLException) {
      return {
        error: cause.reason,
        line: (cause.mark?.line ?? 0) + 1,
        column: (cause.mark?.column ?? 0) + 1,
      };
    }
    // js-yaml documents that other exceptions are possible on hostile input.
    return { error: cause instanceof Error ? cause.message : "cannot be read", line: 1, column: 1 };
  }
}

/**
 * Line, from 1, of the key that a path names, as far down as it can be found. A look at the text is
 * enough for a message: block mappings, sequences of `- ` entries and flow mappings on one line.
 */
export function lineOfPath(text: string, path: readonly PropertyKey[]): number {
  const lines = text.split("\n");
  let from = 0;
  let indent = -1;
  for (const step of path) {
    const found =
      typeof step === "number"
        ? nthEntry(lines, from, step, indent)
        : keyLine(lines, from, String(step), indent);
    if (found === null) break;
    from = found.line;
    indent = found.indent;
  }
  return from + 1;
}

interface Place {
  readonly line: number;
  readonly indent: number;
}

function keyLine(lines: readonly string[], from: number, key: string, outer: number): Place | null {
  for (let line = from; line < lines.length; line += 1) {
    const match = /^([\s-]*)(["']?)([^:"']+)\2\s*:/.exec(lines[line] ?? "");
    const indent = match?.[1]?.length ?? 0;
    if (match?.[3] === key && indent > outer) return { line, indent };
    if (line > from && outer >= 0 && /^\S/.test(lines[line] ?? "") && outer > indent) return null;
  }
  return null;
}

function nthEntry(lines: readonly string[], from: number, nth: number, outer: number): Place | null {
  let seen = -1;
  let dash: number | null = null;
  for (let line = from + 1; line < lines.length; line += 1) {
    const match = /^(\s*)-\s/.exec(lines[line] ?? "");
    const indent = match?.[1]?.length ?? 0;
    if (!match || indent < outer) {
      if (/^\S/.test(lines[line] ?? "") && !match) return null;
      continue;
    }
    dash ??= indent;
    if (indent === dash) seen += 1;
    if (seen === nth) return { line, indent };
  }
  return null;
}
