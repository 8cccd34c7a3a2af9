/** What `check` prints, for people and for machines, and what `check --fix` writes. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Draft04 from "ajv-draft-04";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderDiagnostics } from "../scripts/diagnostics.ts";
import { excerptsOf } from "../scripts/excerpt.ts";
import type { Diagnostic } from "../src/model/diagnostic.ts";
import { makeProject, type } from "./terminal.ts";

const FILE = "content/checklists/night/1.0.0.md";
const FRONT = "---\ntitle: Night\nsignoffs: [{id: lead, role: Lead, meaning: approval}]\n---\n\n";
const DRAFT = `${FRONT}## Deploy <!-- section: deploy -->

- [ ] The password is Winter2024! <!-- item: {id: login, limit: "quick, Winter2024!"} -->
- [ ] 部署 TODO, and \u001b[31mred\u202E <!-- item: second -->
- [ ] Key Winter2024! token
`;

test("text has the line under each place, a caret under the column, and no secret", async () => {
  const { code, stdout } = await type(makeProject({ [FILE]: DRAFT }), ["check"]);
  expect(code).toBe(1);
  expect(stdout.replaceAll(/= write a parameter.*/g, "= HINT")).toBe(`content/checklists/night/1.0.0.md
  8:1     error   bad-limit          cannot read the limit 'quick, [secret]': a limit begins with its metric, lower case letters, digits and _, as in 'error_rate < 1 %'; got 'quick, [secret]'
          | - [ ] The password is [secret] <!-- item: {id: login, limit: "quick, [secret]"} -->
          | ^
          = write such as 'error_rate < 1 % for 5 min', 'memory between 220 MB and 250 MB', 'latency about 250 ms ± 50 ms'
  8:23    error   secret             this looks like a password
          | - [ ] The password is [secret] <!-- item: {id: login, limit: "quick, [secret]"} -->
          |                       ^
          = HINT
  8:73    error   secret             this looks like a password
          | - [ ] The password is [secret] <!-- item: {id: login, limit: "quick, [secret]"} -->
          |                                                                      ^
          = HINT
  9:10    info    placeholder-left   'TODO' was to be replaced before release
          | - [ ] 部署 TODO, and <U+001B>[31mred<U+202E> <!-- item: second -->
          |            ^
          = write what belongs there, or make it a field
  9:28    warning bidi-control       U+202E turns the order of the text around it, unseen
          | - [ ] 部署 TODO, and <U+001B>[31mred<U+202E> <!-- item: second -->
          |                                     ^
          = take the character out
  10:1    warning unpinned-item      this item has no id of its own; 'deploy-key-[secret]-token' is derived from its text and changes with it
          | - [ ] Key [secret] token
          | ^
          = run 'countersign pin night@1.0.0'
  10:11   error   secret             this looks like a password
          | - [ ] Key [secret] token
          |           ^
          = HINT

4 errors, 2 warnings
`);
});

const SCHEMA = "/work/shared/formats/sarif-schema-2.1.0.json";
test.skipIf(!existsSync(SCHEMA))("sarif is valid, whatever is in it", async () => {
  const validate = new Draft04({ strict: false, validateFormats: false }).compile(
    JSON.parse(readFileSync(SCHEMA, "utf8")),
  );
  const { code, stdout } = await type(makeProject({ [FILE]: DRAFT }), ["check", "--format", "sarif"]);
  expect(code).toBe(1);
  const sarif = JSON.parse(stdout);
  expect(validate(sarif), JSON.stringify(validate.errors)).toBe(true);
  const [run] = sarif.runs;
  const [secret] = run.results.filter((one: { ruleId: string }) => one.ruleId === "secret");
  expect(run.tool.driver.rules[secret.ruleIndex].id).toBe("secret");
  expect(secret).toMatchObject({
    level: "error",
    locations: [
      { physicalLocation: { artifactLocation: { uri: FILE }, region: { startLine: 8, startColumn: 23 } } },
    ],
  });
  const diagnostic = fc.record<Diagnostic>({
    severity: fc.constantFrom("error", "warning", "info"),
    rule: fc.string({ minLength: 1 }),
    file: fc.string({ minLength: 1, unit: "binary" }).map((name) => name.toWellFormed()),
    line: fc.nat(),
    column: fc.nat(),
    reason: fc.string({ unit: "binary" }),
    hint: fc.option(fc.string()),
  });
  fc.assert(
    fc.property(fc.array(diagnostic, { maxLength: 4 }), (found) =>
      validate(JSON.parse(renderDiagnostics(found, "sarif"))),
    ),
    { numRuns: 40, seed: 3 },
  );
});

