/** Secrets that are known by the name in front of them: assignments, labels, flags, in code and in sentences. */
import { type NameKind, secretName } from "./names.ts";
import { isPlaceholder } from "./placeholder.ts";
import type { Spot } from "./spot.ts";

/** A part of every name that announces a secret: only lines that have one are looked at. */
const ANNOUNCED =
  /pass|pwd|\bpw\b|secret|token|key|cred|login|salt|pepper|contrase|senha|wachtwoord|parola|has[łl]o|lösenord|şifre|密码|密碼|パスワード|비밀번호|пароль/gi;

export function findWritten(text: string): readonly Spot[] {
  const spots: Spot[] = [];
  ANNOUNCED.lastIndex = 0;
  for (let word = ANNOUNCED.exec(text); word !== null; word = ANNOUNCED.exec(text)) {
    const start = text.lastIndexOf("\n", word.index) + 1;
    const next = text.indexOf("\n", word.index);
    const end = next < 0 ? text.length : next;
    const line = text.slice(start, end);
    for (const spot of [...assignments(line), ...flags(line), ...spoken(line)])
      spots.push({ ...spot, start: start + spot.start, end: start + spot.end });
    ANNOUNCED.lastIndex = end;
  }
  return spots;
}

/**
 * `name = value`, `name: value`, `| name | value |`, `name (of what) is value`, `name for somebody: value`; the value is
 * read by hand behind it.
 */
