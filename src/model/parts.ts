/** The parts of a record that are lists: what makes two entries the same one, and by what a pointer names one. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
/** A JSON object that is being put together. */
export type Tree = { [key: string]: Json };

export interface ListPart {
  /** Two entries that agree in these are the same entry. */
  readonly identity: readonly string[];
  /** What a pointer names an entry by: `/results/error-rate` is the entry whose `item` is `error-rate`. */
  readonly address: string;
  /** May a record that comes after the close add to it? */
  readonly afterClose: boolean;
}

/** Lists of a record, by key. */
export const listParts: ReadonlyMap<string, ListPart> = new Map([
  ["people", { identity: ["id"], address: "id", afterClose: true }],
  ["evidence", { identity: ["id"], address: "id", afterClose: true }],
  ["sections", { identity: ["section"], address: "section", afterClose: false }],
  ["results", { identity: ["item", "by", "at"], address: "item", afterClose: false }],
  ["commands", { identity: ["command", "by", "at"], address: "command", afterClose: false }],
  ["decisions", { identity: ["decision", "section", "by", "at"], address: "section", afterClose: false }],
  ["signatures", { identity: ["role", "by", "meaning", "at"], address: "role", afterClose: true }],
  ["messages", { identity: ["template", "at", "channel"], address: "template", afterClose: true }],
  ["incidents", { identity: ["at", "text"], address: "at", afterClose: false }],
  ["handovers", { identity: ["role", "at"], address: "role", afterClose: false }],
  ["dispositions", { identity: ["rule", "item", "by", "at"], address: "rule", afterClose: true }],
]);

/** Objects of a record, by key, and whether a record after the close may add to them. */
export const objectParts: ReadonlyMap<string, { readonly afterClose: boolean }> = new Map([
  ["deployment", { afterClose: false }],
  ["change", { afterClose: false }],
  ["window", { afterClose: false }],
  ["anchors", { afterClose: false }],
  ["answers", { afterClose: false }],
  ["fields", { afterClose: false }],
  ["rollback", { afterClose: false }],
  ["review", { afterClose: true }],
  ["closed", { afterClose: false }],
]);

export function isTree(value: Json | undefined): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Are two JSON values the same, whatever the order of keys? */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (isList(a) && isList(b))
    return a.length === b.length && a.every((value, index) => sameJson(value, b[index]));
  if (isTree(a) && isTree(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
    );
  }
  return false;
}

/** Do two entries of a list part have the same identity? */
export function sameEntry(part: ListPart, a: Tree, b: Tree): boolean {
  return part.identity.every((key) => sameJson(a[key] ?? null, b[key] ?? null));
}

/** RFC 6901: one step of a pointer. */
export function step(key: string | number): string {
  return `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** A value as it is printed beside another: text as it is, everything else as JSON, cut at 80 characters. */
export function showJson(value: Json | undefined): string {
  if (value === undefined || value === null) return "nothing";
  const text = typeof value === "string" ? `'${value}'` : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
