/** Checklists that were renamed: `redirects` in `content/site.yaml`, old id to new id. */
import { join } from "node:path";
import { ID_PATTERN } from "../model/checklist.schema.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { nearest } from "../model/nearest.ts";
import type { Site } from "../model/site.schema.ts";
import { readBytesIfThere } from "./file.ts";
import { lineOfPath } from "./yaml.ts";

/** An old address must lead to a checklist that is there, and must not hide one. @param ids of all checklists */
export function checkRedirects(
  content: string,
  redirects: Site["redirects"],
  ids: ReadonlySet<string>,
): readonly Diagnostic[] {
  const found = Object.entries(redirects).flatMap(([from, to]) => {
    const fault = faultOf(from, to, ids);
    return fault ? [{ from, ...fault }] : [];
  });
  if (found.length === 0) return [];
  const text = new TextDecoder().decode(readBytesIfThere(join(content, "site.yaml")) ?? new Uint8Array());
  return found.map(({ from, reason, hint }) => ({
    severity: "error",
    rule: "installation",
    file: "content/site.yaml",
    line: lineOfPath(text, ["redirects", from]),
    column: 1,
    reason,
    hint,
  }));
}

interface Fault {
  readonly reason: string;
  readonly hint: string;
}

function faultOf(from: string, to: string, ids: ReadonlySet<string>): Fault | null {
  if (ids.has(from))
    return {
      reason: `redirects: '${from}' is a checklist, and a redirect would take the place of its pages`,
      hint: "name the id that it had before it was renamed, or take the line out",
    };
  if (!ID_PATTERN.test(from) || from.includes(".."))
    return {
      reason: `redirects: '${from}' is no checklist id`,
      hint: "write the old id, such as 'web-shop', without a path",
    };
  if (ids.has(to)) return null;
  const alike = nearest(to, [...ids]);
  return {
    reason: `redirects: '${from}' leads to '${to}', and there is no such checklist`,
    hint: alike === null ? "write the id that it has now" : `did you mean '${alike}'?`,
  };
}
