/** Frontmatter: the only place that knows gray-matter. Its YAML goes through our own strict reader. */
import matter from "gray-matter";
import { type Frontmatter, frontmatterSchema } from "../model/frontmatter.schema.ts";
import { readWith } from "../model/issue.ts";
import { lineOfPath, parseYaml } from "./yaml.ts";

export interface Complaint {
  readonly line: number;
  readonly column: number;
  readonly reason: string;
  readonly hint: string | null;
}

export interface FrontmatterParse {
  /** Null where it cannot be read at all. */
  readonly frontmatter: Frontmatter | null;
  readonly complaints: readonly Complaint[];
}

class Refusal extends Error {}

/** Characters: many times what people write. */
const LARGEST = 65_536;

function refused(reason: string, line = 1, column = 1): FrontmatterParse {
  return { frontmatter: null, complaints: [{ line, column, reason, hint: null }] };
}

function refuse(language: string) {
  return (): never => {
    throw new Refusal(`frontmatter in ${language} is not read: write YAML between two lines of ---`);
  };
}

/** gray-matter would run `---js` as code and turn `1.10` into a number: every engine is ours. */
function options(keep: (yaml: string) => object) {
  return {
    language: "yaml",
    engines: {
      yaml: keep,
      javascript: refuse("JavaScript"),
      js: refuse("JavaScript"),
      json: refuse("JSON"),
      coffee: refuse("CoffeeScript"),
      toml: refuse("TOML"),
    },
  };
}

/** Reads and validates the frontmatter of a whole file. Never throws; lines are the file's own. */
export function parseFrontmatter(text: string): FrontmatterParse {
  let yaml = "";
  const keep = (source: string): object => {
    yaml = source;
    return {};
  };
  try {
    matter(text, options(keep));
  } catch (cause) {
    const reason =
      cause instanceof Refusal
        ? cause.message
        : "the frontmatter's language is not known: write YAML between two lines of ---";
    return refused(reason);
  }
  if (yaml.length > LARGEST)
    return refused(`the frontmatter has ${yaml.length} characters; at most ${LARGEST} are read`);
  const parsed = parseYaml(yaml);
  // gray-matter hands over what follows the first `---`, beginning with the rest of that line: its line 1 is the file's.
  if ("error" in parsed) {
    return refused(`the frontmatter is not valid YAML: ${parsed.error}`, parsed.line, parsed.column);
  }
  const value = parsed.value ?? {};
  if (typeof value !== "object" || Array.isArray(value)) {
    return refused("the frontmatter must be keys and values, such as 'title: Production deployment'");
  }
  const read = readWith(frontmatterSchema, value);
  if ("data" in read) return { frontmatter: read.data, complaints: [] };
  const complaints = read.faults.map(({ path, reason, hint }) => ({
    line: lineOfPath(yaml, path),
    column: 1,
    reason,
    hint: withExtra(reason, hint),
  }));
  return { frontmatter: null, complaints };
}

function withExtra(reason: string, hint: string | null): string | null {
  if (!reason.startsWith("unknown key")) return hint;
  const guess = hint?.startsWith("did you mean") ? `${hint} ` : "";
  return `${guess}other tools' keys go under 'extra'`;
}
