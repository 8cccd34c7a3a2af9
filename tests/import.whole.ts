/** Every file of corpus and seeds, and texts made at random, through `import`. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { Nodes } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { expect, test } from "vitest";
import { applyEdits } from "../src/source/edits.ts";
import { decodeBytes } from "../src/source/encoding/bytes.ts";
import { planMend } from "../src/source/encoding/mend.ts";
import { bytesOf, examine } from "./bring.ts";

const shared = new URL("../../shared/", import.meta.url).pathname;
const oracle = unified().use(remarkParse).use(remarkGfm);

/** Task boxes as remark-gfm counts them, without the frontmatter, which it does not know. */
function countBoxes(text: string): number {
  const body = text.replace(/^\uFEFF?---[ \t]*\r?\n[\s\S]*?\r?\n---[ \t]*(?=\r?\n|$)/, "");
  let count = 0;
  const visit = (node: Nodes): void => {
    if (node.type === "listItem" && typeof node.checked === "boolean") count += 1;
    if ("children" in node) for (const child of node.children) visit(child);
  };
  visit(oracle.parse(body));
  return count;
}

const words = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Words of the first that the second does not have, as often as it lacks them. */
function missing(before: string, after: string): readonly string[] {
  const left = new Map<string, number>();
  for (const word of words(after)) left.set(word, (left.get(word) ?? 0) + 1);
  return words(before).filter((word) => {
    const count = left.get(word) ?? 0;
    left.set(word, count - 1);
    return count <= 0;
  });
}

/** What may go: ticks, heads and placeholders of tables that are moved, keys that are renamed. */
const MAY_GO = new Set(
  "x name names date signature role phone person contact about nom rôle rol nombre".split(" "),
);

for (const place of ["seeds", "corpus"]) {
  const path = join(shared, place);
  test.skipIf(!existsSync(path))(
    `every file of ../shared/${place} (skipped where the folder is absent)`,
    () => {
      const files = readdirSync(path).filter((name) => /\.(?:md|txt)$/.test(name));
      const refused: string[] = [];
      for (const name of files) {
        const bytes = readFileSync(join(path, name));
        const { report, text } = examine(bytes, name);
        if (text === null) {
          refused.push(`${name}: ${report.refused}`);
          continue;
        }
        const read = decodeBytes(bytes);
        if ("error" in read) throw new Error(read.error);
        const mended = applyEdits(read.text, planMend(read.text).edits);
        expect(report.counts.boxes, `${name}: boxes`).toBe(countBoxes(read.text));
        expect(
          missing(mended, text).filter((word) => !MAY_GO.has(word)),
          `${name}: words`,
        ).toEqual([]);
      }
      expect(refused.join("\n")).toMatch(
        place === "corpus" ? /^048\.md: the file begins with an Elixir map.*$/ : /^$/,
      );
    },
  );
}

test("whatever the text: it becomes a source or is refused by name, and nothing of it goes", () => {
  const line = fc.constantFrom(
    "# Night release",
    "## Before (T-7 days)",
    "### Rollback steps (15 min)",
    "## Approval",
    "- [ ] Deploy the app",
    "- [x] ✅ Error rate < 1 %",
    "  - [ ] Nested ✅",
    "☐ Paragraph box  ",
    "☑ Go ☐ No-Go",
    "- ☐ Bullet: ",
    "[ ] no bullet",
    "| Item | Status |\n|---|---|\n| Row | ☐ |",
    "| Role | Name | Signature |\n|---|---|---|\n| Lead | | |",
    "**Owner**: Platform team",
    "Date: ________",
    "- Lead: ____ Date: ____",
    "1. Plain step",
    "```bash\n# look\nls\n```",
    "```md\n- [ ] fenced\n```",
    "> - [ ] quoted",
    "<!-- item: strange thing -->",
    "<details><summary>S</summary>",
    "</details>",
    "Ã¼ber donâ€™t âœ…",
    "---",
    "",
    "",
  );
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 16 }),
      fc.constantFrom("\n", "\r\n"),
      fc.boolean(),
      (lines, eol, fenced) => {
        const bytes = bytesOf(lines.join("\n").replaceAll("\n", eol));
        const { report, text } = examine(bytes, "any.md", fenced);
        if (text === null) expect(report.refused).toMatch(/nothing but white space|is empty|frontmatter/);
      },
    ),
    { numRuns: 200, seed: 11 },
  );
});
