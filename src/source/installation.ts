/** `content/site.yaml`, `content/roles.yaml` and `content/lock.json`. */
import { join } from "node:path";
import type { Diagnostic } from "../model/diagnostic.ts";
import { type Reading, readWith } from "../model/issue.ts";
import {
  type Lock,
  lockSchema,
  type Roster,
  rosterSchema,
  type Site,
  siteSchema,
} from "../model/site.schema.ts";
import { readBytesIfThere } from "./file.ts";
import { faultOfFont } from "./fontfile.ts";
import { lineOfPath, parseYaml } from "./yaml.ts";

export interface Installation {
  readonly lock: Lock;
  readonly site: Site;
  readonly roster: Roster;
  readonly diagnostics: readonly Diagnostic[];
}

const EMPTY_LOCK: Lock = { schema: "countersign/lock@1", checklists: {} };
const DEFAULT_SITE = { organisation: "This installation", url: "http://localhost:4321" };

/** Reads the three files under `content`. A missing one gives its defaults; a broken one gives diagnostics and its defaults. */
export function readInstallation(content: string): Installation {
  const diagnostics: Diagnostic[] = [];
  const read = <T>(name: string, validate: (value: unknown) => Reading<T>, fallback: T): T =>
    readOne({ content, name, validate, fallback, diagnostics });
  const site = read("site.yaml", (value) => readWith(siteSchema, value), siteSchema.parse(DEFAULT_SITE));
  diagnostics.push(...checkFonts(content, site));
  return {
    lock: read("lock.json", (value) => readWith(lockSchema, value), EMPTY_LOCK),
    site,
    roster: read("roles.yaml", (value) => readWith(rosterSchema, value), { roles: [] }),
    diagnostics,
  };
}

/** Add-on fonts are opened before anything is printed: a sheet must not come out without its words. */
function checkFonts(content: string, { fonts }: Pick<Site, "fonts">): Diagnostic[] {
  return Object.entries(fonts).flatMap(([script, name]): Diagnostic[] => {
    const bytes = readBytesIfThere(join(content, name));
    const missing = { reason: "is not there", hint: "paths are those under the content folder" };
    const fault = bytes === null ? missing : faultOfFont(bytes);
    if (fault === null) return [];
    const text = new TextDecoder().decode(readBytesIfThere(join(content, "site.yaml")) ?? new Uint8Array());
    return [
      {
        severity: "error",
        rule: "installation",
        file: "content/site.yaml",
        line: lineOfPath(text, ["fonts", script]),
        column: 1,
        reason: `the font for ${script}, ${name}, ${fault.reason}`,
        hint: fault.hint,
      },
    ];
  });
}

interface OneFile<T> {
  readonly content: string;
  readonly name: string;
  readonly validate: (value: unknown) => Reading<T>;
  readonly fallback: T;
  readonly diagnostics: Diagnostic[];
}

function readOne<T>({ content, name, validate, fallback, diagnostics }: OneFile<T>): T {
  const bytes = readBytesIfThere(join(content, name));
  if (bytes === null) return fallback;
  const text = new TextDecoder().decode(bytes);
  const problem = (line: number, column: number, reason: string, hint: string | null): void => {
    diagnostics.push({
      severity: "error",
      rule: "installation",
      file: `content/${name}`,
      line,
      column,
      reason,
      hint,
    });
  };
  // JSON is YAML: one strict reader, with duplicate keys refused, serves both.
  const parsed = parseYaml(text);
  if ("error" in parsed) {
    problem(parsed.line, parsed.column, `cannot be read: ${parsed.error}`, null);
    return fallback;
  }
  const reading = validate(parsed.value);
  if ("data" in reading) return reading.data;
  for (const { path, reason, hint } of reading.faults) problem(lineOfPath(text, path), 1, reason, hint);
  return fallback;
}
