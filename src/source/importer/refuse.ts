/** What looks like a checklist and is none of ours to read: named for what it is. */

/** Lines of an old Mac file: more than a checklist has. */
const MOST_LONE = 20_000;

/** Why a text is not taken in; null where it is. */
export function refusalOf(text: string): string | null {
  const lone = text.match(/\r(?!\n)/g)?.length ?? 0;
  if (lone > MOST_LONE)
    return `the file has ${lone} lines that a CR alone ends: at most ${MOST_LONE} are mended`;
  const start = text.replace(/^\uFEFF/, "").trimStart();
  if (start === "") return "the file holds nothing but white space";
  if (start.startsWith("%{"))
    return "the file begins with an Elixir map (%{ … }), the frontmatter of NimblePublisher: write its title and what you need of it as YAML between two lines of ---";
  if (isIssueForm(start))
    return "the file is a GitHub issue form (YAML with 'body'), not Markdown: paste its checkboxes into a Markdown file";
  if (/^---(?:js|javascript|coffee|json|clj)\b/.test(start))
    return "the frontmatter is code or JSON, not YAML: write it as YAML between two lines of ---";
  if (/^\{[\s\S]*\}\s*$/.test(start) && isJson(start)) return "the file is JSON, not Markdown";
  if (/^(?:<!doctype html|<html)[\s>]/i.test(start))
    return "the file is an HTML page, not Markdown: export its text first";
  if (/^<\?xml\b/.test(start)) return "the file is XML, not Markdown";
  if (/^\\documentclass\b/m.test(start.slice(0, 2000))) return "the file is LaTeX, not Markdown";
  if (
    /^= \S.*\r?\n(?:[\s\S]*?\r?\n)?== \S/.test(start) ||
    /^:[a-z-]+:.*\r?\n(?:.*\r?\n){0,20}?== \S/m.test(start.slice(0, 4000))
  )
    return "the file is AsciiDoc, not Markdown: convert it first (pandoc does)";
  if (/^#\+(?:title|begin_src|options|author):?/im.test(start.slice(0, 2000)))
    return "the file is Org-mode text, not Markdown: convert it first (pandoc does)";
  return null;
}

/** A whole file of YAML with the keys of an issue form (GitHub's `body` with `type`s). */
function isIssueForm(start: string): boolean {
  if (start.startsWith("---") && /^---[ \t]*\r?\n[\s\S]*?\r?\n---[ \t]*(?:\r?\n|$)/.test(start)) return false;
  return (
    /^name:\s/m.test(start) &&
    /^body:\s*$/m.test(start) &&
    /^\s*- type:\s*["']?(?:checkboxes|markdown|input|textarea|dropdown)\b/m.test(start)
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
