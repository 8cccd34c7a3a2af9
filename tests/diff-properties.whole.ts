/** What holds for every difference: nothing changed is nothing told, what is told leads to the second version, limits go the right way. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Checklist } from "../src/model/checklist.ts";
import { applyDiff } from "../src/model/diff/apply.ts";
import { directionOf, limitFigure } from "../src/model/diff/figures.ts";
import { readDiff } from "../src/model/diff/reading.ts";
import { wordsBetween } from "../src/model/diff/words.ts";
import { diffChecklists, isEmptyDiff } from "../src/model/diff.ts";
import type { Limit } from "../src/model/limit.ts";
import { parseLimit } from "../src/model/limits.ts";
import { judgeValue } from "../src/model/verdict.ts";
import { readChecklists } from "../src/source/checklists.ts";
import { parseChecklist } from "../src/source/parse.ts";

/** Few words, so that texts are alike, repeat and move. */
const word = fc.constantFrom(
  "check",
  "the",
  "backup",
  "backups",
  "v1.2",
  "`code`",
  "**now**",
  "1.5",
  "確認",
  "[log](#a)",
);
const text = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(" "));
const id = fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h");
const written = (key: string) =>
  fc
    .tuple(
      fc.option(id, { nil: undefined }),
      fc.subarray([
        "evidence: required",
        "mandatory: true",
        "owner: Lead",
        'limit: "p95 < 1 s"',
        'limit: ["p95 < 900 ms", "rate >= 2 %"]',
        "when: sms",
        "at: -P1D",
        "needs: a",
        "repeat: PT5M, for: PT1H, until: b",
      ]),
    )
    .map(([own, rest]) => {
      // One limit an item: a key may not stand twice.
      const keys = rest.filter(
        (one, at) => rest.findIndex((other) => other.slice(0, 4) === one.slice(0, 4)) === at,
      );
      const known = key === "item" ? keys : keys.filter((one) => /^(?:mandatory|when|at|repeat)/.test(one));
      const all = [...(own === undefined ? [] : [`id: ${own}`]), ...known];
      return all.length === 0 ? "" : ` <!-- ${key}: {${all.join(", ")}} -->`;
    });
const indented = (block: string, by: string) => block.replace(/^(?=.)/gm, by);
const item = fc
  .tuple(text, written("item"), fc.option(fc.tuple(text, written("item")), { nil: undefined }), fc.boolean())
  .map(([title, annotation, child, hasCode]) => {
    const code = hasCode ? "\n  ```sh\n  git tag v1\n  ```\n" : "";
    const nested = child === undefined ? "" : `  - [ ] ${child[0]}${child[1]}\n`;
    return `- [ ] ${title}${annotation}\n${nested}${code}`;
  });
const block = fc.oneof(
  { weight: 4, arbitrary: item },
  text.map((line) => `\n${line}\n\n`),
  text.map((line) => `- ${line}\n`),
  fc.tuple(text, text).map(([head, cell]) => `\n| ${head} |\n| - |\n| ${cell} |\n\n`),
  fc.tuple(text, item).map(([line, inner]) => `\n> [!NOTE]\n> ${line}\n>\n${indented(inner, "> ")}\n\n`),
  text.map((line) => `\n\`\`\`text\n${line}\n\`\`\`\n\n`),
  text.map((line) => `\nSee[^1].\n\n[^1]: ${line}\n\n`),
);
const section = fc
  .tuple(fc.constantFrom("##", "###"), text, written("section"), fc.array(block, { maxLength: 4 }))
  .map(([marks, title, annotation, blocks]) => `\n${marks} ${title}${annotation}\n\n${blocks.join("")}`);
const front = fc.subarray([
  "description: One two.",
  "signoffs: [{id: x, role: Lead, meaning: approval}, {id: y, role: Ops, meaning: review, optional: true}]",
  "contacts: [{role: Lead}, {role: Lead, for: Money}]",
  "fields: [{id: m, label: M, type: text, required: true}]",
  "duration: PT2H",
]);

let files = 0;
const checklist: fc.Arbitrary<Checklist> = fc
  .tuple(front, fc.array(block, { maxLength: 3 }), fc.array(section, { maxLength: 4 }))
  .map(([lines, blocks, sections]) => {
    const head = ["title: T", "questions: [{id: sms, label: S, type: yes-no}]", ...lines].join("\n");
    files += 1;
    const source = `---\n${head}\n---\n\n${blocks.join("")}${sections.join("")}`;
    const parsed = parseChecklist({
      id: "x",
      version: "1.0.0",
      file: "x.md",
      text: source,
      digest: `sha256:${files}`,
    });
    if (!parsed.checklist) throw new Error(JSON.stringify(parsed.diagnostics));
    return parsed.checklist;
  });

/** Lines of the source are no part of a difference. */
const withoutLines = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, one: unknown) => (key === "line" ? 0 : one)));
const asStored = <T>(value: T): T => JSON.parse(JSON.stringify(value));

test("a version and itself: nothing", () => {
  fc.assert(fc.property(checklist, (a) => isEmptyDiff(diffChecklists(a, asStored(a)))));
});

test("a difference, stored and read again, leads from the first version to the second, and something is told of it", () => {
  fc.assert(
    fc.property(checklist, checklist, (a, b) => {
      const diff = diffChecklists(a, b);
      expect(withoutLines(applyDiff(a, asStored(diff)))).toEqual(withoutLines(b));
      const { groups, renumbered } = readDiff(diff, a, b);
      expect(groups.length + renumbered.length > 0).toBe(!isEmptyDiff(diff));
    }),
    { numRuns: 200 },
  );
});

