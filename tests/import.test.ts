/**
 * `import` by its fixtures: `<name>.in.md` gives `<name>.out.md` and the report `<name>.txt`; `.fenced.` in the name
 * stands for --fenced. Adding a case is adding a file; UPDATE_FIXTURES=1 writes what is expected anew.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { renderImport } from "../scripts/importreport.ts";
import { checkSource } from "../src/source/check.ts";
import { parseChecklist } from "../src/source/parse.ts";
import { bring, bytesOf, examine } from "./bring.ts";
import { makeProject, type } from "./terminal.ts";

const folder = new URL("fixtures/import/", import.meta.url);

/** Errors of `check` on a source. */
function errorsOf(text: string) {
  const source = { id: "night", version: "1.0.0", file: "night.md", text, digest: "sha256:-" };
  const { diagnostics } = checkSource(source, parseChecklist(source), { locked: false, known: [] });
  return diagnostics.filter(({ severity }) => severity === "error");
}

const inputs = readdirSync(folder)
  .filter((name) => name.endsWith(".in.md"))
  .sort();

test("there are fixtures", () => {
  expect(inputs.length).toBeGreaterThan(15);
});

for (const name of inputs) {
  test(name.replace(".in.md", ""), () => {
    const bytes = readFileSync(new URL(name, folder));
    const { report, text } = examine(bytes, name.replace(".in", ""), name.includes(".fenced."));
    expect(errorsOf(text ?? "")).toEqual([]);
    const expected = [
      [name.replace(".in.md", ".out.md"), text ?? ""],
      [name.replace(".in.md", ".txt"), renderImport(report, true)],
    ] as const;
    for (const [file, made] of expected) {
      const url = new URL(file, folder);
      if (process.env.UPDATE_FIXTURES) writeFileSync(url, made);
      expect(made).toBe(readFileSync(url, "utf8"));
    }
  });
}

describe("what is no checklist of ours is refused by name", () => {
  const latin1 = Uint8Array.from([...bytesOf("# Caf"), 0xe9, ...bytesOf("\n\n- [ ] a\n")]);
  const refused: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
    ["nothing", "", /is empty/],
    ["white space", " \n\n", /nothing but white space/],
    ["an Elixir map", '%{\n  title: "x"\n}\n---\n# x\n', /Elixir map/],
    ["an issue form", "name: x\ndescription: y\nbody:\n  - type: checkboxes\n    id: a\n", /issue form/],
    ["JSON", '{"a": 1}\n', /is JSON/],
    ["frontmatter in JavaScript", "---js\n{}\n---\n# x\n", /code or JSON/],
    ["broken frontmatter", "---\ntitle: x\n\tbad: [\n---\n# x\n", /not valid YAML \(line \d+\)/],
    ["frontmatter with aliases", "---\na: &x y\nb: *x\n---\n# x\n", /not valid YAML.*alias/i],
    ["broken TOML", "+++\ntitle = \n+++\n# x\n", /not valid TOML/],
    ["HTML", "<!DOCTYPE html>\n<html></html>\n", /HTML page/],
    ["AsciiDoc", "= Title\n\n== Section\n\n* [ ] a\n", /AsciiDoc/],
    ["Org-mode", "#+TITLE: x\n* Head\n- [ ] a\n", /Org-mode/],
    ["a PDF", "%PDF-1.7\n", /a PDF/],
    ["a ZIP archive", Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]), /ZIP archive/],
    ["NUL bytes", "a\0b", /NUL bytes/],
    ["another encoding", latin1, /not UTF-8 \(byte e9 in line 1\)/],
    ["too much", "x".repeat(1024 * 1024 + 1), /at most 1048576/],
    ["depth", `${"> ".repeat(300)}x\n`, /nests more than 100 deep/],
    ["a secret", "# x\n\n- [ ] Use AKIA2E0A8F3B244C9986\n", /secret in line 3/],
  ];
  test.each(refused)("%s", (_name, content, reason) => {
    const { report, text } = bring(typeof content === "string" ? bytesOf(content) : content);
    expect(text).toBeNull();
    expect(report.refused).toMatch(reason);
    expect(report.refused).not.toContain("AKIA2E0A8F3B244C9986");
    expect(report.edits).toEqual([]);
  });
});

