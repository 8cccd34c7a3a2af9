/** Frontmatter of other tools: issue templates, Jekyll, Hugo. What we know is mapped, the rest kept under `extra`. */
import { parse as parseToml } from "smol-toml";
import { frontmatterSchema } from "../../model/frontmatter.schema.ts";
import { parseFrontmatter } from "../frontmatter.ts";
import { parseMarkdown } from "../markdown.ts";
import { parseYaml } from "../yaml.ts";
import type { Draft, Step } from "./draft.ts";
import { scalar } from "./matter.ts";
import { titleOf } from "./title.ts";

export type ForeignRead = Step | { readonly refusal: string };

const TOML = /^\+\+\+[ \t]*(?:\r\n|\n)([\s\S]*?)(?:\r\n|\n)\+\+\+[ \t]*(?:\r\n|\n|$)/;

/** Keys of ours that another tool means otherwise, or that the path says. */
const NOT_TAKEN = new Set(["id", "version", "status", "extra"]);

/** Gives the text a frontmatter of ours. @param name of the file, for a text that says no title itself */
export function readForeign({ text, root, eol }: Draft, name: string): ForeignRead {
  const toml = TOML.exec(text);
  if (toml) return fromToml(text, toml, eol, name);
  const block = yamlBlock(text);
  if (!block)
    return write(text, 0, [`title: ${scalar(titleOf(root, name))}`], [], eol, "the file had no frontmatter");
  return fromYaml({ text, root, eol }, block, name);
}

interface Block {
  readonly yaml: string;
  readonly length: number;
}

