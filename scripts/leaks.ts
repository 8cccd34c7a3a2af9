/** Secrets in what is about to be kept for ever: in the texts of results files, and in evidence that is text. */
import { faultIn, type PlacedFile, type ResultsFile } from "../src/formats/results.ts";
import { type JsonFault, maxFaults, pointerOf } from "../src/formats/strictjson.ts";
import { textsOf } from "../src/formats/texts.ts";
import type { KnownExample } from "../src/model/site.schema.ts";
import { concealing, findSecrets, type Secret } from "../src/source/secrets.ts";
import type { FoundEvidence } from "./evidence.ts";

export interface Leaks {
  readonly faults: readonly JsonFault[];
  /** Takes what was found out of anything that is said. */
  readonly conceal: (said: string) => string;
}

export const noLeaks: Leaks = { faults: [], conceal: (said) => said };

/** A fault in whose words no secret of its file stands. */
export function concealed(fault: JsonFault, { conceal }: Leaks): JsonFault {
  const { reason, hint, pointer } = fault;
  return { ...fault, reason: conceal(reason), hint: hint && conceal(hint), pointer: conceal(pointer) };
}

const rule = "secret";

/** Secrets in the texts of a results file, by pointer. What was found is no part of what is said. */
export function leaksOfResults(results: PlacedFile, known: readonly KnownExample[]): Leaks {
  const places: { readonly start: number; readonly pointer: string; readonly isKey: boolean }[] = [];
  let whole = "";
  for (const { path, key, text, isKey } of textsOf(results.document.value, isFree)) {
    // A name in front of a value tells that it is a secret; between texts nothing may seem to belong together.
    places.push({ start: whole.length, pointer: pointerOf(path), isKey });
    whole += `${key === "" ? "" : `${key}: `}${text}\n\n`;
  }
  const secrets = findSecrets(whole, known);
  const conceal = concealing(whole, secrets);
  const faults = secrets.slice(0, maxFaults).map(({ kind, start }) => {
    const { pointer, isKey } = places.findLast((place) => place.start <= start) ?? {
      pointer: "",
      isKey: true,
    };
    const hint = isKey
      ? `change it where it is used, and ${advice}`
      : `change it where it is used; --redact ${pointer} takes the text out of the record, and the gap is recorded`;
    return faultIn(results, rule, pointer, `holds what looks like ${kind}${isKey ? ", in a key" : ""}`, hint);
  });
  return { faults: once(faults), conceal };
}

const advice =
  "write it otherwise; if it is a made-up example, list it under knownExamples in content/site.yaml";

/** Keys that the author of a record chooses: they say what the value is. */
function isFree(path: readonly (string | number)[]): boolean {
  const [top] = path;
  if (top === "extra" || top === "fields" || top === "answers") return path.length > 1;
  return path.some((part, at) => (part === "capture" || part === "values") && at === path.length - 2);
}

/** Secrets in evidence that is text, by id and line; more than one on a line is one fault. */
export function leaksOfEvidence(
  results: ResultsFile,
  found: readonly FoundEvidence[],
  known: readonly KnownExample[],
): readonly JsonFault[] {
  const entries = results.record.evidence ?? [];
  const faults = found.flatMap((file) => {
    const index = entries.findIndex(({ id }) => id === file.id);
    return linesWithSecrets(file, known).map(({ kind, line }) =>
      faultIn(
        results,
        rule,
        `/evidence/${index}/file`,
        `line ${line} of the evidence '${file.id}' holds what looks like ${kind}`,
        `change it where it is used; --redact ${file.id}:${line} takes the line out, and the gap is recorded`,
      ),
    );
  });
  return once(faults);
}

function linesWithSecrets({ type, bytes }: FoundEvidence, known: readonly KnownExample[]): readonly Secret[] {
  if (type !== "text/plain" && type !== "application/json") return [];
  return findSecrets(new TextDecoder().decode(bytes), known);
}

function once(faults: readonly JsonFault[]): readonly JsonFault[] {
  const seen = new Set<string>();
  return faults.filter(({ pointer, reason }) => {
    const key = `${pointer} ${reason}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
