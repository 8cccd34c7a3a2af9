/** RFC 4180, written so that it is safe to open in a spreadsheet. */

/** Rows of cells as CSV with CR LF. A cell that a spreadsheet would run as a formula begins with an apostrophe. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(quote).join(",")}\r\n`).join("");
}

function quote(cell: string): string {
  const guarded = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

export interface CsvTable {
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
  /** Line of a quote that is not closed, or not followed by a comma; null where the text is CSV. */
  readonly fault: number | null;
}

/** Reads CSV: comma, double quotes doubled inside quotes, LF or CR LF. Empty lines are left out. */
export function parseCsv(text: string): CsvTable {
  const rows: { line: number; cells: string[] }[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|\r|$)/y;
  let line = 1;
  let cells: string[] = [];
  let begun = line;
  const source = text.startsWith("\uFEFF") ? text.slice(1) : text;
  while (cell.lastIndex < source.length) {
    const match = cell.exec(source);
    if (!match) return { rows, fault: line };
    const [whole, quoted, plain = "", end = ""] = match;
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    line += whole.match(/\r\n|\r|\n/g)?.length ?? 0;
    // A comma at the very end opens one more cell, which is empty.
    if (end === "," && cell.lastIndex === source.length) cells.push("");
    if (end === "," && cell.lastIndex < source.length) continue;
    if (cells.some((one) => one !== "")) rows.push({ line: begun, cells });
    cells = [];
    begun = line;
  }
  return { rows, fault: null };
}
