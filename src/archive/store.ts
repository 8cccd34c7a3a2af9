/**
 * Puts records into the archive: `content/runs/<run>/` with `<n>.json`, `inputs/`, `evidence/`, `checklist.md`.
 * All or nothing: the last envelope is the commit point, and nothing before it counts.
 */
import { join } from "node:path";
import type { Envelope } from "../model/envelope.schema.ts";
import { canonicalJson } from "./canonical.ts";
import { type Chain, isSound, readChain, recordFile } from "./chain.ts";
import { type Disk, disk as realDisk } from "./disk.ts";
import { makeFolderDurable, placeFile, quietly, unfinished } from "./durable.ts";
import { type Lock, takeLock } from "./lock.ts";
import { faultOfRunName, leadsOut } from "./names.ts";

/** Bytes under their digest, `sha256:` and 64 hex digits. */
export interface StoredFile {
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** What is to be written, decided before anything is. */
export interface Plan {
  readonly run: string;
  /** Digest of the record that ended the chain when the plan was made; null for a new run. */
  readonly after: string | null;
  /** Consecutive records of the run, all stored or none. */
  readonly envelopes: readonly Envelope[];
  readonly inputs: readonly StoredFile[];
  readonly evidence: readonly StoredFile[];
  /** Source of the checklist that is run, for a new run. */
  readonly checklist: Uint8Array | null;
}

export type Outcome =
  | { readonly status: "stored" }
  /** Somebody else added a record after the plan was made: plan again. */
  | { readonly status: "overtaken" };

/** The archive will not take it; nothing was written. */
export class Refused extends Error {
  override readonly name = "Refused";
}

/**
 * Stores what is planned, and returns only when it would survive a power cut.
 * @param root the project; records go under `content/runs/` in it
 * @throws Refused, Locked, DifferentBytes, or what the disk threw: in every case nothing was stored
 */
export function putRecord(root: string, plan: Plan, disk: Disk = realDisk): Outcome {
  const fault = faultOfRunName(plan.run);
  if (fault !== null) throw new Refused(`${fault}; got '${plan.run}'`);
  const runs = makeFolderDurable(disk, join(root, "content"), "runs");
  const folder = join(runs, plan.run);
  checkPlace(disk, runs, folder, plan.run);
  const lock = takeLock(disk, runs, plan.run);
  try {
    for (const run of [...lock.interrupted, plan.run]) tidyUp(disk, runs, run);
    const chain = disk.kind(folder) === null ? null : readChain(disk, folder);
    if (chain && !isSound(chain)) throw new Refused(`${folder} is not as it was stored: ${describe(chain)}`);
    if ((chain?.envelopes.at(-1)?.digest ?? null) !== plan.after) return { status: "overtaken" };
    try {
      write(disk, runs, plan, lock);
    } catch (error) {
      quietly(() => tidyUp(disk, runs, plan.run));
      throw error;
    }
    return { status: "stored" };
  } finally {
    lock.release();
  }
}

/** Makes durable what is there, and tidies up: for a record found stored, whose writer may have died before its last step. */
export function settle(root: string, run: string, disk: Disk = realDisk): void {
  const runs = join(root, "content/runs");
  const lock = takeLock(disk, runs, run);
  try {
    for (const name of [...lock.interrupted, run]) tidyUp(disk, runs, name);
    disk.syncFolder(join(runs, run));
    disk.syncFolder(runs);
  } finally {
    lock.release();
  }
}

function checkPlace(disk: Disk, runs: string, folder: string, run: string): void {
  const twin = disk.list(runs).find((name) => name !== run && name.toLowerCase() === run);
  if (twin !== undefined) throw new Refused(`there is a run '${twin}', which differs only by case`);
  const kind = disk.kind(folder);
  if (kind !== null && kind !== "folder") throw new Refused(`${folder} is not a folder`);
  for (const path of [folder, join(folder, "inputs"), join(folder, "evidence")]) {
    if (leadsOut(disk, runs, path)) throw new Refused(`${path} leads out of ${runs}`);
  }
}

function describe(chain: Chain): string {
  return chain.problems.map(({ file, reason }) => `${file} ${reason}`).join("; ");
}

function write(disk: Disk, runs: string, plan: Plan, lock: Lock): void {
  const folder = makeFolderDurable(disk, runs, plan.run);
  placeFiles(disk, folder, "inputs", plan.inputs);
  placeFiles(disk, folder, "evidence", plan.evidence);
  if (plan.checklist) placeFile(disk, folder, "checklist.md", plan.checklist);
  const last = plan.envelopes.at(-1);
  if (!last) throw new Error("a plan holds at least one record");
  const placed: string[] = [];
  try {
    for (const envelope of plan.envelopes) {
      if (envelope === last) {
        // What the commit point stands for must be durable before it.
        disk.syncFolder(folder);
        lock.assertHeld();
      }
      placeFile(disk, folder, recordFile(envelope.n), new TextEncoder().encode(envelopeText(envelope)));
      placed.push(recordFile(envelope.n));
    }
    disk.syncFolder(folder);
  } catch (error) {
    for (const name of placed.reverse()) quietly(() => disk.remove(join(folder, name)));
    throw error;
  }
}

function placeFiles(disk: Disk, folder: string, name: string, files: readonly StoredFile[]): void {
  if (files.length === 0) return;
  const place = makeFolderDurable(disk, folder, name);
  for (const file of files) placeFile(disk, place, hexOf(file.sha256), file.bytes);
  disk.syncFolder(place);
}

/** The name of a stored file: the digest without its algorithm, which Windows would not take in a name. */
export function hexOf(sha256: string): string {
  return sha256.replace(/^sha256:/, "");
}

/** Sorted keys as in the canonical form, but with lines, so that a version control system can show it. */
function envelopeText(envelope: Envelope): string {
  return `${JSON.stringify(JSON.parse(canonicalJson(envelope)), null, 2)}\n`;
}

/** Removes what unfinished writes left in a run's folder. Leaves everything if the records do not hold. */
function tidyUp(disk: Disk, runs: string, run: string): void {
  const folder = join(runs, run);
  if (faultOfRunName(run) !== null || disk.kind(folder) !== "folder") return;
  removeUnfinished(disk, folder);
  const chain = readChain(disk, folder);
  if (!isSound(chain)) return;
  // From the last back: a record is uncommitted for want of the ones after it, and must stay so on the way.
  for (const name of [...chain.uncommitted].reverse()) disk.remove(join(folder, name));
  const { envelopes } = chain;
  keepOnly(
    disk,
    folder,
    "inputs",
    envelopes.flatMap((one) => one.inputs.map((input) => input.sha256)),
  );
  keepOnly(
    disk,
    folder,
    "evidence",
    envelopes.flatMap((one) => one.evidence.map((file) => file.sha256)),
  );
  if (envelopes.length > 0) return;
  quietly(() => disk.remove(join(folder, "checklist.md")));
  quietly(() => disk.removeFolder(folder));
}

function keepOnly(disk: Disk, folder: string, name: string, digests: readonly string[]): void {
  const place = join(folder, name);
  if (disk.kind(place) !== "folder") return;
  removeUnfinished(disk, place);
  const kept = new Set(digests.map(hexOf));
  for (const file of disk.list(place)) {
    if (/^[0-9a-f]{64}$/.test(file) && !kept.has(file)) disk.remove(join(place, file));
  }
  if (kept.size === 0) quietly(() => disk.removeFolder(place));
}

function removeUnfinished(disk: Disk, folder: string): void {
  for (const name of disk.list(folder)) {
    if (name.startsWith(unfinished)) disk.remove(join(folder, name));
  }
}
