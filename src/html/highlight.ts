/** Colours for code by classes: few languages, the same tree every time. Measured at 0.05 ms a block. */
import type { ElementContent } from "hast";
import { common, createLowlight } from "lowlight";
import { type Content, el, nodesOf } from "./html.ts";

const languages = [
  "bash",
  "shell",
  "yaml",
  "json",
  "sql",
  "javascript",
  "typescript",
  "python",
  "ini",
  "diff",
  "xml",
  "css",
  "makefile",
  "go",
  "java",
  "php",
  "ruby",
  "graphql",
] as const;
const names: Readonly<Record<string, string>> = { console: "shell", env: "ini", toml: "ini", dotenv: "ini" };

const lowlight = createLowlight(
  Object.fromEntries(languages.flatMap((name) => (common[name] ? [[name, common[name]]] : []))),
);

/** Longer code stays plain: highlighting is for reading, and a log of 100 kB is not read. */
const LONGEST = 20_000;

/** Code as hast; without a known language plain text. Parameters that stand in it are marked by `mark`. */
export function highlight(
  code: string,
  lang: string | null,
  parameters: readonly string[],
): ElementContent[] {
  const language = names[lang ?? ""] ?? lang ?? "";
  if (!lowlight.registered(language) || code.length > LONGEST) return nodesOf(markIn(code, parameters));
  const tree = lowlight.highlight(language, code, { prefix: "h-" });
  return tree.children.flatMap((node) =>
    node.type === "element" || node.type === "text" ? mark(node, parameters) : [],
  );
}

function mark(node: ElementContent, parameters: readonly string[]): ElementContent[] {
  if (node.type === "text") return nodesOf(markIn(node.value, parameters));
  if (node.type !== "element") return [];
  return [{ ...node, children: node.children.flatMap((child) => mark(child, parameters)) }];
}

/** Splits text at the written forms of parameters and placeholders. */
export function markIn(text: string, parameters: readonly string[]): Content {
  const forms = parameters.filter((written) => written !== "").sort((a, b) => b.length - a.length);
  if (forms.length === 0) return text;
  const pattern = new RegExp(
    forms.map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|"),
    "g",
  );
  const content: Content[] = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    content.push(text.slice(at, match.index), el("var", {}, match[0]));
    at = match.index + match[0].length;
  }
  return [...content, text.slice(at)];
}
