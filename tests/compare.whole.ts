/** The page of a difference: where its links lead, what it says, and what no input may do. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { renderBody } from "../src/html/body.ts";
import { renderCompare } from "../src/html/compare.ts";
import type { Checklist } from "../src/model/checklist.ts";
import { flatten } from "../src/model/diff/flat.ts";
import { sayingOf } from "../src/model/diff/saying.ts";
import { diffChecklists } from "../src/model/diff.ts";
import { readChecklists } from "../src/source/checklists.ts";
import { parseChecklist } from "../src/source/parse.ts";
import { decode, tagsOf } from "./markup.ts";

const { checklists } = readChecklists(process.cwd());

/** Neighbouring versions of the checklists here. */
const pairs = checklists.flatMap((b, at): readonly (readonly [Checklist, Checklist])[] => {
  const a = checklists[at - 1];
  return a?.id === b.id ? [[a, b]] : [];
});

const compare = (a: Checklist, b: Checklist) => renderCompare(diffChecklists(a, b), a, b);
const textOf = (html: string) => decode(html.replace(/<[^>]*>/g, ""));

test.each(pairs.map(([a, b]) => [`${a.id} ${a.version} to ${b.version}`, a, b] as const))(
  "%s: every link leads to its place in the version that has it, there and back",
  (_name, a, b) => {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const ids = new Map(
        [from, to].map((version) => [
          `../../../${version.id}/${version.version}/`,
          new Set(tagsOf(renderBody(version)).flatMap(({ attributes }) => attributes.get("id") ?? [])),
        ]),
      );
      const links = tagsOf(compare(from, to)).flatMap(({ attributes }) => attributes.get("href") ?? []);
      expect(links.length).toBeGreaterThan(3);
      const dead = links.filter((link) => {
        const [page = "", id = ""] = link.split("#");
        return !ids.get(page)?.has(id);
      });
      expect(dead).toEqual([]);
    }
  },
);

function version(text: string, number: string): Checklist {
  const source = `---\ntitle: T\n---\n\n${text}`;
  const parsed = parseChecklist({ id: "x", version: number, file: "x.md", text: source, digest: number });
  if (!parsed.checklist) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.checklist;
}

test("a limit that lets more pass stands first, with both figures", () => {
  const item = (limit: string) =>
    `- [ ] Errors <!-- item: {id: rate, limit: "error_rate < ${limit} %"} -->\n`;
  const html = compare(version(item("1"), "1.0.0"), version(item("5"), "1.1.0"));
  expect(textOf(html)).toContain(
    "Asks for less than beforeItem 0.1 Errors — Limit loosened: error_rate: < 1 % → < 5 %",
  );
  expect(html).toContain('<a href="../../../x/1.1.0/#rate">0.1 Errors</a>');
  expect(html).toContain("<del>&#x3C; 1 %</del> → <ins>&#x3C; 5 %</ins>");
});

test("a version and itself: one line says so", () => {
  const a = version("- [ ] A <!-- item: a -->\n", "1.0.0");
  expect(textOf(compare(a, a))).toBe("Nothing has changed.");
});

test("whatever is written, nothing but known tags and addresses comes out", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "<script>hit()</script>",
      "[x](javascript:hit())",
      '"><svg onload=hit()>',
      "![i](data:x)",
      "\u202e",
      "`",
      "**",
    ),
  );
  const text = fc
    .array(fc.tuple(fc.constantFrom("- [ ] ", "## ", "", "> ", "```\n"), piece), { maxLength: 6 })
    .map((lines) => lines.map(([mark, line]) => `${mark}${line}`).join("\n\n"));
  fc.assert(
    fc.property(text, text, (from, to) => {
      tagsOf(compare(version(from, "1.0.0"), version(to, "1.1.0")));
    }),
  );
});

test("every attribute that the model has can be said in words", () => {
  const silent = new Set(["parent", "parts", "placeholders", "text", "value"]);
  const attributes = new Set(
    checklists
      .map(flatten)
      .flatMap(({ document, lists, parts }) =>
        [
          document,
          ...Object.values(lists).flat(),
          ...[...parts.values()].map((part) => part.attributes),
        ].flatMap(Object.keys),
      ),
  );
  expect(attributes.size).toBeGreaterThan(60);
  expect([...attributes].filter((name) => sayingOf(name).label === name && !silent.has(name))).toEqual([
    "id",
  ]);
});