/** Where a text begins with keys between two lines of ---; a rule at its start is none. */
function yamlBlock(text: string): Block | null {
  const lines =
    /^---[ \t]*(?:\r\n|\n)((?:(?!---[ \t]*(?:\r|\n|$)|\.\.\.[ \t]*(?:\r|\n|$)).*(?:\r\n|\n))*)/.exec(text);
  const end = lines && /^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|$)/.exec(text.slice(lines[0].length));
  if (!lines || !end) return null;
  const yaml = lines[1] ?? "";
  const holdsKeys = yaml.trim() === "" || /^["']?[\w-]+["']?\s*:(?:\s|$)/m.test(yaml);
  const first = yaml.split(/\r?\n/).find((line) => line.trim() !== "" && !line.startsWith("#"));
  return holdsKeys && (first === undefined || /^["']?\w[\w .-]*["']?\s*:(?:\s|$)/.test(first))
    ? { yaml, length: lines[0].length + end[0].length }
    : null;
}

interface Chunk {
  readonly key: string;
  /** The lines of the key, with comments and blank lines before it. */
  readonly lines: readonly string[];
}

function fromYaml(
  { text, root, eol }: Pick<Draft, "text" | "root" | "eol">,
  block: Block,
  name: string,
): ForeignRead {
  const quoted = parsable(block.yaml);
  if ("refusal" in quoted) return quoted;
  const chunks = chunksOf(quoted.yaml);
  const value = quoted.value;
  const isOurs = chunks.every(({ key }) => isTaken(key, value)) && "title" in value;
  if (isOurs && quoted.yaml === block.yaml && parseFrontmatter(text).frontmatter) return { edits: [] };
  const isIssue = "about" in value || ("name" in value && ("labels" in value || "assignees" in value));
  const title = [isIssue ? value.name : value.title, value.title, value.name].find(isText);
  const about = isIssue ? value.about : undefined;
  const kept = chunks.filter(
    ({ key }) => isTaken(key, value) && !(key === "title" && (isIssue || !isText(value.title))),
  );
  const moved = chunks.filter((chunk) => !kept.includes(chunk));
  const own = [
    ...(kept.some(({ key }) => key === "title") ? [] : [`title: ${scalar(title ?? titleOf(root, name))}`]),
    ...(isText(about) && !kept.some(({ key }) => key === "description")
      ? [`description: ${scalar(about)}`]
      : []),
    ...kept.flatMap(({ lines }) => lines),
  ];
  const extra = moved
    .filter(
      ({ key }) =>
        !(isIssue && ((key === "name" && title === value.name) || (key === "about" && isText(about)))),
    )
    .flatMap(({ lines }) => lines.map((line) => (line.trim() === "" ? "" : `  ${line}`)));
  const why = `keys of other tools stand under 'extra' now${isIssue ? "; 'name' is the title and 'about' the description" : ""}${quoted.yaml === block.yaml ? "" : "; values that are no YAML are in quotes"}`;
  return write(text, block.length, own, extra, eol, why);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

/** Does our frontmatter know the key, and take the value as it is? */
function isTaken(key: string, value: Readonly<Record<string, unknown>>): boolean {
  if (NOT_TAKEN.has(key) && !(key === "status" && value[key] === "draft") && !isOurExtra(key, value))
    return false;
  const schema = Object.hasOwn(frontmatterSchema.shape, key)
    ? frontmatterSchema.shape[key as keyof typeof frontmatterSchema.shape]
    : undefined;
  return schema?.safeParse(value[key]).success ?? false;
}

/** Our own `extra` beside keys that are all ours. */
function isOurExtra(key: string, value: Readonly<Record<string, unknown>>): boolean {
  return key === "extra" && Object.keys(value).every((one) => Object.hasOwn(frontmatterSchema.shape, one));
}

/** The YAML and its value; values that are no YAML by themselves are put in quotes. */
function parsable(
  yaml: string,
):
  | { readonly yaml: string; readonly value: Readonly<Record<string, unknown>> }
  | { readonly refusal: string } {
  const first = parseYaml(yaml);
  const mended = "error" in first ? yaml.replace(/^([\w-]+:[ \t]+)(\S.*?)([ \t]*\r?)$/gm, inQuotes) : yaml;
  const parsed = mended === yaml ? first : parseYaml(mended);
  if ("error" in parsed) {
    const place = "error" in first ? first : parsed;
    return { refusal: `the frontmatter is not valid YAML (line ${place.line + 1}): ${place.error}` };
  }
  const value = parsed.value ?? {};
  return typeof value === "object" && !Array.isArray(value)
    ? { yaml: mended, value: value as Record<string, unknown> }
    : { refusal: "the frontmatter holds no keys and values" };
}

function inQuotes(line: string, key: string, value: string, end: string): string {
  // An alias, an anchor or a tag is YAML that is not read, and no text.
  if (/^[*&!|>]/.test(value)) return line;
  return "error" in parseYaml(`${key}${value}`) ? `${key}${JSON.stringify(value)}${end}` : line;
}

function chunksOf(yaml: string): readonly Chunk[] {
  const chunks: { readonly key: string; readonly lines: string[] }[] = [];
  let before: string[] = [];
  for (const line of yaml.split(/\r?\n/)) {
    const key = /^(["']?)(\w[\w .-]*)\1\s*:(?:\s|$)/.exec(line)?.[2];
    if (key !== undefined) {
      chunks.push({ key, lines: [...before, line] });
      before = [];
    } else if (/^#|^\s*$/.test(line)) before.push(line);
    else {
      chunks.at(-1)?.lines.push(...before, line);
      before = [];
    }
  }
  const comments = before.filter((line) => line.trim() !== "");
  if (comments.length > 0) chunks.push({ key: "", lines: comments });
  return chunks;
}

function fromToml(text: string, match: RegExpExecArray, eol: string, name: string): ForeignRead {
  try {
    const value = JSON.parse(JSON.stringify(parseToml(match[1] ?? ""))) as Record<string, unknown>;
    const title = isText(value.title)
      ? value.title
      : titleOf(parseMarkdown(text.slice(match[0].length)), name);
    const { title: _, ...others } = value;
    const taken = Object.entries(others).filter(([key]) => isTaken(key, others));
    const moved = Object.entries(others).filter(([key]) => !isTaken(key, others));
    // JSON is YAML: what TOML can say it can say as well.
    const lines = (entries: readonly (readonly [string, unknown])[], indent: string) =>
      entries.map(
        ([key, one]) =>
          `${indent}${/^[\w-]+$/.test(key) ? key : JSON.stringify(key)}: ${JSON.stringify(one)}`,
      );
    const own = [`title: ${scalar(title)}`, ...lines(taken, "")];
    return write(
      text,
      match[0].length,
      own,
      lines(moved, "  "),
      eol,
      "TOML became YAML; keys of other tools stand under 'extra'",
    );
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    return { refusal: `the frontmatter is not valid TOML: ${reason}` };
  }
}

function write(
  text: string,
  length: number,
  own: readonly string[],
  extra: readonly string[],
  eol: string,
  why: string,
): ForeignRead {
  const lines = [
    "---",
    ...own,
    ...(extra.some((line) => line.trim() !== "") ? ["extra:", ...extra] : []),
    "---",
  ];
  const gap = length === 0 && !/^\s*(?:\r|\n)/.test(text) ? eol : "";
  const made = lines.join(eol) + eol + gap;
  const { complaints } = parseFrontmatter(made);
  const [complaint] = complaints;
  if (complaint) return { refusal: `the frontmatter cannot be mapped: ${complaint.reason}` };
  return {
    edits: [
      { offset: 0, old: text.slice(0, length), new: made, kind: "frontmatter", why, confidence: "likely" },
    ],
  };
}