test("workflow commands stay on their line, whatever is in them", () => {
  const found: Diagnostic = {
    severity: "info",
    rule: "a,b:c",
    file: "content/100 %,\n.md",
    line: 3,
    column: 0,
    reason: "one\r\n::error::two 100%",
    hint: "three",
  };
  expect(renderDiagnostics([found], "github")).toBe(
    "::notice file=content/100 %25%2C%0A.md,line=3,title=a%2Cb%3Ac::one%0D%0A::error::two 100%25%0Athree\n0 errors, 0 warnings\n",
  );
});

test("no format holds a secret, also where the file cannot be parsed", async () => {
  const secrets = ["Winter2024!", "hunter2hunter2", "k9Lm2xQz77"];
  const files = {
    [FILE]: DRAFT,
    "content/checklists/night/1.1.0.md": `${FRONT.replace("title", "password: hunter2hunter2\ntitel")}## A token=k9Lm2xQz77\n\n- [ ] Deploy with token=k9Lm2xQz77\n`,
    "content/checklists/night/1.2.0.md": `${FRONT}## Use token=k9Lm2xQz77\n\n- [ ] token=k9Lm2xQz77\n- [ ] token=k9Lm2xQz77\n`,
  };
  const root = makeProject(files);
  for (const format of ["text", "json", "sarif", "github"]) {
    const { stdout, stderr } = await type(root, ["check", "--format", format, "--fix", "--dry-run"]);
    expect(stdout).toContain("secret");
    for (const secret of secrets)
      for (const said of [stdout, stderr])
        expect(said.toLowerCase()).not.toContain(secret.slice(0, 9).toLowerCase());
  }
  for (const argv of [
    ["pin", "night@1.2.0"],
    ["pin", "night@1.2.0", "--dry-run"],
    ["release", "night@1.2.0", "--date", "2026-01-01", "--author", "A", "--approved-by", "B"],
  ]) {
    const { code, stdout, stderr } = await type(root, argv);
    expect(code).toBe(1);
    for (const secret of secrets) expect(stdout + stderr).not.toContain(secret.toLowerCase());
  }
});

test("an example of site.yaml is no secret, and needs a reason", async () => {
  const site = (reason: string) =>
    `organisation: Acme\nurl: https://runbooks.example.com\nknownExamples:\n  - {text: "Winter2024!", reason: ${reason}}\n`;
  const files = { [FILE]: DRAFT, "content/site.yaml": site("the password of the manual's screenshots") };
  expect((await type(makeProject(files), ["check"])).stdout).not.toMatch(/ secret /);
  const without = await type(makeProject({ ...files, "content/site.yaml": site('""') }), ["check"]);
  expect(without.stdout).toContain("say in a few words why this is no secret");
});