test("so do the differences of all checklists here, of any two of them", () => {
  const { checklists } = readChecklists(process.cwd());
  expect(checklists.length).toBeGreaterThan(5);
  for (const a of checklists) {
    for (const b of checklists.filter((one) => one.id === a.id || one.id < a.id))
      expect(withoutLines(applyDiff(a, diffChecklists(a, b)))).toEqual(withoutLines(b));
  }
});

test("words kept and removed are the first text, kept and added the second", () => {
  const any = fc.oneof(text, fc.string({ unit: "binary" }));
  fc.assert(
    fc.property(any, any, (from, to) => {
      const words = wordsBetween(from, to);
      const without = (change: string) =>
        words.flatMap((one) => (one.change === change ? [] : [one.text])).join("");
      expect([without("added"), without("removed")]).toEqual([from, to]);
    }),
  );
});

function limitOf(written: string): Limit {
  const parsed = parseLimit(written);
  if (!("limit" in parsed)) throw new Error(parsed.error);
  return parsed.limit;
}

const direction = (from: string, to: string) =>
  directionOf(limitFigure(limitOf(from)), limitFigure(limitOf(to)), "judged");

test.each([
  ["p95 < 250 ms", "p95 < 200 ms", "tightened"],
  ["p95 < 200 ms", "p95 < 250 ms", "loosened"],
  ["up > 99 %", "up > 99.9 %", "tightened"],
  ["up > 99.9 %", "up > 99 %", "loosened"],
  ["p95 < 1 s", "p95 < 900 ms", "tightened"],
  ["p95 < 0.2 s", "p95 < 200 ms", "same"],
  ["wait < 1 min", "wait < 60 s", "same"],
  ["rate <= 600 MB/min", "rate <= 10 MB/s", "same"],
  ["p95 <= 200 ms", "p95 < 200 ms", "tightened"],
  ["up > 99 %", "up >= 99 %", "loosened"],
  ["mem between 2 and 8 GB", "mem between 3 and 8 GB", "tightened"],
  ["mem between 2 and 8 GB", "mem between 3 and 9 GB", "shifted"],
  ["mem < 8 GB", "mem between 2 and 8 GB", "shifted"],
  ["mem <= 8 GB", "mem between 2 and 8 GB", "tightened"],
  ["size about 250 MB ± 25 MB", "size about 250 MB ± 10 MB", "tightened"],
  ["size about 250 MB ± 25 MB", "size between 225 and 275 MB", "same"],
  ["errors == 0", "errors <= 3", "loosened"],
  ["errors != 5", "errors < 5", "tightened"],
  ["errors < 5", "errors > 5", "shifted"],
  ["rate < 1 %", "rate < 1 % for 5 min", "tightened"],
  ["rate < 1 % for 1 h", "rate < 1 % for 5 min", "loosened"],
  ["rate < 1 % for 60 min", "rate < 1 % for 1 h", "same"],
  ["rate < 1 % for 5 min", "rate < 0.5 %", "shifted"],
  ["api <= 150 % of baseline", "api <= 120 % of baseline", "tightened"],
  ["api <= 150 % of baseline", "api <= 150 % of other", "unknown"],
  ["api <= 150 % of baseline", "api <= 500 ms", "unknown"],
  ["api <= 500 ms", "api <= 500 MB", "unknown"],
  ["temp < 30 °C", "temp < 80 °F", "unknown"],
  ["api <= 500", "api <= 500 ms", "unknown"],
])("from '%s' to '%s' is %s", (from, to, said) => {
  expect(direction(from, to)).toBe(said);
});

const figure = fc.integer({ min: -30, max: 30 });
const bound = fc.oneof(
  fc.tuple(fc.constantFrom("<", "<=", ">", ">=", "==", "!="), figure).map(([op, value]) => `${op} ${value}`),
  fc.tuple(figure, figure).map(([x, y]) => `between ${Math.min(x, y)} and ${Math.max(x, y)}`),
  fc.tuple(figure, fc.nat({ max: 9 })).map(([middle, tolerance]) => `about ${middle} ± ${tolerance}`),
);
const limit = fc.tuple(bound, fc.constantFrom("ms", "s", "min")).map(([said, unit]) => `p95 ${said} ${unit}`);

test("a tightened limit lets no value pass that did not pass before, by the judge itself; a loosened one stops none", () => {
  const passes = (said: string, value: string, unit: string) =>
    judgeValue(limitOf(said), { value, unit, from: null, to: null, samples: null }).verdict === "holds";
  const values = [-30, -1, 0, 1, 7, 30].flatMap((value) => [`${value}`, `${value}.5`]);
  fc.assert(
    fc.property(limit, limit, (from, to) => {
      const told = direction(from, to);
      const turned = { tightened: "loosened", loosened: "tightened" } as Readonly<Record<string, string>>;
      expect(direction(to, from)).toBe(turned[told] ?? told);
      for (const unit of ["ms", "s", "min"]) {
        for (const value of values) {
          const [before, after] = [passes(from, value, unit), passes(to, value, unit)];
          if (told === "tightened" || told === "same") expect(before || !after).toBe(true);
          if (told === "loosened" || told === "same") expect(after || !before).toBe(true);
        }
      }
    }),
    { numRuns: 500 },
  );
});
