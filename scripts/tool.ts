/** Name and version of this software, as records and reports carry them. */
import { readFileSync } from "node:fs";

export function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  if (typeof manifest === "object" && manifest !== null && "version" in manifest)
    return String(manifest.version);
  throw new Error("package.json has no version");
}

/** `countersign 0.1.0` */
export function toolName(): string {
  return `countersign ${readVersion()}`;
}
