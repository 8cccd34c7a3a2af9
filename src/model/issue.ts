/** What zod finds wrong, in words: what was expected, what came, what to write. */
import type { z } from "zod";
import { nearest } from "./nearest.ts";

export interface Explanation {
  /** Path to the value that is wrong; for an unknown key the key itself is its last step. */
  readonly path: readonly PropertyKey[];
  readonly reason: string;
  readonly hint: string | null;
}

export type Reading<T> = { readonly data: T } | { readonly faults: readonly Explanation[] };

/** Validates `value`; every fault is explained. */
export function readWith<S extends z.ZodType>(schema: S, value: unknown): Reading<z.output<S>> {
  const result = schema.safeParse(value);
  if (result.success) return { data: result.data };
  return { faults: result.error.issues.map((issue) => explain(issue, schema, value)) };
}

function explain(issue: z.core.$ZodIssue, schema: z.ZodType, root: unknown): Explanation {
  const where = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(schema, issue.path);
    const guess = issue.keys.map((key) => nearest(key, known)).find((key) => key !== null);
    const keys = issue.keys.map((key) => `'${key}'`).join(", ");
    return {
      path: [...issue.path, issue.keys[0] ?? ""],
      reason: `unknown key${issue.keys.length > 1 ? "s" : ""} ${keys}${where === "" ? "" : ` in ${where}`}`,
      hint: guess ? `did you mean '${guess}'?` : known.length > 0 ? `known are ${known.join(", ")}` : null,
    };
  }
  const value = issue.path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key],
    root,
  );
  if (issue.code === "invalid_type" && issue.expected === "string" && typeof value === "number") {
    return {
      path: issue.path,
      reason: `${where} must be text, got the number ${value}`,
      hint: `quote it: ${String(issue.path.at(-1))}: "${value}"`,
    };
  }
  const got = value === undefined ? "nothing" : (JSON.stringify(value) ?? typeof value);
  const shown = got.length > 60 ? `${got.slice(0, 57)}...` : got;
  return {
    path: issue.path,
    reason: `${where === "" ? "" : `${where}: `}${issue.message}; got ${shown}`,
    hint: null,
  };
}

/** The keys that an object at this path may have; empty where that cannot be told. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let at: unknown = schema;
  for (const step of path)
    at = typeof step === "number" ? part(at, "element") : part(part(at, "shape"), String(step));
  return Object.keys((part(at, "shape") as object | undefined) ?? {});
}

function part(schema: unknown, key: string): unknown {
  return (unwrap(schema) as Record<string, unknown> | undefined)?.[key];
}

/** Through `.optional()`, `.default()` and the like to the schema inside. */
function unwrap(schema: unknown): unknown {
  let at = schema as { def?: { innerType?: unknown } } | undefined;
  while (at?.def?.innerType !== undefined) at = at.def.innerType as typeof at;
  return at;
}
