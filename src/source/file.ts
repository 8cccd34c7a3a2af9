/** Files as bytes, and their digests. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** `sha256:` and 64 hex digits; a text is taken as UTF-8. */
export function digestOf(bytes: string | Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

/** Null where there is no such file; any other failure throws. */
export function readBytesIfThere(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return null;
    throw cause;
  }
}
