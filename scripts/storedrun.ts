/** A stored run as commands ask for it: by its id, whole, as of one of its records. */
import { readRun, readRunNames, type StoredRun } from "../src/archive/read.ts";
import { nearest } from "../src/model/nearest.ts";
import { UsageError } from "./command.ts";

/** The run, or in one line why it cannot be shown: it is not there, or not what was stored. */
export function findRun(
  root: string,
  name: string,
): { readonly stored: StoredRun } | { readonly reason: string } {
  const { run: stored, diagnostics } = readRun(root, name);
  const broken = diagnostics.filter(({ severity }) => severity === "error");
  if (broken.length > 0) {
    const places = broken.map(({ file, reason }) => `${file} ${reason}`).join("; ");
    return { reason: `what is stored is not what was stored: ${places}` };
  }
  return stored ? { stored } : { reason: unknownRun(name, readRunNames(root)) };
}

function unknownRun(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  if (near !== null) return `there is no run '${name}'; did you mean '${near}'?`;
  const some = known.length === 0 ? "there are none yet" : `the last are ${known.slice(-5).join(", ")}`;
  return `there is no run '${name}'; ${some}`;
}

/** The number of a record as typed; the newest where none is. Throws UsageError for one that is not there. */
export function recordNumber(option: string | undefined, { run, envelopes }: StoredRun): number {
  if (option === undefined) return envelopes.length;
  const n = /^[1-9]\d{0,8}$/.test(option) ? Number(option) : 0;
  if (n < 1 || n > envelopes.length)
    throw new UsageError(`--record is a number from 1 to ${envelopes.length} for ${run}, not "${option}"`);
  return n;
}
