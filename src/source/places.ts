/** Offsets of a text as lines and columns. */

export interface LineColumn {
  /** Both from 1; columns in UTF-16 units. */
  readonly line: number;
  readonly column: number;
}

/** Answers for one text, again and again. CR, LF and CRLF end lines, as in Markdown. */
export function placesIn(text: string): (offset: number) => LineColumn {
  const starts = [0];
  for (const end of text.matchAll(/\r\n|\n|\r/g)) starts.push(end.index + end[0].length);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
