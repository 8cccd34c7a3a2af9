/** What editors are told: every key is explained, and what the settings name is there. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { publishedSchemas } from "../src/model/jsonschema.ts";

const root = join(import.meta.dirname, "..");

/** Paths of the properties without a description, at any depth. */
function unexplained(schema: unknown, path: string): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    if (key !== "properties") return unexplained(value, key === "$defs" ? `${path}$` : path);
    return Object.entries(value as Record<string, { readonly description?: string }>).flatMap(
      ([name, one]) => [
        ...(one.description ? [] : [`${path}.${name}`]),
        ...unexplained(one, `${path}.${name}`),
      ],
    );
  });
}

test("every key of frontmatter, annotations, site.yaml, roles.yaml and maps is explained", () => {
  const schemas = publishedSchemas().filter(({ name }) => name !== "run-1.json");
  expect(schemas.map(({ name }) => name)).toEqual([
    "checklist-1.json",
    "site-1.json",
    "roles-1.json",
    "map-1.json",
  ]);
  expect(schemas.flatMap(({ name, schema }) => unexplained(schema, name))).toEqual([]);
});

test("VS Code finds the schemas that its settings name", () => {
  const text = readFileSync(join(root, ".vscode/settings.json"), "utf8").replace(/^\s*\/\/.*$/gm, "");
  const settings: { readonly "yaml.schemas": Readonly<Record<string, string>> } = JSON.parse(text);
  const named = Object.entries(settings["yaml.schemas"]);
  expect(named.length).toBeGreaterThan(1);
  for (const [schema, file] of named) {
    expect(existsSync(join(root, schema)), schema).toBe(true);
    expect(existsSync(join(root, file)), file).toBe(true);
  }
});
