/** The texts of a JSON document: all of them with their places, and some of them taken out. */
import { endOfString, offsetOf, type Path, scanValid } from "./jsonplaces.ts";
import { pointerOf } from "./strictjson.ts";

/** What stands where something was taken out. */
export const TAKEN_OUT = "[redacted]";

export interface Text {
  readonly path: Path;
  /** The key that it stands under; empty in a list. */
  readonly key: string;
  readonly text: string;
  /** It is a key of what stands at the path. */
  readonly isKey: boolean;
}

/**
 * Every text of a document in order, and every key once, as a text of what it stands in.
 * @param isFree is the last key of this path one that the author chose, which says what stands under it?
 */
export function textsOf(value: unknown, isFree: (path: Path) => boolean): readonly Text[] {
  const texts: Text[] = [];
  const keys = new Set<string>();
  const visit = (at: unknown, path: Path): void => {
    const last = path.at(-1);
    const key = typeof last === "string" && isFree(path) ? last : "";
    if (typeof at === "string") texts.push({ path, key, text: at, isKey: false });
    else if (typeof at === "object" && at !== null)
      for (const [name, entry] of Object.entries(at)) {
        const here = [...path, Array.isArray(at) ? Number(name) : name];
        // The path ends before the key: one that is a secret must not stand in a pointer.
        if (!Array.isArray(at) && !keys.has(name)) texts.push({ path, key: "", text: name, isKey: true });
        keys.add(name);
        visit(entry, here);
      }
  };
  visit(value, []);
  return texts;
}

/**
 * A JSON document with the texts at some pointers taken out; everything else stays as it was written.
 * @param text JSON that was read without a fault
 * @returns the new text, or the pointers at which no text stands
 */
export function takeOut(
  text: string,
  value: unknown,
  pointers: readonly string[],
): { readonly text: string } | { readonly nowhere: readonly string[] } {
  const known = new Map(everyText(value).map((path) => [pointerOf(path), path]));
  const nowhere = pointers.filter((pointer) => !known.has(pointer));
  if (nowhere.length > 0) return { nowhere };
  const tree = scanValid(text, () => undefined);
  const starts = pointers.map((pointer) => offsetOf(tree, known.get(pointer) ?? []));
  let rest = text;
  // From the end, so that no offset moves.
  for (const start of [...new Set(starts)].sort((a, b) => b - a))
    rest = rest.slice(0, start) + JSON.stringify(TAKEN_OUT) + rest.slice(endOfString(rest, start) + 1);
  return { text: rest };
}

function everyText(value: unknown): readonly Path[] {
  return textsOf(value, () => false).flatMap(({ path, isKey }) => (isKey ? [] : [path]));
}