describe("an excerpt", () => {
  const secrets = [{ kind: "a token", line: 1, column: 5, start: 4, end: 14 }];

  test("points behind what it does not show", () => {
    const excerpt = excerptsOf({ text: "key 0123456789 and 部署 here", secrets })(1, 23);
    expect(excerpt).toEqual({ line: "key [secret] and 部署 here", caret: `${" ".repeat(22)}^` });
  });

  test("of a long line is a window round the column", () => {
    const text = `${"a".repeat(500)}!${"b".repeat(500)}`;
    const excerpt = excerptsOf({ text, secrets: [] })(1, 501);
    expect(excerpt?.line).toHaveLength(100);
    expect(excerpt?.line[excerpt.caret.length - 1]).toBe("!");
    const end = excerptsOf({ text, secrets: [] })(1, 9999);
    expect(end?.line.endsWith("bbb")).toBe(true);
    expect(end?.caret).toHaveLength((end?.line.length ?? 0) + 1);
  });

  test("of a line that is not there is none", () => {
    const excerpts = excerptsOf({ text: "a\r\n\rb", secrets: [] });
    expect([excerpts(0, 0), excerpts(2, 1), excerpts(9, 1)]).toEqual([null, null, null]);
    expect(excerpts(3, 1)).toEqual({ line: "b", caret: "^" });
  });
});

describe("--fix", () => {
  const broken = `---
title: Night
product: {name: Shop, version: 1.10}
signoffs: [{id: lead, role: Lead, meaning: approval}]
version: 1.0.0
---

## Deploy

- [ ] Live âœ… and âœ… and
`;
  const mended = broken
    .replace("version: 1.10", 'version: "1.10"')
    .replaceAll("âœ…", "✅")
    .replace("## Deploy", "## Deploy <!-- section: deploy -->")
    .replace("✅ and\n", "✅ and <!-- item: deploy-live-and-and -->\n");

  test("prints the plan, writes it once, and has nothing left to do", async () => {
    const root = makeProject({ [FILE]: broken });
    const dry = await type(root, ["check", "--fix", "--dry-run"]);
    expect(dry.stdout).toContain(`${FILE}:3  frontmatter  version: "1.10"\n`);
    expect(dry.stdout).toContain("cures would be written");
    expect(dry.code).toBe(1);
    expect(readFileSync(join(root, FILE), "utf8")).toBe(broken);
    const { code, stdout } = await type(root, ["check", "--fix"]);
    expect(stdout.split("cures written")[0]).toBe(dry.stdout.split("cures would be written")[0]);
    expect(readFileSync(join(root, FILE), "utf8")).toBe(mended);
    expect(code).toBe(0);
    expect((await type(root, ["check", "--fix"])).stdout).toContain("0 cures written");
    expect(readFileSync(join(root, FILE), "utf8")).toBe(mended);
  });

  test("leaves other files, released files and files with secrets alone", async () => {
    const other = "content/checklists/other/1.0.0.md";
    const secret = `${FRONT}## Deploy\n\n- [ ] Log in with password=hunter2hunter2\n`;
    const root = makeProject({ [FILE]: broken, [other]: secret });
    const { stdout } = await type(root, ["check", "--fix", other]);
    expect(stdout).toContain("ids are not written while a secret stands in line 8");
    expect(readFileSync(join(root, FILE), "utf8")).toBe(broken);
    expect(readFileSync(join(root, other), "utf8")).toBe(secret);

    await type(root, ["check", "--fix", FILE]);
    const release = ["release", "night@1.0.0", "--date", "2026-01-01", "--author", "A", "--approved-by", "B"];
    expect((await type(root, release)).code).toBe(0);
    const changed = readFileSync(join(root, FILE), "utf8")
      .replace("✅", "âœ…")
      .replace(" <!-- section: deploy -->", "");
    writeFileSync(join(root, FILE), changed);
    expect((await type(root, ["check", "--fix", FILE])).stdout).toContain("0 cures written");
    expect(readFileSync(join(root, FILE), "utf8")).toBe(changed);
  });

  test("keeps machines' output clean, and wants its option", async () => {
    const root = makeProject({ [FILE]: broken });
    const { stdout, stderr } = await type(root, ["check", "--fix", "--dry-run", "--format", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({ errors: 1 });
    expect(stderr).toContain("would be written");
    expect((await type(root, ["check", "--dry-run"])).code).toBe(2);
  });
});
