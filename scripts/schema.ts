import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { publishedSchemas } from "../src/model/jsonschema.ts";
import { defineCommand, exit } from "./command.ts";
import { writeEditorFiles } from "./editor.ts";
import { findProject } from "./project.ts";
import { replaceFile } from "./replace.ts";

/** The text of a schema file. */
export function renderSchema(schema: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

export const schema = defineCommand({
  name: "schema",
  summary: "writes the published JSON schemas anew from the code",
  details:
    "Writes public/schema/. With --check nothing is written, and a file that is not what the code gives exits 1.",
  options: {
    check: { type: "boolean", summary: "only compare" },
    editor: {
      type: "boolean",
      summary: "only tell VS Code's Astro extension which files have the schema of checklists",
    },
  },
  async run({ options }, context) {
    if (options.editor) {
      const count = writeEditorFiles(findProject(context.cwd));
      context.stdout.write(`.astro/collections  names ${count} checklists\n`);
      return exit.done;
    }
    const folder = join(import.meta.dirname, "..", "public", "schema");
    mkdirSync(folder, { recursive: true });
    const stale: string[] = [];
    for (const { name, schema: content } of publishedSchemas()) {
      const [path, text] = [join(folder, name), renderSchema(content)];
      if (readOrNull(path) === text) continue;
      stale.push(name);
      if (options.check !== true) replaceFile(path, text);
      context.stdout.write(
        `public/schema/${name}  ${options.check === true ? "differs from the code: run 'countersign schema'" : "written"}\n`,
      );
    }
    return options.check === true && stale.length > 0 ? exit.problems : exit.done;
  },
});

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
