/** The product's own pages: Markdown with a title and a sentence, read by the same parser as checklists. */
import type { Checklist } from "../model/checklist.ts";
import { parseChecklist } from "./parse.ts";
import { parseYaml } from "./yaml.ts";

export interface DocsPage {
  /** Below `content/docs`, without its ending: `rules/grey-zone`. */
  readonly path: string;
  readonly title: string;
  readonly summary: string;
  /** Its place among the guides; those without one come last. */
  readonly order: number;
  /** The text as the model has it; it holds sections and no items. */
  readonly text: Checklist;
}

/** Parses one page. Throws where the frontmatter is not `title` and `summary`: these files are our own. */
export function parseDocsPage(path: string, file: string): DocsPage {
  const matter = /^---\n([\s\S]*?)\n---\n/.exec(file);
  const parsed = parseYaml(matter?.[1] ?? "");
  const { title, summary, order } = ("value" in parsed ? (parsed.value ?? {}) : {}) as Record<
    string,
    unknown
  >;
  if (!matter || typeof title !== "string" || typeof summary !== "string") {
    throw new Error(`content/docs/${path}.md: expected frontmatter with a title and a summary`);
  }
  const body = file.slice(matter[0].length);
  const text = `---\ntitle: ${JSON.stringify(title)}\n---\n${body}`;
  const { checklist } = parseChecklist({
    id: "docs",
    version: "1",
    file: `content/docs/${path}.md`,
    text,
    digest: "",
  });
  if (!checklist) throw new Error(`content/docs/${path}.md cannot be parsed`);
  return {
    path,
    title,
    summary,
    order: typeof order === "number" ? order : Number.MAX_SAFE_INTEGER,
    text: checklist,
  };
}
