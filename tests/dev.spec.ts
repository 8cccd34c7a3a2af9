/** Authoring: what is edited shows without a restart; what is broken says so on its page and leaves the rest working. */
import { type ChildProcess, spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { plainEnvironment } from "./buildsite.ts";
import { makeProject, type } from "./terminal.ts";

const cli = fileURLToPath(new URL("../scripts/cli.ts", import.meta.url));
const source = (title: string, item: string): string => `---
title: ${title}
signoffs: [{id: lead, role: Lead, meaning: approval}]
---

## Work <!-- section: work -->

- [ ] ${item} <!-- item: deploy -->
`;
const record = JSON.stringify({
  schema: "countersign/run@1",
  run: "night",
  asOf: "2026-03-04T23:00:00Z",
  checklist: { id: "shop", version: "1.0.0" },
  deployment: { environment: "production" },
  people: [{ id: "ada", name: "Ada" }],
  results: [{ item: "deploy", status: "passed", by: "ada", at: "2026-03-04T22:30:00Z" }],
});

let server: ChildProcess | undefined;
afterEach(() => {
  server?.kill("SIGTERM");
});

/** @returns the address, with a slash at the end */
function startDev(root: string, said: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, "dev", "--port", "4620"], {
      cwd: root,
      env: plainEnvironment(),
    });
    server = child;
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        said.push(text);
        const address = /serving\s+(\S+)/.exec(said.join(""))?.[1];
        if (address) resolve(address);
      });
    child.on("close", () => reject(new Error(`dev ended: ${said.join("")}`)));
  });
}

test("an edited checklist, a broken one, a mended one, a record: all show without a restart", async () => {
  const root = makeProject({
    "content/checklists/shop/1.0.0.md": source("Shop deployment", "Deploy"),
    "content/checklists/other/1.0.0.md": source("Other deployment", "Other"),
    "night.json": record,
  });
  const said: string[] = [];
  const site = await startDev(root, said);
  const read = async (path: string): Promise<string> => (await fetch(site + path)).text();
  const shop = "checklists/shop/1.0.0/";
  const file = join(root, "content/checklists/shop/1.0.0.md");
  const soon = { timeout: 15_000, interval: 200 };
  expect(await read(shop)).toContain("<p>Deploy</p>");

  writeFileSync(file, source("Shop deployment", "Deploy with care"));
  await expect.poll(() => read(shop), soon).toContain("<p>Deploy with care</p>");

  writeFileSync(file, source("Shop deployment", "Deploy").replace("title:", "titel:"));
  await expect.poll(() => read(shop), soon).toContain("unknown key &#39;titel&#39;");
  expect(said.join("")).toContain("unknown key 'titel'");
  expect(await read("checklists/other/1.0.0/")).toContain("<p>Other</p>");
  expect((await fetch(site)).status).toBe(200);

  writeFileSync(file, source("Shop deployment", "Deployed again"));
  await expect.poll(() => read(shop), soon).toContain("<p>Deployed again</p>");

  expect(await read("reports/")).toContain("No run has been recorded yet");
  expect((await type(root, ["ingest", "night.json"])).stdout).toMatch(/^STORED/);
  await expect.poll(() => read("reports/"), soon).toContain("/reports/night/");
  expect(await read("reports/night/")).toContain("Shop deployment");

  for (const [path, type] of [
    [`${shop}sheet-a4.pdf`, "application/pdf"],
    ["reports/night/1/report.pdf", "application/pdf"],
    [`${shop}checklist.json`, "application/json; charset=utf-8"],
    ["checklists/shop/versions.json", "application/json; charset=utf-8"],
  ]) {
    const response = await fetch(site + path);
    expect([path, response.status, response.headers.get("content-type")]).toEqual([path, 200, type]);
  }

  writeFileSync(join(root, "content/runs/night/1.json"), "{}");
  await expect.poll(() => read("reports/night/"), soon).toContain("unreadable-record");
  expect(await read("reports/")).toContain("unreadable-record");
  rmSync(join(root, "content/checklists/other"), { recursive: true });
  await expect.poll(async () => (await fetch(`${site}checklists/other/1.0.0/`)).status, soon).toBe(404);
}, 120_000);
