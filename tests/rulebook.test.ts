/** Every rule has a name, a page, and an example on it that does what the page says; no page is about nothing. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rulebook } from "../src/model/rulebook.ts";
import { checkSource } from "../src/source/check.ts";
import { parseChecklist } from "../src/source/parse.ts";

const root = join(import.meta.dirname, "..");
const pages = join(root, "content/docs/rules");
const names = Object.keys(rulebook);
const read = (path: string) => readFileSync(path, "utf8");

function codeOf(folder: string): string {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => read(join(root, folder, path)))
    .join("\n");
}

test("every rule that the code speaks of is in the rulebook, and the other way round", () => {
  const source = codeOf("src/source");
  // Names that reach a diagnostic without a type that knows them all.
  const literal = [...source.matchAll(/\brule: "([a-z0-9-]+)"/g)].flatMap(([, name]) => name ?? []);
  // Sections and emergencies have a key of that name too.
  const others = ["any", "all", "keep", "defer"];
  expect(literal.filter((name) => !names.includes(name) && !others.includes(name))).toEqual([]);
  const code = source + codeOf("src/archive") + read(join(root, "scripts/records.ts"));
  const spoken = (name: string) =>
    code.includes(`"${name}"`) || (name.endsWith("-digest") && code.includes("`${kind}-digest`"));
  expect(names.filter((name) => !spoken(name))).toEqual([]);
});

test("every rule has a page, and every page a rule", () => {
  expect(readdirSync(pages).sort()).toEqual(names.map((name) => `${name}.md`).sort());
});

/** What stands above an example that does not bring its own frontmatter. */
const FRONT = `---
title: Night release
signoffs: [{id: lead, role: Engineering lead, meaning: approval}]
questions:
  - {id: platform, label: Hosting platform, type: choice, choices: [vercel, render]}
metrics:
  - {id: error_rate, label: "Error rate, 5-minute average", unit: "%", better: lower}
  - {id: latency_p95, label: "Response time p95, 5-minute window", unit: ms, better: lower}
---

`;

function rulesIn(example: string): readonly string[] {
  const text = example.startsWith("---\n") ? example : FRONT + example;
  const source = { id: "night", version: "1.0.0", file: "1.0.0.md", text, digest: "sha256:-" };
  return checkSource(source, parseChecklist(source), { locked: false, known: [] }).diagnostics.map(
    ({ rule }) => rule,
  );
}

const fixtures = readdirSync(join(import.meta.dirname, "fixtures/rules"));

describe.each(names)("%s", (name) => {
  const page = read(join(pages, `${name}.md`));

  test("has a page with its name, its summary, an example and the cure", () => {
    expect(page).toMatch(
      new RegExp(
        `^---\ntitle: ${name}\nsummary: .+\\.\n---\n\n[^#]+\n\n## An example\n\n[^#]+[\\s\\S]+\n## The cure\n\n.`,
      ),
    );
    expect(page).toContain(`summary: ${rulebook[name as keyof typeof rulebook]}.\n`);
  });

  const [example, cured] = [...page.matchAll(/^(`{3,})md\n([\s\S]*?)^\1$/gm)].map(([, , text = ""]) => text);

  test.runIf(fixtures.includes(`${name}.fires.md`))("shows an example that fires, and its cure", () => {
    expect(rulesIn(example ?? "")).toContain(name);
    expect(rulesIn(cured ?? "")).not.toContain(name);
  });
});
