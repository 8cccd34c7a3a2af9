/**
 * Hostile files through `check` and `import`, each in a process of its own: it ends, with a result or with a refusal
 * that names what is too much, and takes at most 256 MB. What it takes in time is the bench's business; one that
 * hangs is ended after half a minute, and fails.
 */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { makeProject } from "./terminal.ts";

const child = fileURLToPath(new URL("hostilechild.ts", import.meta.url));
const front = "---\ntitle: x\n---\n\n";
const lines = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => `${line(n)}\n`).join("");

const bodies: Readonly<Record<string, string>> = {
  "quotes in quotes": "> ".repeat(10_000),
  "lists in lists": "- ".repeat(10_000),
  "lists by indents": lines(700, (n) => `${"  ".repeat(n)}- [ ] a`),
  emphasis: "*a **a ".repeat(40_000),
  backticks: Array.from({ length: 1300 }, (_, n) => "`".repeat(n)).join(" "),
  brackets: "[".repeat(500_000),
  pictures: "![".repeat(300_000),
  "links in links": `${"[".repeat(5000)}a${"](b)".repeat(5000)}`,
  "a table of 2,000 columns": `|${"a|".repeat(2000)}\n|${"-|".repeat(2000)}\n${`|${"b|".repeat(2000)}\n`.repeat(60)}`,
  definitions: lines(60_000, (n) => `[r${n}]: /u`),
  "references to one definition": `[x]: /u\n\n${"[x] ".repeat(200_000)}`,
  footnotes: lines(20_000, (n) => `[^${n}]\n\n[^${n}]: n\n`),
  "comments that never end": "<!--".repeat(200_000),
  "tags that never end": "<a ".repeat(200_000),
  "details in details": "<details>\n\n".repeat(20_000),
  "one line of a megabyte": "a".repeat(1_000_000),
  "references to characters": "&amp;".repeat(180_000),
  addresses: "https://a.b/".repeat(70_000),
  mails: "a@b.c".repeat(170_000),
  headings: "# a\n".repeat(200_000),
  "items without end": "- [ ] the same words again\n".repeat(38_000),
  tabs: "\t".repeat(900_000),
  "carriage returns": "- [ ] a\r".repeat(100_000),
  "names of secrets": "password=".repeat(100_000),
  "conditions in conditions": `- [ ] a <!-- item: {id: a, when: '${"not (".repeat(3000)}q${")".repeat(3000)}'} -->`,
  "annotations in annotations": `- [ ] a <!-- item: {id: a, ${"x: {".repeat(3000)} -->`,
  "turns of direction": `- [ ] ${"\u202e".repeat(100_000)}`,
  "marks on marks": `- [ ] a${"\u0301".repeat(100_000)}`,
  parameters: `\`\`\`sh\n${"${A} <b> ".repeat(60_000)}\n\`\`\``,
};

const files: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(bodies).map(([name, body]) => [name, front + body])),
  "YAML without end": `---\ntitle: x\nextra: {${Array.from({ length: 50_000 }, (_, n) => `k${n}: ${n}`).join(",")}}\n---\n`,
  "YAML in depth": `---\ntitle: x\nextra: ${"[".repeat(5000)}${"]".repeat(5000)}\n---\n`,
  "YAML aliases": "---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n",
  "frontmatter that never ends": `---\n${"a: b\n".repeat(100_000)}`,
};

interface Ended {
  readonly code: number;
  readonly megabytes: number;
  readonly said: string;
}

async function end(cwd: string, ...argv: readonly string[]): Promise<Ended> {
  const { stdout } = await promisify(execFile)(process.execPath, [child, ...argv], { cwd, timeout: 30_000 });
  return JSON.parse(stdout) as Ended;
}

describe.each(Object.entries(files))("%s", (_name, text) => {
  test("ends in check and in import, in 256 MB, with a result or a reason", { timeout: 60_000 }, async () => {
    const path = "content/checklists/t/1.0.0.md";
    const root = makeProject({ [path]: text });
    const ended = [await end(root, "check"), await end(root, "import", "--id", "brought", "--dry-run", path)];
    for (const { code, megabytes, said } of ended) {
      expect([0, 1]).toContain(code);
      expect(said).not.toMatch(/call stack|COUNTERSIGN_DEBUG|RangeError|undefined/);
      expect(megabytes).toBeLessThanOrEqual(256);
    }
  });
});