describe("encodings of the file", () => {
  test("UTF-16 with its mark is read, and said", () => {
    const utf16 = new Uint8Array(Buffer.from("\uFEFF# Größe\n\n- [ ] prüfen\n", "utf16le"));
    const { report, text } = bring(utf16);
    expect(report.encoding.stored).toBe("UTF-16LE");
    expect(text).toContain("- [ ] prüfen <!-- item: start-prufen -->");
  });

  test("bytes that are lost are named with their places; the rest is kept", () => {
    const damaged = Uint8Array.from([...bytesOf("# 确认\n\n- [ ] 完成 "), 0xe2, 0x9c, ...bytesOf("?\n")]);
    const { report, text } = examine(damaged, "damaged.md");
    expect(text).toContain("- [ ] 完成 \uFFFD? <!-- item: s0-1 -->");
    expect(report.encoding.lost).toEqual([{ line: 3, column: 10, bytes: "e2 9c" }]);
    expect(report.notes.find(({ kind }) => kind === "encoding")).toMatchObject({ line: 3, doubt: true });
  });

  test("a lone CR becomes a line end, and a torn word is told", () => {
    const { report, text } = examine(bytesOf("# x\n\nUse (\redis) here.\n\n- [ ] a\n"), "cr.md");
    expect(text).toContain("Use (\nedis) here.");
    expect(report.notes.map(({ text: says }) => says).join()).toContain("'r' is missing");
    expect(examine(bytesOf("# x\r\r- [ ] a\r"), "mac.md").text).toContain(
      "# x\n\n- [ ] a <!-- item: start-a -->\n",
    );
  });

  test("line ends of the file are those of what is added", () => {
    const { text } = examine(readFileSync(new URL("crlf.in.md", folder)), "crlf.md");
    expect(text?.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });
});

describe("the command", () => {
  const project = () =>
    makeProject({ "content/checklists/.keep": "", "old/list.md": "# Old list\n\n- [x] Deploy\n" });

  test("writes the source, says what it did, and never overwrites", async () => {
    const root = project();
    const first = await type(root, ["import", "old/list.md", "--id", "night"]);
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toContain("content/checklists/night/1.0.0.md  written, from old/list.md");
    expect(first.stdout).toContain("1 item: 1 had task boxes");
    const file = join(root, "content/checklists/night/1.0.0.md");
    const written = readFileSync(file, "utf8");
    expect(written).toBe(
      "---\ntitle: Old list\n---\n\n# Old list\n\n- [ ] Deploy <!-- item: start-deploy -->\n",
    );
    const again = await type(root, ["import", "old/list.md", "--id", "night"]);
    expect(again).toMatchObject({ code: 1, stdout: "" });
    expect(again.stderr).toContain("is there already, and is not overwritten: choose another --version");
    expect((await type(root, ["import", "old/list.md", "--id", "night", "--version", "1.0"])).code).toBe(1);
    expect(readFileSync(file, "utf8")).toBe(written);
    expect((await type(root, ["check"])).code).toBe(0);
    const next = await type(root, ["import", "content/checklists/night/1.0.0.md", "--id", "other"]);
    expect(next.stdout).toContain("nothing had to be changed");
    expect(readFileSync(join(root, "content/checklists/other/1.0.0.md"), "utf8")).toBe(written);
  });

  test("--dry-run writes nothing, --json tells everything", async () => {
    const root = project();
    const dry = await type(root, ["import", "old/list.md", "--id", "night", "--dry-run"]);
    expect(dry.stdout).toContain("would be written (--dry-run)");
    const { code, stdout } = await type(root, [
      "import",
      "old/list.md",
      "--id",
      "night",
      "--dry-run",
      "--json",
    ]);
    const report = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(report).toMatchObject({
      schema: "countersign/import@1",
      from: "old/list.md",
      to: "content/checklists/night/1.0.0.md",
      refused: null,
      written: false,
      counts: { items: 1, boxes: 1, found: {}, sections: 1 },
    });
    expect(report.edits.map(({ kind }: { kind: string }) => kind)).toEqual(["frontmatter", "untick", "id"]);
    expect(existsSync(join(root, "content/checklists/night"))).toBe(false);
  });

  test("a refusal is told on both ways, and wrong usage is wrong usage", async () => {
    const root = project();
    writeFileSync(join(root, "map.md"), "%{\n}\n---\n");
    const { code, stderr } = await type(root, ["import", "map.md", "--id", "night"]);
    expect({ code, stderr: stderr.slice(0, 62) }).toEqual({
      code: 1,
      stderr: "countersign import: map.md: the file begins with an Elixir map",
    });
    const json = await type(root, ["import", "map.md", "--id", "night", "--json"]);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      refused: expect.stringContaining("Elixir"),
      written: false,
    });
    expect((await type(root, ["import", "none.md", "--id", "night"])).code).toBe(2);
    expect((await type(root, ["import", "old", "--id", "night"])).code).toBe(2);
    expect((await type(root, ["import", "old/list.md"])).code).toBe(2);
    expect((await type(root, ["import", "old/list.md", "--id", "../x"])).code).toBe(2);
    expect((await type(root, ["import", "old/list.md", "--id", "x", "--version", "latest"])).code).toBe(2);
  });
});
