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
  return { faults: result.error.issues.flatMap((issue) => explain(issue, schema, value)) };
}

function explain(issue: z.core.$ZodIssue, schema: z.ZodType, root: unknown): readonly Explanation[] {
  const where = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(schema, issue.path);
    return issue.keys.map((key) => {
      const guess = nearest(key, known);
      return {
        path: [...issue.path, key],
        reason: `unknown key '${key}'${where === "" ? "" : ` in ${where}`}`,
        hint: guess ? `did you mean '${guess}'?` : known.length > 0 ? `known are ${known.join(", ")}` : null,
      };
    });
  }
  const value = issue.path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key],
    root,
  );
  if (issue.code === "invalid_type" && issue.expected === "string" && typeof value === "number") {
    const reason = `${where} must be text, got the number ${value}`;
    return [{ path: issue.path, reason, hint: `quote it: ${String(issue.path.at(-1))}: "${value}"` }];
  }
  const got = value === undefined ? "nothing" : (JSON.stringify(value) ?? typeof value);
  const shown = got.length > 60 ? `${got.slice(0, 57)}...` : got;
  const reason = `${where === "" ? "" : `${where}: `}${messageOf(issue)}; got ${shown}`;
  return [{ path: issue.path, reason, hint: null }];
}

/** Of a union zod only says "Invalid input"; where its branches are plain types, they can be named. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== "invalid_union") return issue.message;
  const types = issue.errors.map(([first, ...others]) =>
    first?.code === "invalid_type" && first.path.length === 0 && others.length === 0 ? first.expected : null,
  );
  return types.length === 0 || types.includes(null)
    ? issue.message
    : `Invalid input: expected ${types.join(" or ")}`;
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
