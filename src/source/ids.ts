/** Ids: permanent where they are written, derived from section and text where they are not. */
import { ID_PATTERN } from "../model/checklist.schema.ts";
import { parseYaml } from "./yaml.ts";

const LONGEST = 64;

/** Lower case letters, digits and hyphens of a text, accents off; empty where it has none (CJK). */
export function slug(text: string, longest = 48): string {
  const words = text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  if (words.length <= longest) return words;
  const cut = words.slice(0, longest + 1);
  const end = cut.lastIndexOf("-");
  return (end > 0 ? cut.slice(0, end) : words.slice(0, longest)).replace(/-+$/, "");
}

/** A slug that says something: "1. 確認" has digits and no word. Empty otherwise. */
export function wordSlug(text: string): string {
  const words = slug(text);
  return /[a-z]/.test(words) ? words : "";
}

/** An id as it is written into an annotation: in quotes where YAML would read a number or `true`. */
export function yamlId(id: string): string {
  const parsed = parseYaml(id);
  return "value" in parsed && parsed.value === id ? id : JSON.stringify(id);
}

/** Hands out ids that nothing else in the checklist has. */
export class Ids {
  readonly #taken: Set<string>;
  /** Up to which number a wish is taken: a thousand equal texts do not count from one a thousand times. */
  readonly #counted = new Map<string, number>();

  /** `pinned` are the ids that are written somewhere in the file: no derived id may be one of them. */
  constructor(pinned: Iterable<string>) {
    this.#taken = new Set(pinned);
  }

  /** The first free one of: the wish, the wish with `-2`, `-3`, … Always a valid id. */
  derive(wish: string): string {
    const base = ID_PATTERN.test(wish) ? wish : trim(wish);
    for (let n = (this.#counted.get(base) ?? 0) + 1; ; n += 1) {
      const suffix = n === 1 ? "" : `-${n}`;
      const id = trim(base.slice(0, LONGEST - suffix.length)) + suffix;
      if (!this.#taken.has(id)) {
        this.#taken.add(id);
        this.#counted.set(base, n);
        return id;
      }
    }
  }
}

function trim(text: string): string {
  return text.slice(0, LONGEST).replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, "");
}
