/** RFC 8785 (JCS): the one way to write a JSON value, so that its digest is the same everywhere. */
import { createHash } from "node:crypto";
import { compareText } from "../model/diagnostic.ts";

/**
 * Canonical JSON of plain data. Keys whose value is `undefined` are left out, as JSON.stringify does.
 * Numbers and texts are written as ECMAScript writes them, which is what the RFC prescribes.
 * @throws TypeError for what JSON cannot hold: NaN, infinities, half a surrogate pair, functions
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") {
    if (!value.isWellFormed()) throw new TypeError("a lone surrogate has no canonical form");
    return JSON.stringify(value);
  }
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError(`${value} has no canonical form`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object") throw new TypeError(`a ${typeof value} has no canonical form`);
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  entries.sort(([a], [b]) => compareText(a, b));
  return `{${entries.map(([key, entry]) => `${canonicalJson(key)}:${canonicalJson(entry)}`).join(",")}}`;
}

/** `sha256:` and 64 hex digits. */
export function digestOf(bytes: Uint8Array | string): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
