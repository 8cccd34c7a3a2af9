/** Code blocks as things: commands with their parts and parameters, templates with their placeholders. */
import type { CommandPart, Parameter, Placeholder } from "../model/checklist.ts";

const COMMENT = /^\s*(?:#(?!!)|--|\/\/)\s?(.*)$/;
const EXPECT = /^expect(?:ed)?\b(?:\s+(?:results?|output))?\s*:?\s*(.*)$/i;

/**
 * A fence split for copying: a new part begins at a comment that follows a blank line. Leading comments are the
 * caption; a comment that begins with "expected" and those after it say what to expect.
 */
export function partsOf(code: string): readonly CommandPart[] {
  const chunks: string[][] = [[]];
  for (const line of code.split("\n")) {
    const chunk = chunks.at(-1) ?? [];
    const startsNew =
      COMMENT.test(line) && chunk.at(-1)?.trim() === "" && !EXPECT.test(COMMENT.exec(line)?.[1] ?? "");
    if (startsNew) chunks.push([line]);
    else chunk.push(line);
  }
  return chunks
    .map(partOf)
    .filter((part) => part.caption !== null || part.code !== "" || part.expect !== null);
}

function partOf(lines: readonly string[]): CommandPart {
  const caption: string[] = [];
  const expect: string[] = [];
  const code: string[] = [];
  let expecting = false;
  for (const line of lines) {
    const comment = COMMENT.exec(line)?.[1];
    const expected = comment === undefined ? null : EXPECT.exec(comment);
    if (expected) {
      expecting = true;
      if (expected[1]) expect.push(expected[1]);
    } else if (comment !== undefined && expecting) expect.push(comment);
    else if (comment !== undefined && code.every((one) => one.trim() === "")) caption.push(comment);
    else code.push(line);
  }
  const joined = (texts: readonly string[]): string | null => texts.join(" ").trim() || null;
  return { caption: joined(caption), code: code.join("\n").trim(), expect: joined(expect) };
}

const PARAMETER =
  /\$\{([A-Za-z_][A-Za-z0-9_]*)\}|<([a-z][a-z0-9]*(?:[-_ ][a-z0-9]+)*)>|\b(YYYYMMDD|YYYY-MM-DD)\b/g;

/** What must have a value before a command can be run: `${NAME}`, `<name>`, `YYYYMMDD`; each once, in order. */
export function parametersOf(code: string, meanings: Readonly<Record<string, string>>): readonly Parameter[] {
  const found = new Map<string, Parameter>();
  for (const match of code.matchAll(PARAMETER)) {
    const [written] = match;
    const name = match[1] ?? match[2] ?? match[3] ?? written;
    if (!found.has(written)) found.set(written, { name, written, meaning: meanings[name] ?? null });
  }
  return [...found.values()];
}

const PLACEHOLDER = /\[([A-Z][A-Z0-9 _/-]*)\]|\{([A-Z][A-Z0-9_]*)\}/g;

/** The `[DATE]` and `{VERSION}` of a template; each once, in order. */
export function placeholdersOf(text: string): readonly Placeholder[] {
  const found = new Map<string, Placeholder>();
  for (const match of text.matchAll(PLACEHOLDER)) {
    found.set(match[0], { name: match[1] ?? match[2] ?? match[0], written: match[0] });
  }
  return [...found.values()];
}
