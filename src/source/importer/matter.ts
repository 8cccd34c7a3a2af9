/** The frontmatter that an import writes: what it is made of, and its text. */
import type { Meaning } from "../../model/checklist.ts";

export interface FieldWish {
  readonly label: string;
  readonly type: string;
  readonly authority?: string;
  readonly choices?: readonly string[];
}

export interface SignoffWish {
  readonly role: string;
  readonly meaning: Meaning;
  /** Which heading of the text opens the section that the signature ends, from 0; null for the whole run. */
  readonly after: number | null;
}

export interface ContactWish {
  readonly role: string;
  readonly channel?: string;
}

export interface EscalationWish {
  readonly level: number;
  readonly role: string;
  readonly from: string;
  readonly to?: string;
}

/** What is lifted out of the text. */
export interface Matter {
  readonly owner: string;
  readonly duration: string;
  readonly fields: readonly FieldWish[];
  readonly signoffs: readonly SignoffWish[];
  readonly contacts: readonly ContactWish[];
  readonly escalation: readonly EscalationWish[];
  /** Which headings, from 0, stand above a choice between boxes. */
  readonly decisions: readonly number[];
}

/** The lines of our own frontmatter at the start of a text, without its end; empty where there is none. */
export function matterBlock(text: string): string {
  return /^---[ \t]*(?:\r\n|\n)(?:(?!---[ \t]*(?:\r|\n|$)).*(?:\r\n|\n))*/.exec(text)?.[0] ?? "";
}

/** What the frontmatter says already: nothing is lifted into it a second time. */
export function heldKeys(text: string): ReadonlySet<string> {
  return new Set([...matterBlock(text).matchAll(/^([a-z]+):/gm)].map(([, key = ""]) => key));
}

/** Words that YAML reads as something else than text, also by its older rules. */
const RESERVED = /^(?:true|false|yes|no|on|off|null|~|y|n)$/i;

/** A text as YAML, plain where that is safe in every place, else in double quotes. */
export function scalar(text: string): string {
  const plain =
    /^[\p{L}][\p{L}\p{M}\p{N} .'’()/&+_–-]*$/u.test(text) && !RESERVED.test(text) && !/\s$|\s{2}/.test(text);
  return plain ? text : JSON.stringify(text);
}

/** `{id: x, label: "Go: live"}`; keys without a value are left out. */
export function flow(
  values: Readonly<Record<string, string | number | readonly string[] | undefined>>,
): string {
  const pairs = Object.entries(values).flatMap(([key, value]) => {
    if (value === undefined) return [];
    if (typeof value === "number") return [`${key}: ${value}`];
    if (typeof value === "string") return [`${key}: ${isBare(value) ? value : scalar(value)}`];
    return [`${key}: [${value.map(scalar).join(", ")}]`];
  });
  return `{${pairs.join(", ")}}`;
}

/** Ids and durations need no quotes although they hold digits and signs. */
function isBare(value: string): boolean {
  return /^[a-z][a-z0-9._-]*$/.test(value)
    ? !RESERVED.test(value)
    : /^[+-]?P(?:\d+[YMWD])*(?:T(?:\d+[HMS])+)?$/.test(value);
}

/** Keys of the frontmatter, one line each, lists with one entry a line. */
export function renderKeys(
  keys: Readonly<Record<string, string | readonly string[] | undefined>>,
  eol: string,
): string {
  return Object.entries(keys)
    .map(([key, value]) => {
      if (value === undefined) return "";
      if (typeof value === "string") return `${key}: ${isBare(value) ? value : scalar(value)}${eol}`;
      return value.length === 0 ? "" : `${key}:${eol}${value.map((entry) => `  - ${entry}${eol}`).join("")}`;
    })
    .join("");
}
