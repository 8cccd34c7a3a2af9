/** Native results (results JSON): bytes to a written record, or every fault with its pointer and line. */
import { readWith } from "../model/issue.ts";
import { recordSchema, type WrittenRecord } from "../model/run.schema.ts";
import type { Path } from "./jsonplaces.ts";
import { faultAt, type JsonDocument, type JsonFault, parseStrictJson, pointerOf } from "./strictjson.ts";

/** A results file that was read without a fault. */
export interface ResultsFile {
  readonly file: string;
  readonly record: WrittenRecord;
  readonly document: JsonDocument;
  /** Characters that hide or turn text: kept, shown inert, and pointed out. */
  readonly warnings: readonly JsonFault[];
}

/** A file with its values by place, whether or not they are results. */
export type PlacedFile = Pick<ResultsFile, "file" | "document">;

export type ResultsReading =
  | { readonly results: ResultsFile }
  /** The document is there where the file is JSON that can be read, and only its content is wrong. */
  | { readonly faults: readonly JsonFault[]; readonly document?: JsonDocument };

/**
 * Reads one results file. Never throws for what is in `bytes`.
 * @param file its name, as faults print it
 */
export function parseResults(bytes: Uint8Array, file: string): ResultsReading {
  const first = parseStrictJson(bytes, { file, keepsDigits: isMeasured });
  if ("faults" in first) return first;
  const amended = textAmendments(first.document.value);
  // What corrects a measured value has to keep its digits as well; which one does is known only now.
  const reading =
    amended.size === 0
      ? first
      : parseStrictJson(bytes, {
          file,
          keepsDigits: (path) => isMeasured(path) || amended.has(pointerOf(path)),
        });
  if ("faults" in reading) return reading;
  const { document } = reading;
  const checked = readWith(recordSchema, document.value);
  if ("faults" in checked) {
    const faults = checked.faults.map(({ path, reason, hint }) => {
      const here = path.filter((part) => typeof part !== "symbol");
      return faultAt(file, "schema", here, document.place(here), reason, hint);
    });
    return { faults, document };
  }
  return { results: { file, record: checked.data, document, warnings: hiddenCharacters(file, document) } };
}

/** A fault about a pointer into a results file that was read. */
export function faultIn(
  results: PlacedFile,
  rule: string,
  pointer: string,
  reason: string,
  hint: string | null,
): JsonFault {
  const path = pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  return faultAt(results.file, rule, path, results.document.place(path), reason, hint);
}

/** Values that people read off and write down: `0.40` stays `0.40`, and `6.10` does not become `6.1`. */
function isMeasured(path: Path): boolean {
  const [top, , key, next] = path;
  if (top === "fields" || top === "answers") return path.length === 2;
  if (top === "messages") return key === "values" && path.length === 4;
  if (top === "amends") return path.at(-1) === "value" && path.length > 3;
  if (top !== "results") return false;
  const rest = key === "attempts" && typeof next === "number" ? path.slice(4) : path.slice(2);
  if (rest[0] === "capture") return rest.length === 2;
  return rest[0] === "observed" && rest.length === 3 && rest[2] === "value";
}

const MEASURED = /^\/(?:fields|answers)\/[^/]+$|\/capture\/[^/]+$|\/value$/;

/** Pointers of `old` and `new` in amendments of a single measured value. */
function textAmendments(value: unknown): ReadonlySet<string> {
  const pointers = new Set<string>();
  const amends = (value as { amends?: unknown } | null)?.amends;
  if (!Array.isArray(amends)) return pointers;
  amends.forEach((entry: unknown, index) => {
    const { pointer } = (entry ?? {}) as { pointer?: unknown };
    if (typeof pointer !== "string" || !MEASURED.test(pointer)) return;
    pointers.add(`/amends/${index}/old`).add(`/amends/${index}/new`);
  });
  return pointers;
}

/** Control characters but tab and line ends, and the characters that turn or hide the text around them. */
const HIDDEN = /[\p{Cc}--[\t\n\r]]|\p{Bidi_Control}|\u200b|\u2060|\ufeff/v;

function hiddenCharacters(file: string, document: JsonDocument): readonly JsonFault[] {
  const found: JsonFault[] = [];
  const visit = (value: unknown, path: Path): void => {
    if (typeof value === "string") {
      const match = HIDDEN.exec(value);
      if (!match) return;
      const code = (match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
      const reason = `holds the character U+${code}, which hides or turns text; it is kept and shown by its number`;
      found.push({
        ...faultAt(file, "hidden-character", path, document.place(path), reason, null),
        severity: "warning",
      });
    } else if (typeof value === "object" && value !== null) {
      for (const [key, entry] of Object.entries(value)) visit(entry, [...path, key]);
    }
  };
  visit(document.value, []);
  return found;
}
