/**
 * What VS Code's Astro extension reads to complete and explain the frontmatter of Markdown files: which file belongs
 * to which schema. Lies in `.astro/collections`, is made anew at any time, and holds paths of this machine.
 */
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { publishedSchemas } from "../src/model/jsonschema.ts";
import { replaceFile } from "./replace.ts";

const COLLECTION = "checklist";
const folderOf = (root: string): string => join(root, ".astro", "collections");

/** Has somebody asked for it in this project? */
export function hasEditorFiles(root: string): boolean {
  return existsSync(join(folderOf(root), `${COLLECTION}.schema.json`));
}

/** @returns how many checklists it names */
export function writeEditorFiles(root: string): number {
  const checklists = join(root, "content", "checklists");
  const files = readdirSync(checklists, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .sort();
  // The extension compares decoded addresses in lower case.
  const addressOf = (path: string): string =>
    decodeURIComponent(pathToFileURL(join(checklists, path)).href).toLowerCase();
  const manifest = {
    collections: [{ hasSchema: true, name: COLLECTION }],
    entries: Object.fromEntries(files.map((path) => [addressOf(path), COLLECTION])),
  };
  const schema = publishedSchemas().find(({ name }) => name === "checklist-1.json")?.schema;
  mkdirSync(folderOf(root), { recursive: true });
  replaceFile(join(folderOf(root), `${COLLECTION}.schema.json`), `${JSON.stringify(schema)}\n`);
  replaceFile(join(folderOf(root), "collections.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return files.length;
}

/** After a checklist was added: only where somebody has asked for it. */
export function refreshEditorFiles(root: string): void {
  if (hasEditorFiles(root)) writeEditorFiles(root);
}

/**
 * The line that tells YAML servers the schema of a frontmatter, with its line end. Empty where the Astro extension
 * knows it from its own files: there the line would only be in the way, because it cannot follow a relative path.
 */
export function modelineFor(root: string): string {
  const published = existsSync(join(root, "public", "schema", "checklist-1.json"));
  return published && !hasEditorFiles(root)
    ? "# yaml-language-server: $schema=../../../public/schema/checklist-1.json\n"
    : "";
}
