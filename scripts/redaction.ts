/** `--redact`: what is taken out of results and evidence before anything is made of them, and how the gap is recorded. */
import { digestOf } from "../src/archive/canonical.ts";
import { faultIn, parseResults, type ResultsFile, type ResultsReading } from "../src/formats/results.ts";
import type { JsonFault } from "../src/formats/strictjson.ts";
import { TAKEN_OUT, takeOut } from "../src/formats/texts.ts";
import { findSecrets } from "../src/source/secrets.ts";
import { UsageError } from "./command.ts";
import type { FoundEvidence } from "./evidence.ts";

export interface Redactions {
  /** Pointers of texts in the results file. */
  readonly pointers: readonly string[];
  /** Evidence id -> lines, from 1. */
  readonly lines: ReadonlyMap<string, readonly number[]>;
}

/** @throws UsageError for what is neither a pointer nor evidence and line */
export function parseRedactions(options: readonly string[], files: number): Redactions {
  const pointers: string[] = [];
  const lines = new Map<string, number[]>();
  for (const option of options) {
    const [, id, line] = /^([^/].*):([1-9]\d{0,8})$/su.exec(option) ?? [];
    if (option.startsWith("/")) pointers.push(option);
    else if (id !== undefined) lines.set(id, [...(lines.get(id) ?? []), Number(line)]);
    else
      throw new UsageError(
        `--redact is a line of evidence, such as e5:40, or a pointer into the results, such as /results/3/note; not "${option}"`,
      );
  }
  if (options.length > 0 && files > 1)
    throw new UsageError("--redact goes with one results file: take in the others first");
  return { pointers, lines };
}

export interface RedactedFile {
  readonly bytes: Uint8Array;
  readonly reading: ResultsReading;
}

/** A results file without the texts that are to go: its bytes are what is kept, and what its digest is of. */
export function readRedacted(bytes: Uint8Array, file: string, { pointers }: Redactions): RedactedFile {
  const reading = parseResults(bytes, file);
  const document = "results" in reading ? reading.results.document : reading.document;
  if (pointers.length === 0 || !document) return { bytes, reading };
  const taken = takeOut(new TextDecoder().decode(bytes), document.value, pointers);
  if ("text" in taken) {
    const kept = new TextEncoder().encode(taken.text);
    return { bytes: kept, reading: parseResults(kept, file) };
  }
  const faults = taken.nowhere.map((pointer) =>
    faultIn({ file, document }, "redact", pointer, "is to be redacted, and no text stands there", null),
  );
  return { bytes, reading: { faults: ["faults" in reading ? reading.faults : [], faults].flat(), document } };
}

/** Evidence without the lines that are to go. A secret that goes on over several lines goes whole. */
export function redactEvidence(
  results: ResultsFile,
  found: readonly FoundEvidence[],
  { lines }: Redactions,
): { readonly found: readonly FoundEvidence[]; readonly faults: readonly JsonFault[] } {
  const faults: JsonFault[] = [];
  const refuse = (reason: string): void => {
    faults.push(faultIn(results, "redact", "/evidence", reason, null));
  };
  for (const id of lines.keys())
    if (!found.some((file) => file.id === id))
      refuse(`--redact names '${id}', and no file of that id is there`);
  const redacted = found.map((file): FoundEvidence => {
    const wanted = lines.get(file.id);
    if (!wanted) return file;
    if (file.type !== "text/plain" && file.type !== "application/json") {
      refuse(`--redact takes out lines of text, and the evidence '${file.id}' is ${file.type}`);
      return file;
    }
    const text = new TextDecoder().decode(file.bytes);
    // Lines, and between them what ends each.
    const parts = text.split(/(\r\n|\n|\r)/);
    const count = (parts.length + 1) / 2;
    const out = linesToGo(text, wanted);
    for (const line of wanted) if (line > count) refuse(`--redact ${file.id}:${line}: it has ${count} lines`);
    const kept = parts.map((part, index) => (index % 2 === 0 && out.has(index / 2 + 1) ? TAKEN_OUT : part));
    const bytes = new TextEncoder().encode(kept.join(""));
    return {
      ...file,
      bytes,
      sha256: digestOf(bytes),
      redacted: { lines: [...out].sort((a, b) => a - b), original: file.sha256 },
    };
  });
  return { found: redacted, faults };
}

/** The lines that are named, and those on which what stands there goes on. */
function linesToGo(text: string, wanted: readonly number[]): ReadonlySet<number> {
  const out = new Set(wanted);
  for (const { line, start, end } of findSecrets(text)) {
    const last = line + (text.slice(start, end).match(/\r\n|\n|\r/g)?.length ?? 0);
    if (!wanted.some((one) => one >= line && one <= last)) continue;
    for (let at = line; at <= last; at += 1) out.add(at);
  }
  return out;
}