const ASSIGNMENT =
  /(?<![\p{L}\p{N}_$.-])((?:[A-Za-z]{2,20} )?[\p{L}_][\p{L}\p{N}_.-]{1,60})(["'`*\])]{0,4}(?: \([^()\n]{1,40}\)| (?:for|of|on|to|für)(?: [\p{L}\p{N}_-]{1,30}){1,5}?)?)([ \t]*(?:=>|:=|==?|[:：]|\|)[*_]{0,3}[ \t]*|[ \t]+(?:is|to|ist|es|est)[ \t]*:?[ \t]+)/gu;

/** Longer values than people write. */
const LONG = 500;

function assignments(line: string): readonly Spot[] {
  const spots: Spot[] = [];
  // Names inside of a long value are not looked at again: a line of nothing but names would take for ever.
  let done = 0;
  for (const match of line.matchAll(ASSIGNMENT)) {
    const [whole, name = "", , connector = ""] = match;
    const kind = match.index < done ? null : secretName(name);
    if (kind === null) continue;
    const value = valueAt(line, match.index + whole.length);
    if (value === null) continue;
    if (value.whole.length > LONG) done = value.end;
    // `KEY=value` and quotes are how machines are told; anything else may be a sentence.
    const told = value.quoted || (connector.trim() === "=" && /^\S/.test(connector));
    if (isOfBadge(line, match.index) || !looksSecret(value, kind, told)) continue;
    spots.push({ kind: `a ${kind}`, start: value.start, end: value.end });
  }
  return spots;
}

/** `--password value`, `--api-key=value`. */
const FLAG = /(?<!\S)--?([A-Za-z][\w-]{2,40})(?:=|[ \t]+)/g;

function flags(line: string): readonly Spot[] {
  return [...line.matchAll(FLAG)].flatMap((match): readonly Spot[] => {
    const kind = secretName(match[1] ?? "");
    const value = kind === null ? null : valueAt(line, match.index + match[0].length);
    if (kind === null || value === null || value.written.startsWith("-")) return [];
    const { start, end } = value;
    return looksSecret(value, kind, true) ? [{ kind: `a ${kind} on a command line`, start, end }] : [];
  });
}

/** `set API_KEY value`, `configure set aws_secret_access_key value`: a name of several parts, then the value. */
const SET =
  /\b(?:set|setx|config|configure)(?: --?[\w-]+){0,2} ((?=[\w.-]*[_.-])[A-Za-z][\w.-]{2,60})[ \t]+/g;
/** "with the password …", "credentials: admin / …": nothing but the value tells. */
const SPOKEN =
  /\b(?:(?:password|passwd|passphrase|passwort)[ \t]+|(?:log[ -]?in|credentials?|creds)[ \t]*[:=]?[ \t]*["'`]?[\w.@-]{2,40}["'`]?[ \t]*[/:][ \t]*)(?=[^\s=:])/gi;

function spoken(line: string): readonly Spot[] {
  const set = [...line.matchAll(SET)].flatMap((match): readonly Spot[] => {
    const kind = secretName(match[1] ?? "");
    const value = kind === null ? null : valueAt(line, match.index + match[0].length);
    if (kind === null || value === null || !looksSecret(value, kind, true)) return [];
    return [{ kind: `a ${kind} on a command line`, start: value.start, end: value.end }];
  });
  const said = [...line.matchAll(SPOKEN)].flatMap((match): readonly Spot[] => {
    const value = valueAt(line, match.index + match[0].length);
    if (value === null || !looksSecret(value, "password", false) || !isStrong(value)) return [];
    return [{ kind: "a password", start: value.start, end: value.end }];
  });
  return [...set, ...said];
}

/** Letters, digits and a sign that words do not have; in quotes or code a capital among small letters will do. */
function isStrong({ written, marked }: Value): boolean {
  const sign = /[!@#$%^&*?+=~]/.test(written);
  return /\d/.test(written) && (sign || (marked && /\p{Lu}/u.test(written) && /\p{Ll}/u.test(written)));
}

/** The token in the address of a badge shows a figure of a public page, and opens nothing. */
function isOfBadge(text: string, at: number): boolean {
  return /(?:badge|codecov|shields)[^\s]*[?&]$/i.test(text.slice(Math.max(0, at - 120), at));
}

interface Value {
  /** Without the marks that end a sentence or a list. */
  readonly written: string;
  /** Up to white space, or to the closing quote. */
  readonly whole: string;
  readonly quoted: boolean;
  /** In quotes or in code. */
  readonly marked: boolean;
  readonly start: number;
  readonly end: number;
}

/** The value that begins here: up to its closing quote, else up to white space; marks of a sentence behind it left out. */
function valueAt(text: string, from: number): Value | null {
  const open = /[*_]{0,3}(["'`]?)/y;
  open.lastIndex = from;
  const quote = open.exec(text)?.[1] ?? "";
  const start = open.lastIndex;
  const body = quote === "" ? /[^\s"'`|]{1,4000}/y : new RegExp(`[^${quote}\\n]{1,4000}(?=${quote})`, "y");
  body.lastIndex = start;
  const found = body.exec(text)?.[0];
  if (found === undefined) return null;
  const written = quote === "" ? found.replace(/(?:[;,)\]}&][\s\S]*|[.:*_\\]+)$/, "") : found;
  return written === ""
    ? null
    : {
        written,
        whole: found,
        quoted: quote === '"' || quote === "'",
        marked: quote !== "",
        start,
        end: start + found.length,
      };
}

const WORDY = /^[\p{L}][\p{L}'’-]*$/u;
/** Figures, dates, versions, sizes, algorithms: they have digits and letters, and say nothing. */
const MEASURE =
  /^(?:[<>=~≥≤]*\d[\d.,:/-]*(?:\+|%)?-?[a-z]{0,12}|v?\d+(?:\.\w+)+|(?:hs|rs|es|ps|sha|aes|md|tls|ssl|rsa|oauth|hmac|utf|iso|ec|pkce|s)-?\d+\w{0,8}(?:-\w{1,12})?|[a-z]+-\d{1,4}|\S+\.(?:md|ya?ml|json|env|txt|pem|key|sh|js|ts|py|vue|com|org|net|io))$/i;

/**
 * @param told whether it is written as machines are told, in quotes or as `KEY=value`; else it may be a sentence
 */
function looksSecret({ written: value, whole }: Value, kind: NameKind, told: boolean): boolean {
  if (value.length < 6 || isPlaceholder(value) || isPlaceholder(whole)) return false;
  // What has spaces is a sentence, but for a short one that no sentence looks like.
  if (/\s/.test(value))
    return (
      kind === "password" &&
      told &&
      value.split(/\s+/).length <= 4 &&
      /\d/.test(value) &&
      /[!@#$%^&*]/.test(value)
    );
  const [digits, letters, signs] = [
    /\d/.test(value),
    /\p{L}/u.test(value),
    /[^\p{L}\p{N}\s_.-]/u.test(value),
  ];
  if (kind === "key") return value.length >= 20 && digits && letters && variety(value) >= 12;
  if (kind === "token") {
    if (!digits || !letters || /[/.]\w+[/.]|^\w+\.\w+$/.test(value))
      return value.length >= 32 && variety(value) >= 12;
    return value.length >= (told ? 8 : 12) && variety(value) >= 6 && !MEASURE.test(value);
  }
  if (told) return /^\d+$/.test(value) || !WORDY.test(value) || (value.length >= 10 && !/[-’']/.test(value));
  if (MEASURE.test(value) || /[()[\]{}]/.test(value)) return false;
  return letters && (digits || (signs && /[!@#$%^&*?+=~]/.test(value.slice(0, -1)) && /\p{Lu}/u.test(value)));
}

/** How many different characters: random text has many. */
function variety(value: string): number {
  return new Set(value).size;
}
