/** The project as a list of files and of what they import: what tests/boundaries.test.ts looks at. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Every file that git has or would take, relative to the project, in the order of code units. */
export function listFiles(): string[] {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
  });
  return [...new Set(listed.toString().split("\0"))]
    .filter((path) => path && existsSync(join(root, path)))
    .sort();
}

export function readText(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

export interface Import {
  readonly from: string;
  /** A path relative to the project, or the name of a library: `unified`, `node:fs`, `astro:content`. */
  readonly to: string;
  readonly isOurs: boolean;
  /** `import type`: nothing of it is left when the code runs. */
  readonly isType: boolean;
}

/** What a .ts, .mjs or .astro file imports, `import type` and `import()` too. */
export function importsOf(path: string): Import[] {
  const text = path.endsWith(".astro") ? scriptsOf(readText(path)) : readText(path);
  const types = typeImportsOf(text);
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => {
    const isOurs = fileName.startsWith(".");
    const to = isOurs ? join(dirname(path), fileName.replace(/\?.*$/, "")) : libraryOf(fileName);
    return { from: path, to, isOurs, isType: types.has(fileName) };
  });
}

/** The specifiers that only `import type` and `export type` name. */
function typeImportsOf(text: string): Set<string> {
  const types = new Set<string>();
  const values = new Set<string>();
  for (const one of ts.createSourceFile("", text, ts.ScriptTarget.Latest).statements) {
    if (!ts.isImportDeclaration(one) && !ts.isExportDeclaration(one)) continue;
    if (!one.moduleSpecifier || !ts.isStringLiteral(one.moduleSpecifier)) continue;
    const isType = ts.isImportDeclaration(one)
      ? one.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
      : one.isTypeOnly;
    (isType ? types : values).add(one.moduleSpecifier.text);
  }
  return types.difference(values);
}

/** The frontmatter of a component and the scripts in its template. */
function scriptsOf(component: string): string {
  const frontmatter = /^---\r?\n([\s\S]*?)\r?\n---/.exec(component)?.[1] ?? "";
  const scripts = [...component.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, script]) => script ?? "",
  );
  return [frontmatter, ...scripts].join("\n");
}

function libraryOf(specifier: string): string {
  if (specifier.startsWith("node:")) return specifier.replace(/^(node:[^/]+)\/.*$/, "$1");
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** The text without its comments, for looking for what code does. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[\s;,{(])\/\/.*$/gm, "$1");
}

/** One cycle of imports, as the paths along it, or undefined if there is none. */
export function findCycle(imports: readonly Import[]): string[] | undefined {
  const next = Map.groupBy(
    imports.filter((one) => one.isOurs),
    (one) => one.from,
  );
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]): string[] | undefined => {
    const at = trail.indexOf(path);
    if (at !== -1) return [...trail.slice(at), path];
    if (done.has(path)) return undefined;
    for (const { to } of next.get(path) ?? []) {
      const cycle = walk(to, [...trail, path]);
      if (cycle) return cycle;
    }
    done.add(path);
    return undefined;
  };
  for (const path of next.keys()) {
    const cycle = walk(path, []);
    if (cycle) return cycle;
  }
  return undefined;
}
