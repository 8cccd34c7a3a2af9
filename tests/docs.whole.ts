/** What the guides tell a reader to write and to type is written and typed here, page by page, in a project of its own. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commands } from "../scripts/commands.ts";
import { parseYaml } from "../src/source/yaml.ts";
import { renderCommandPage } from "./commandpage.ts";
import { runSample, samplesOf } from "./samples.ts";
import { makeProject } from "./terminal.ts";

const root = join(import.meta.dirname, "..");
const docs = join(root, "content/docs");
const guides = readdirSync(docs).filter((name) => name.endsWith(".md"));

/** A clone as a newcomer has it: with the samples. */
function makeClone(): string {
  const project = makeProject({});
  for (const name of ["checklists", "runs", "examples", "lock.json", "site.yaml", "roles.yaml"])
    cpSync(join(root, "content", name), join(project, "content", name), { recursive: true });
  return project;
}

test.each(guides)("%s: every sample does what the page says", async (name) => {
  const samples = samplesOf(name, readFileSync(join(docs, name), "utf8"));
  const project = makeClone();
  for (const sample of samples) await runSample(sample, project);
});

test("the page of commands is what the commands say", async () => {
  const all = await Promise.all(commands.map(({ load }) => load()));
  const path = join(docs, "commands.md");
  if (process.env.UPDATE_FIXTURES) writeFileSync(path, renderCommandPage(all));
  expect(readFileSync(path, "utf8"), "write it with UPDATE_FIXTURES=1").toBe(renderCommandPage(all));
});

test.each([".github/workflows/publish.yml", ".github/workflows/record.yml", ".gitlab-ci.yml"])(
  "%s runs scripts and commands that there are",
  async (name) => {
    const text = readFileSync(join(root, name), "utf8");
    expect(parseYaml(text)).toHaveProperty("value");
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object };
    for (const [, script = ""] of text.matchAll(/npm run ([a-z]+)/g))
      expect(Object.keys(scripts)).toContain(script);
    const table = new Map(commands.map((command) => [command.name, command]));
    const used = [...text.matchAll(/(?:npx countersign|npm run) ([a-z]+)([^\n|;]*)/g)];
    expect(used.length).toBeGreaterThan(0);
    for (const [, command = "", rest = ""] of used) {
      const options = Object.keys((await table.get(command)?.load())?.options ?? {});
      for (const [, option = ""] of rest.matchAll(/ --([a-z][a-z-]*)/g))
        expect(options, command).toContain(option);
    }
  },
);

test("a sample that does something else than its page says is found", async () => {
  const project = makeClone();
  const run = (code: string, language = "console") =>
    runSample({ place: "here:1", language, file: null, code }, project);
  await run("$ npx countersign check\n0 errors, 0 warnings\n");
  await expect(run("$ npx countersign check\n1 error, 0 warnings\n")).rejects.toThrow("here:1");
  await expect(run("$ npx countersign check # exit 1\n0 errors, 0 warnings\n")).rejects.toThrow("here:1");
  await expect(run("npx countersign sheet nothing@1.0.0\n", "sh")).rejects.toThrow("here:1");
  await expect(run("frobnicate dist\n", "sh")).rejects.toThrow("frobnicate");
  await expect(run("{", "json")).rejects.toThrow();
  await expect(run("x", "cobol")).rejects.toThrow("cobol");
});
