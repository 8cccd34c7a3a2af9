/**
 * Runs as this browser keeps them. Every change reads what is there and writes it back in one transaction, so that
 * two tabs on one run add to it and never overwrite each other; what was said to be kept is on the disk.
 */
import type { WrittenRecord } from "../../model/run.schema.ts";
import { t } from "../words.ts";

/** A run on this computer. */
export interface KeptRun {
  /** `restaurant-os@6.0.4/2026-03-04-prod`. */
  readonly key: string;
  /** `restaurant-os@6.0.4`. */
  readonly of: string;
  readonly record: WrittenRecord;
  /** Id of the person at this computer. */
  readonly me: string;
  /** Values that were typed and not recorded yet, by item and metric. */
  readonly typed: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** When it was last saved to a file; null: never, or something was recorded since. */
  readonly saved: string | null;
}

/** A file that proves something, kept until it is handed in. */
export interface KeptFile {
  /** 64 hex digits. */
  readonly sha256: string;
  readonly name: string;
  readonly blob: Blob;
}

export function keyOf(of: string, run: string): string {
  return `${of}/${run}`;
}

let opening: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("countersign", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("runs", { keyPath: "key" }).createIndex("of", "of");
      request.result.createObjectStore("files", { keyPath: "sha256" });
    };
    request.onsuccess = () => {
      // A newer page of this site may need a newer form: then this one lets go.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error ?? new Error(t("the browser's store does not open")));
    request.onblocked = () =>
      reject(new Error(t("another tab holds an older store: close it, and load again")));
  });
  opening.catch(() => {
    opening = undefined;
  });
  return opening;
}

/** Runs `work` in one transaction. @returns what it resolved to, once everything is on the disk */
async function within<T>(
  stores: readonly string[],
  mode: IDBTransactionMode,
  work: (transaction: IDBTransaction, give: (value: T) => void) => void,
): Promise<T> {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction([...stores], mode, { durability: "strict" });
    let given: T;
    transaction.oncomplete = () => resolve(given);
    transaction.onabort = () => reject(transaction.error ?? new Error(t("the browser's store refused")));
    work(transaction, (value) => {
      given = value;
    });
  });
}

function asked<T>(stores: string, ask: (transaction: IDBTransaction) => IDBRequest<T>): Promise<T> {
  return within([stores], "readonly", (transaction, give) => {
    const request = ask(transaction);
    request.onsuccess = () => give(request.result);
  });
}

/** All runs on this computer of one version of a checklist, by key. */
export function listRuns(of: string): Promise<readonly KeptRun[]> {
  return asked("runs", (transaction) => transaction.objectStore("runs").index("of").getAll(of));
}

export function readRun(key: string): Promise<KeptRun | undefined> {
  return asked("runs", (transaction) => transaction.objectStore("runs").get(key));
}

/**
 * Changes a run, from what is kept and not from what a tab remembers.
 * @param change what to keep instead; null leaves everything as it is
 */
export async function changeRun(
  key: string,
  change: (kept: KeptRun | undefined) => KeptRun | null,
): Promise<KeptRun | undefined> {
  const result = await within<KeptRun | undefined>(["runs"], "readwrite", (transaction, give) => {
    const store = transaction.objectStore("runs");
    const reading = store.get(key);
    reading.onsuccess = () => {
      const kept = reading.result as KeptRun | undefined;
      const next = change(kept);
      if (next !== null) store.put(next);
      give(next ?? kept);
    };
  });
  tell(key);
  return result;
}

/** Takes a run off this computer, with files that no other run names. */
export async function removeRun(key: string): Promise<void> {
  await within<void>(["runs", "files"], "readwrite", (transaction) => {
    const runs = transaction.objectStore("runs");
    const files = transaction.objectStore("files");
    const reading = runs.getAll();
    reading.onsuccess = () => {
      const left = (reading.result as KeptRun[]).filter((run) => run.key !== key);
      const named = new Set(
        left.flatMap(({ record }) => (record.evidence ?? []).map(({ sha256 }) => sha256)),
      );
      const names = files.getAllKeys();
      names.onsuccess = () => {
        for (const name of names.result) if (!named.has(String(name))) files.delete(name);
      };
      runs.delete(key);
    };
  });
  tell(key);
}

export async function keepFile(file: KeptFile): Promise<void> {
  await within<void>(["files"], "readwrite", (transaction) => {
    transaction.objectStore("files").put(file);
  });
}

export function readFile(sha256: string): Promise<KeptFile | undefined> {
  return asked("files", (transaction) => transaction.objectStore("files").get(sha256));
}

const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("countersign-runs") : null;

function tell(key: string): void {
  channel?.postMessage(key);
}

/** Calls when another tab changed a run. */
export function whenChanged(listen: (key: string) => void): void {
  channel?.addEventListener("message", ({ data }) => listen(String(data)));
}
