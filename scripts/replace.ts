/** Files of the author are written whole or not at all. */
import {
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

/** Writes beside the file, syncs, renames over it, syncs the folder. A failure leaves the file as it was, and throws. */
export function replaceFile(path: string, text: string | Uint8Array): void {
  writeBeside(path, text, (temporary) => renameSync(temporary, path));
}

/** The same for a file that must not exist: whoever comes second fails with EEXIST, and nothing is overwritten. */
export function createFile(path: string, text: string | Uint8Array): void {
  writeBeside(path, text, (temporary) => {
    try {
      linkSync(temporary, path);
    } catch (cause) {
      // File systems without hard links.
      if (codeOf(cause) !== "EPERM" && codeOf(cause) !== "ENOTSUP") throw cause;
      copyFileSync(temporary, path, constants.COPYFILE_EXCL);
    }
    rmSync(temporary);
  });
}

/** `EEXIST` and the like; empty for anything that is no error of the system. */
export function codeOf(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}

function writeBeside(path: string, text: string | Uint8Array, put: (temporary: string) => void): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = openSync(temporary, "wx");
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    put(temporary);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw cause;
  }
  const folder = openSync(dirname(path), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
