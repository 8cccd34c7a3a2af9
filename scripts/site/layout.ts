/** The digest of the code that renders: part of every key, so that nothing made by older code is taken for new. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compareText } from "../../src/model/diagnostic.ts";
import { keyOf } from "../../src/source/kept.ts";
import { readVersion } from "../tool.ts";

/** Whose bytes decide how a body, a sheet or a report looks. */
const FOLDERS = ["src/model", "src/source", "src/html", "src/pdf", "src/styles"];

const home = fileURLToPath(new URL("../..", import.meta.url));

export function layoutDigest(): string {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(home, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  ).sort(compareText);
  return keyOf(
    readVersion(),
    process.versions.node,
    process.versions.zlib,
    ...files.flatMap((file) => [file.slice(home.length), readFileSync(file, "latin1")]),
  );
}
