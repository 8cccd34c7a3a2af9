/** One writer at a time: a lock file that says whose it is, so that a dead owner's can be told and taken over. */
import { join } from "node:path";
import { codeOf, type Disk, type Owner } from "./disk.ts";
import { linkless, quietly } from "./durable.ts";

export const lockName = ".lock";
const tries = 1200;
const pauseMilliseconds = 25;
/** A lock that cannot be read for so many tries (2.5 s) was left by somebody who died while writing it. */
const unreadableTries = 100;

interface Claim {
  readonly owner: Owner;
  /** The run that is being written to: what has to be tidied up if its writer dies. */
  readonly run: string;
}

/** Somebody else is writing, and did not finish in 30 seconds. */
export class Locked extends Error {
  override readonly name = "Locked";
}

export interface Lock {
  /** Runs that writers who died were writing to; their folders may hold unfinished files. */
  readonly interrupted: readonly string[];
  /** Throws if the lock is not ours any more: to be asked right before what cannot be taken back. */
  assertHeld(): void;
  release(): void;
}

/**
 * Takes the lock of a folder, waiting for a live owner for up to 30 seconds.
 * @throws Locked when the owner does not let go
 */
export function takeLock(disk: Disk, folder: string, run: string): Lock {
  const path = join(folder, lockName);
  const ours = JSON.stringify({ owner: disk.self(), run } satisfies Claim);
  let unreadable = 0;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    if (create(disk, folder, path, ours)) return held(disk, path, ours, sweep(disk, folder));
    const theirs = readText(disk, path);
    if (theirs === null) continue;
    const claim = parseClaim(theirs);
    unreadable = claim === null ? unreadable + 1 : 0;
    if (claim === null ? unreadable > unreadableTries : !disk.mayLive(claim.owner))
      moveAside(disk, folder, path, theirs);
    else disk.pause(pauseMilliseconds);
  }
  const claim = parseClaim(readText(disk, path) ?? "");
  const who = claim ? `process ${claim.owner.pid} on ${claim.owner.host}` : "another writer";
  throw new Locked(`${who} holds ${path}; try again, or remove that file if you know that nobody is writing`);
}

/** The file appears with all of its text at once, or not at all. */
function create(disk: Disk, folder: string, path: string, text: string): boolean {
  const bytes = new TextEncoder().encode(text);
  const temporary = join(folder, `${lockName}-${disk.self().pid}`);
  quietly(() => disk.remove(temporary));
  try {
    write(disk, temporary, bytes);
    disk.link(temporary, path);
    return true;
  } catch (error) {
    const code = codeOf(error);
    // ENOENT: the holder of the lock took our half-written file for rubbish.
    if (code === "EEXIST" || code === "ENOENT") return false;
    if (code !== null && linkless.has(code)) return createWithoutLink(disk, path, bytes);
    throw error;
  } finally {
    quietly(() => disk.remove(temporary));
  }
}

/** For file systems without second names; a reader may see this file before its text is in it. */
function createWithoutLink(disk: Disk, path: string, bytes: Uint8Array): boolean {
  try {
    write(disk, path, bytes);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

function write(disk: Disk, path: string, bytes: Uint8Array): void {
  const file = disk.create(path);
  try {
    for (let offset = 0; offset < bytes.length; ) offset += disk.write(file, bytes, offset);
    // Or a power cut could leave a lock that names nobody.
    disk.sync(file);
  } finally {
    disk.close(file);
  }
}

/**
 * Moves a dead owner's file away, to be read by {@link sweep}. Of two that try, one may have moved a third one's
 * live lock: it sees that by the text and puts it back.
 */
function moveAside(disk: Disk, folder: string, path: string, dead: string): void {
  const aside = join(folder, `${lockName}-dead-${disk.self().pid}`);
  try {
    disk.rename(path, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  if (readText(disk, aside) === dead) return;
  quietly(() => disk.link(aside, path));
  quietly(() => disk.remove(aside));
}

/** Removes what dead processes left beside the lock; returns the runs they were writing to. */
function sweep(disk: Disk, folder: string): readonly string[] {
  const runs: string[] = [];
  for (const name of disk.list(folder)) {
    if (!name.startsWith(`${lockName}-`)) continue;
    const path = join(folder, name);
    const claim = parseClaim(readText(disk, path) ?? "");
    if (claim && disk.mayLive(claim.owner)) continue;
    if (claim) runs.push(claim.run);
    quietly(() => disk.remove(path));
  }
  return runs;
}

function held(disk: Disk, path: string, ours: string, interrupted: readonly string[]): Lock {
  return {
    interrupted,
    assertHeld() {
      if (readText(disk, path) !== ours)
        throw new Locked(`${path} was taken by somebody else meanwhile; nothing was stored`);
    },
    release() {
      if (readText(disk, path) === ours) quietly(() => disk.remove(path));
    },
  };
}

function readText(disk: Disk, path: string): string | null {
  try {
    return new TextDecoder().decode(disk.read(path));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

function parseClaim(text: string): Claim | null {
  try {
    const { owner, run } = JSON.parse(text) as { owner?: Partial<Owner>; run?: unknown };
    if (typeof owner?.host !== "string" || typeof owner.pid !== "number" || typeof run !== "string")
      return null;
    return {
      owner: { host: owner.host, pid: owner.pid, boot: owner.boot ?? null, started: owner.started ?? null },
      run,
    };
  } catch {
    return null;
  }
}
