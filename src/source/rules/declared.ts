/** Where the frontmatter declares something. A look at the text is enough for a message. */

export interface Spot {
  readonly line: number;
  readonly column: number;
}

const NOWHERE: Spot = { line: 1, column: 1 };

/** The entry with this id (`id: lead`), in a block or in braces; the first line where it is not found. */
export function declaredAt(text: string, id: string): Spot {
  return placeOf(
    text,
    new RegExp(`(?:^|[\\s{,-])(id["']?[ \\t]*:[ \\t]*["']?${escaped(id)}["']?)[ \\t]*(?:[,}#]|$)`, "dm"),
  );
}

function placeOf(text: string, pattern: RegExp): Spot {
  const end = /\r?\n---[ \t]*(?:\r?\n|$)/.exec(text)?.index ?? 0;
  const start = pattern.exec(text.slice(0, end))?.indices?.[1]?.[0];
  if (start === undefined) return NOWHERE;
  const before = text.slice(0, start).split(/\r\n|\n|\r/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
