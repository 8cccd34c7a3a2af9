/** Where things stand in a JSON text: lines and columns of offsets, and the offset of the value at a path. */

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Keys and indexes from the top of a document. */
export type Path = readonly (string | number)[];

/** Lines and columns of offsets. */
export class Places {
  readonly #starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    this.#starts = starts;
  }

  at(offset: number): Place {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}

/** Where nesting passes the limit: looked for before parsing, because the parser recurses. */
export function tooDeepAt(text: string, limit: number): number | null {
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (char === '"') i = endOfString(text, i);
    else if (char === "{" || char === "[") {
      depth += 1;
      if (depth > limit) return i;
    } else if (char === "}" || char === "]") depth -= 1;
  }
  return null;
}

/** Index of the quote that closes the string that opens at `start`, or past the end of the text. */
export function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === "\\" ? 2 : 1;
  return i;
}

/** Where a value begins, and where those inside it do. */
export interface Node {
  readonly offset: number;
  readonly children: Map<string, Node> | null;
}

/**
 * Walks over text that is known to be JSON: the library lets a key stand twice when both values are equal, and
 * it gives no positions.
 */
export function scanValid(text: string, duplicate: (path: Path, offset: number) => void): Node {
  const path: string[] = [];
  let at = 0;
  const skip = (): void => {
    while (at < text.length && " \t\r\n,:".includes(text[at] ?? "")) at += 1;
  };
  const string = (): string => {
    const start = at;
    at = endOfString(text, at) + 1;
    return text.slice(start, at);
  };
  const container = (): Map<string, Node> => {
    const array = text[at] === "[";
    const children = new Map<string, Node>();
    at += 1;
    skip();
    for (let index = 0; text[at] !== "]" && text[at] !== "}"; index += 1) {
      const start = at;
      const key = array ? String(index) : (JSON.parse(string()) as string);
      path.push(key);
      if (children.has(key)) duplicate([...path], start);
      children.set(key, value());
      path.pop();
      skip();
    }
    at += 1;
    return children;
  };
  const value = (): Node => {
    skip();
    const offset = at;
    if (text[at] === "{" || text[at] === "[") return { offset, children: container() };
    if (text[at] === '"') string();
    else while (at < text.length && !" \t\r\n,]}".includes(text[at] ?? "")) at += 1;
    return { offset, children: null };
  };
  return value();
}

/** The offset of the value at a path, or of its nearest ancestor that is there. */
export function offsetOf(tree: Node, path: Path): number {
  let node = tree;
  for (const part of path) {
    const child = node.children?.get(String(part));
    if (!child) break;
    node = child;
  }
  return node.offset;
}
