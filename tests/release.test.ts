/** From a draft to a release at the command line: check, pin, release. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeProject, type } from "./terminal.ts";

const FILE = "content/checklists/night/1.0.0.md";
const DRAFT = `---
title: Night release
signoffs: [{id: lead, role: Lead, meaning: approval}]
---

## Deploy

- [ ] Live
`;
const release = (...more: readonly string[]) => [
  "release",
  "night@1.0.0",
  "--date",
  "2026-03-01",
  "--author",
  "Ann",
  "--approved-by",
  "Bob",
  ...more,
];

test("a draft is checked, pinned, released, and then frozen", async () => {
  const root = makeProject({ [FILE]: DRAFT });
  expect(await type(root, ["check"])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("0 errors, 2 warnings"),
  });
  expect((await type(root, ["check", "--strict"])).code).toBe(1);

  const refused = await type(root, release());
  expect(refused.code).toBe(1);
  expect(refused.stderr.match(/unpinned-item/g)).toHaveLength(2);
  expect(readFileSync(join(root, FILE), "utf8")).toBe(DRAFT);

  expect(await type(root, ["pin", "night@1.0.0", "--dry-run"])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("2 ids would be written"),
  });
  expect(readFileSync(join(root, FILE), "utf8")).toBe(DRAFT);
  expect((await type(root, ["pin", "night@1.0.0"])).code).toBe(0);
  expect(readFileSync(join(root, FILE), "utf8")).toContain("- [ ] Live <!-- item: deploy-live -->");

  expect(await type(root, release("--dry-run"))).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("nothing was written"),
  });
  expect((await type(root, release())).code).toBe(0);
  const lock: unknown = JSON.parse(readFileSync(join(root, "content/lock.json"), "utf8"));
  expect(lock).toMatchObject({
    checklists: { night: { "1.0.0": { date: "2026-03-01", author: "Ann", approvedBy: "Bob", rules: "3" } } },
  });
  expect(readFileSync(join(root, FILE), "utf8")).toContain("status: released\n---");
  expect((await type(root, ["check"])).code).toBe(0);

  expect((await type(root, release())).stderr).toContain("released already");
  expect((await type(root, ["pin", "night@1.0.0"])).stderr).toContain("frozen");
  const released = readFileSync(join(root, FILE), "utf8");
  writeFileSync(join(root, FILE), released.replace("Live", "Dead"));
  const changed = await type(root, ["check"]);
  expect(changed).toMatchObject({
    code: 1,
    stdout: expect.stringContaining("a released version has changed"),
  });
  expect(changed.stdout).not.toContain("line 9 was");

  // Where git has what was released, the change itself is told.
  writeFileSync(join(root, FILE), released);
  const git = (...argv: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...argv], { cwd: root });
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "--message", "released");
  writeFileSync(join(root, FILE), released.replace("Live", "Dead"));
  expect((await type(root, ["check"])).stdout).toMatch(
    /9:1 .*line 9 was '- \[ \] Live <!-- item: deploy-live -->'/,
  );
});

test.each([
  ["Ann  Lee", "ANN Lee"],
  ["José Díaz", "Jose Diaz"],
  ["Аnn Lee", "Ann Lee"],
])("nobody approves their own work, under any spelling: %s, %s", async (author, approver) => {
  const root = makeProject({ [FILE]: DRAFT });
  await type(root, ["pin", "night@1.0.0"]);
  const names = ["--author", author, "--approved-by", approver];
  const same = await type(root, ["release", "night@1.0.0", "--date", "2026-03-01", ...names]);
  expect(same).toMatchObject({ code: 1, stderr: expect.stringContaining("is the author") });
});

test("a second version is released only when it says what changed, and gives no id of the first to something else", async () => {
  const root = makeProject({ [FILE]: DRAFT });
  await type(root, ["pin", "night@1.0.0"]);
  await type(root, release());
  await type(root, ["bump", "night", "1.1.0"]);
  const next = release().map((word) => word.replace("1.0.0", "1.1.0"));
  expect(await type(root, next)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("changes-missing"),
  });
  const path = join(root, FILE.replace("1.0.0", "1.1.0"));
  const draft = readFileSync(path, "utf8").replace(
    "title: Night release",
    "title: Night release\nchanges: More.",
  );
  writeFileSync(
    path,
    draft.replace("section: deploy", "section: other").replace("item: deploy-live", "item: deploy"),
  );
  expect(await type(root, next)).toMatchObject({ code: 1, stderr: expect.stringContaining("reused-id") });
  writeFileSync(path, draft);
  expect(await type(root, next)).toMatchObject({ code: 0 });
});

test("a release is refused with every reason, and writes nothing", async () => {
  const broken = DRAFT.replace(
    "- [ ] Live",
    '- [ ] Live <!-- item: {id: live, limit: "quick", needs: nothing} -->\n\n![Plan](files/plan.png)',
  );
  const root = makeProject({ [FILE]: broken });
  const refused = await type(root, release());
  expect(refused.code).toBe(1);
  for (const reason of ["bad-limit", "unknown-item", "unpinned-item", "files/plan.png"])
    expect(refused.stderr).toContain(reason);
  expect(readFileSync(join(root, FILE), "utf8")).toBe(broken);
});

test("wrong usage says what to type and exits 2", async () => {
  const root = makeProject({ [FILE]: DRAFT });
  expect(await type(root, ["pin", "night"])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("<id>@<version>"),
  });
  expect(
    (
      await type(root, [
        "release",
        "night@1.0.0",
        "--date",
        "tomorrow",
        "--author",
        "A",
        "--approved-by",
        "B",
      ])
    ).code,
  ).toBe(2);
  expect((await type(root, ["release", "night@1.0.0", "--author", "A", "--approved-by", "B"])).code).toBe(2);
  expect((await type(root, ["check", "content/nothing"])).code).toBe(2);
  expect((await type("/", ["check"])).code).toBe(2);
});

test("check prints machines what it prints people", async () => {
  const root = makeProject({ [FILE]: DRAFT.replace("title", "titel") });
  const { code, stdout } = await type(root, ["check", "--format", "json", FILE]);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    errors: 2,
    diagnostics: [
      { file: FILE, rule: "frontmatter", severity: "error" },
      { line: 2, hint: expect.stringContaining("title") },
    ],
  });
});
