/**
 * JSON that comes from outside, read so that nothing in it can mean two things: no duplicate keys, no lone
 * surrogates, no number that loses digits, no nesting past 64, UTF-8 only, at most 1 MiB. Every fault has the
 * JSON pointer (RFC 6901) and the line it stands on.
 */
import { isLosslessNumber, isSafeNumber, parse } from "lossless-json";
import type { Diagnostic } from "../model/diagnostic.ts";
import { offsetOf, type Path, type Place, Places, scanValid, tooDeepAt } from "./jsonplaces.ts";

export const maxBytes = 1024 * 1024;
export const maxDepth = 64;
/** More are not collected: a hostile file could hold half a million. */
export const maxFaults = 1000;

/** A diagnostic about a place in a JSON file. */
export interface JsonFault extends Diagnostic {
  /** RFC 6901: `""` is the whole document. */
  readonly pointer: string;
}

/** A document that was read without a fault. */
export interface JsonDocument {
  readonly value: unknown;
  /** Where the value at a path begins; the nearest ancestor's place if nothing stands there. */
  place(path: Path): Place;
}

export type JsonReading = { readonly document: JsonDocument } | { readonly faults: readonly JsonFault[] };

export interface ReadingOptions {
  /** Name of the file, as faults print it. */
  readonly file: string;
  /** Is the number at this path kept as the text it was written in? Elsewhere a number must not lose digits. */
  readonly keepsDigits?: (path: Path) => boolean;
  /** The most bytes that are read; 1 MiB where nothing is said. */
  readonly most?: number;
}

/** Reads one JSON document. Never throws for what is in `bytes`. */
export function parseStrictJson(bytes: Uint8Array, options: ReadingOptions): JsonReading {
  const { file, most = maxBytes } = options;
  if (bytes.length > most) {
    const reason = `is longer than ${most} bytes (${most / 1024 / 1024} MiB), the most that is read`;
    return {
      faults: [faultAt(file, "too-large", [], nowhere, reason, "attach large outputs as evidence files")],
    };
  }
  const text = decode(bytes);
  if (text === null) {
    return {
      faults: [
        faultAt(file, "not-utf8", [], nowhere, "is not valid UTF-8 text", "save it in the encoding UTF-8"),
      ],
    };
  }
  const places = new Places(text);
  const deep = tooDeepAt(text, maxDepth);
  if (deep !== null) {
    const reason = `nests deeper than ${maxDepth} levels`;
    return {
      faults: [
        faultAt(file, "too-deep", [], places.at(deep), reason, "no results file nests deeper than ten"),
      ],
    };
  }
  let raw: unknown;
  try {
    raw = parse(text, null, { onDuplicateKey: () => undefined });
  } catch (error) {
    return { faults: [syntaxFault(file, text, places, error)] };
  }
  const faults: JsonFault[] = [];
  const report: Report = (rule, path, place, reason, hint) => {
    if (faults.length < maxFaults) faults.push(faultAt(file, rule, path, place, reason, hint));
  };
  const tree = scanValid(text, (path, offset) => {
    const key = quote(String(path.at(-1)));
    report(
      "duplicate-key",
      path,
      places.at(offset),
      `has the key ${key} twice in one object`,
      "keep one of the two",
    );
  });
  const place = (path: Path): Place => places.at(offsetOf(tree, path));
  const value = normal(
    raw,
    [],
    (rule, path, reason, hint) => report(rule, path, place(path), reason, hint),
    options,
  );
  return faults.length > 0 ? { faults } : { document: { value, place } };
}

/** A fault at a place; the one shape that everything about a JSON file is reported in. */
export function faultAt(
  file: string,
  rule: string,
  path: Path,
  { line, column }: Place,
  reason: string,
  hint: string | null,
): JsonFault {
  return { severity: "error", rule, file, line, column, reason, hint, pointer: pointerOf(path) };
}

/** RFC 6901. */
export function pointerOf(path: Path): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

const nowhere: Place = { line: 0, column: 0 };

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function syntaxFault(file: string, text: string, places: Places, error: unknown): JsonFault {
  const message = error instanceof Error ? error.message : String(error);
  const position = / at position (\d+)$/.exec(message);
  const offset = position ? Number(position[1]) : text.length;
  const reason = `is not JSON: ${printable(message.replace(/ at position \d+$/, ""))}`;
  const hint = text.trim() === "" ? "the file is empty; `countersign template` prints one to fill" : null;
  return faultAt(file, "syntax", [], places.at(offset), reason, hint);
}

type Report = (rule: string, path: Path, place: Place, reason: string, hint: string | null) => void;
type ReportAt = (rule: string, path: Path, reason: string, hint: string | null) => void;

/** Plain values from the library's: numbers become JavaScript's own, or the text they were written in. */
function normal(raw: unknown, path: Path, report: ReportAt, options: ReadingOptions): unknown {
  if (typeof raw === "string") {
    checkText(raw, path, report);
    return raw;
  }
  if (isLosslessNumber(raw)) return number(raw.value, path, report, options);
  if (Array.isArray(raw)) return raw.map((entry, index) => normal(entry, [...path, index], report, options));
  if (raw === null || typeof raw !== "object") return raw;
  const result: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(raw)) {
    const here = [...path, key];
    checkText(key, here, report);
    // An assignment would set the prototype instead of a key.
    if (key === "__proto__")
      report("forbidden-key", here, 'has the key "__proto__"', "remove it: no results file needs it");
    else result[key] = normal(entry, here, report, options);
  }
  return result;
}

function number(text: string, path: Path, report: ReportAt, options: ReadingOptions): string | number {
  if (options.keepsDigits?.(path)) return text;
  const value = Number(text);
  if (/^-?\d+$/.test(text)) {
    if (!Number.isSafeInteger(value)) {
      const reason = `is the integer ${shortened(text)}, beyond 9007199254740991, where software rounds`;
      report("unsafe-integer", path, reason, "write it as text, in quotes");
    }
  } else if (!Number.isFinite(value) || !isSafeNumber(text)) {
    const reason = `is the number ${shortened(text)}, which loses digits as a binary number`;
    report("unsafe-number", path, reason, "write it as text, in quotes");
  }
  return value;
}

function checkText(text: string, path: Path, report: ReportAt): void {
  if (text.isWellFormed()) return;
  const reason = "holds half of a character (a lone surrogate, \\uD800 to \\uDFFF)";
  report("lone-surrogate", path, reason, "write the whole character, or remove it");
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}

function quote(text: string): string {
  return printable(shortened(JSON.stringify(text)));
}

/** Keeps a message on one line and free of what a terminal would obey. */
function printable(message: string): string {
  return message.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (char) => {
    const hex = (char.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return `U+${hex.padStart(4, "0")}`;
  });
}
