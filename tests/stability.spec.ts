/** Released versions are frozen: a new version or record changes no byte of the older ones' pages, sheets and reports. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { expect, test } from "vitest";
import type { VersionsFile } from "../src/model/entry.ts";
import { tryBuild } from "./buildsite.ts";
import { makeProject, type } from "./terminal.ts";

const source = (version: string, more: string): string => `---
title: Shop deployment
product: {name: Shop, version: "${version}"}
changes: What is new in ${version}.
signoffs:
  - {id: lead, role: Engineering lead, meaning: approval, before: work}
---

## Work <!-- section: {id: work, stage: change} -->

- [ ] Deploy <!-- item: deploy -->
${more}`;

const record = (run: string, version: string): string =>
  JSON.stringify({
    schema: "countersign/run@1",
    run,
    asOf: "2026-03-04T23:00:00Z",
    checklist: { id: "shop", version },
    deployment: { environment: "production", to: version },
    people: [{ id: "ada", name: "Ada" }],
    results: [{ item: "deploy", status: "passed", by: "ada", at: "2026-03-04T22:30:00Z" }],
  });

/** Digests by path of everything that must not change any more. */
function frozen(out: string): ReadonlyMap<string, string> {
  const files = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const kept = files.filter((file) =>
    /^(?:checklists\/[^/]+\/\d[^/]*|reports\/[^_/][^/]*\/\d+)\//.test(
      file
        .slice(out.length + 1)
        .split(sep)
        .join("/"),
    ),
  );
  return new Map(
    kept.map((file) => [
      file.slice(out.length + 1),
      createHash("sha256").update(readFileSync(file)).digest("hex"),
    ]),
  );
}

async function release(root: string, version: string, date: string): Promise<void> {
  const argv = ["release", `shop@${version}`, "--date", date, "--author", "Ann", "--approved-by", "Bob"];
  const { code, stderr } = await type(root, argv);
  expect(stderr).toBe("");
  expect(code).toBe(0);
}

async function build(
  root: string,
): Promise<{ readonly files: ReadonlyMap<string, string>; readonly versions: VersionsFile }> {
  const { code, output } = await tryBuild(["--out", "dist"], root);
  expect(code, output).toBe(0);
  const out = join(root, "dist");
  const versions = JSON.parse(
    readFileSync(join(out, "checklists/shop/versions.json"), "utf8"),
  ) as VersionsFile;
  return { files: frozen(out), versions };
}

test("a version and a record more, a version withdrawn: the older bytes stay", async () => {
  const root = makeProject({
    "content/site.yaml": "organisation: Shop\nurl: https://runs.example.com/shop\n",
    "content/checklists/shop/1.0.0.md": source("1.0.0", "- [ ] Look <!-- item: look -->\n"),
    "first.json": record("first", "1.0.0"),
    "second.json": record("second", "2.0.0"),
  });
  await release(root, "1.0.0", "2026-03-01");
  expect((await type(root, ["ingest", "first.json"])).stdout).toMatch(/^STORED/);
  const before = await build(root);
  expect(before.files.size).toBe(6 + 3);
  expect(before.versions.current).toBe("1.0.0");

  writeFileSync(join(root, "content/checklists/shop/2.0.0.md"), source("2.0.0", ""));
  await release(root, "2.0.0", "2026-03-02");
  expect((await type(root, ["ingest", "second.json"])).stdout).toMatch(/^STORED/);
  const after = await build(root);
  expect(after.files.size).toBe(2 * (6 + 3));
  expect(after.versions.versions.map(({ version, status }) => [version, status])).toEqual([
    ["2.0.0", "current"],
    ["1.0.0", "superseded"],
  ]);
  expect(after.versions.items).toEqual(["work", "deploy"]);
  for (const [path, digest] of before.files) expect([path, after.files.get(path)]).toEqual([path, digest]);

  const lock = JSON.parse(readFileSync(join(root, "content/lock.json"), "utf8"));
  lock.checklists.shop["2.0.0"].withdrawn = { date: "2026-03-03", reason: "It never worked" };
  writeFileSync(join(root, "content/lock.json"), JSON.stringify(lock, null, 2));
  const withdrawn = await build(root);
  expect(withdrawn.versions.current).toBe("1.0.0");
  for (const [path, digest] of after.files) expect([path, withdrawn.files.get(path)]).toEqual([path, digest]);
});

test("content with an error is refused, and the site built before stays as it was", async () => {
  const root = makeProject({
    "content/site.yaml": "organisation: Shop\nurl: https://runs.example.com/shop\n",
    "content/checklists/shop/1.0.0.md": source("1.0.0", ""),
  });
  const first = await build(root);
  writeFileSync(
    join(root, "content/checklists/shop/1.0.0.md"),
    source("1.0.0", "").replace("title:", "titel:"),
  );
  const refused = await tryBuild(["--out", "dist"], root);
  expect(refused.code).toBe(1);
  expect(refused.output).toContain("unknown key 'titel'");
  expect(refused.output).toContain("NOT BUILT");
  expect(frozen(join(root, "dist"))).toEqual(first.files);
});

test("a folder that holds something else is not replaced, and what cannot be a content folder is named", async () => {
  const root = makeProject({
    "content/checklists/shop/1.0.0.md": source("1.0.0", ""),
    "work/thesis.txt": "years",
  });
  const refused = await tryBuild(["--out", "work"], root);
  expect(refused.code).toBe(2);
  expect(readFileSync(join(root, "work/thesis.txt"), "utf8")).toBe("years");
  expect((await tryBuild(["--content", "work"], root)).code).toBe(2);
});
