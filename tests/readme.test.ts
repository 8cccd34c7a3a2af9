/** What the README tells a stranger to type is typed here, in an empty folder. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../scripts/cli.ts";
import { commands } from "../scripts/commands.ts";

const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
const source = /```md\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "countersign-readme-"));
  await mkdir(join(folder, "content", "checklists", "shop"), { recursive: true });
  await writeFile(join(folder, "content", "checklists", "shop", "1.4.0.md"), source);
});

afterAll(() => rm(folder, { recursive: true }));

async function type(...argv: string[]) {
  const written = { stdout: "", stderr: "" };
  const code = await run(argv, {
    cwd: folder,
    stdout: { write: (chunk) => (written.stdout += chunk.toString()) },
    stderr: { write: (chunk) => (written.stderr += chunk.toString()) },
    stdin: async () => new Uint8Array(),
    now: () => new Date("2026-03-04T22:00:00Z"),
    env: {},
    signal: new AbortController().signal,
  });
  return { code, ...written };
}

test("the checklist of the README is checked, released, printed, and its results are taken", async () => {
  expect(await type("check", "--strict")).toMatchObject({ code: 0, stderr: "" });
  expect(await type("pin", "shop@1.4.0")).toMatchObject({ code: 0 });
  const names = ["--author", "Ada L.", "--approved-by", "Cy M."];
  expect(await type("release", "shop@1.4.0", "--date", "2026-03-04", ...names)).toMatchObject({
    code: 0,
    stderr: "",
  });
  expect(await type("check")).toMatchObject({ code: 0, stderr: "" });

  expect(await type("sheet", "shop@1.4.0", "--paper", "a4", "-o", "sheet.pdf")).toMatchObject({
    code: 0,
    stderr: "",
  });
  expect((await readFile(join(folder, "sheet.pdf"), "latin1")).slice(0, 8)).toBe("%PDF-1.7");

  const template = await type("template", "shop@1.4.0");
  expect(template).toMatchObject({ code: 0, stderr: "" });
  await writeFile(join(folder, "results.json"), template.stdout);
  const ingested = await type("ingest", "results.json");
  expect(ingested.stdout + ingested.stderr).toMatch(/^STORED sha256:[0-9a-f]{64}\n/);
  expect([0, 3]).toContain(ingested.code);

  const { run: id } = JSON.parse(template.stdout) as { run: string };
  expect(await type("report", id, "--html", "report.html", "--pdf", "report.pdf")).toMatchObject({ code: 0 });
  expect(await readFile(join(folder, "report.html"), "utf8")).toContain("Error rate below 1 %");
});

test("a released file that was edited is refused", async () => {
  const path = join(folder, "content", "checklists", "shop", "1.4.0.md");
  const released = await readFile(path, "utf8");
  await writeFile(path, released.replace("1 %", "2 %"));
  const { code, stdout } = await type("check");
  await writeFile(path, released);
  expect(code).toBe(1);
  expect(stdout).toContain("frozen");
});

test("the table of commands in the README is the table of commands", () => {
  const rows = [...readme.matchAll(/^\| `([a-z]+)` \| (.+) \|$/gm)].map(
    ([, name, summary]) => `${name}: ${summary}`,
  );
  expect(rows.toSorted()).toEqual(commands.map(({ name, summary }) => `${name}: ${summary}`).toSorted());
});
