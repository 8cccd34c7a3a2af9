/**
 * Every rule of `check` by its fixtures: `<rule>.fires.md` gives the lines of `<rule>.fires.txt`,
 * `<rule>.quiet.md` gives nothing of that rule. Adding a case is adding a file;
 * UPDATE_FIXTURES=1 writes the expected lines anew.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Diagnostic } from "../src/model/diagnostic.ts";
import { checkSource } from "../src/source/check.ts";
import { parseChecklist } from "../src/source/parse.ts";

const folder = new URL("fixtures/rules/", import.meta.url);
const files = readdirSync(folder).sort();

function diagnose(name: string): readonly Diagnostic[] {
  const text = readFileSync(new URL(name, folder), "utf8");
  const file = `content/checklists/night-release/1.0.0.md`;
  const source = { id: "night-release", version: "1.0.0", file, text, digest: "sha256:-" };
  return checkSource(source, parseChecklist(source), { locked: false, known: [] }).diagnostics;
}

const print = (found: readonly Diagnostic[]): string =>
  found
    .map(
      ({ severity, rule, line, column, reason, hint }) =>
        `${line}:${column} ${severity} ${rule}: ${reason}${hint === null ? "" : ` | ${hint}`}\n`,
    )
    .join("");

const fires = files.filter((name) => name.endsWith(".fires.md"));

test("every rule has both of its fixtures", () => {
  expect(fires.length).toBeGreaterThan(10);
  expect(files.filter((name) => name.endsWith(".quiet.md"))).toEqual(
    fires.map((name) => name.replace(".fires.", ".quiet.")),
  );
});

for (const name of fires) {
  const rule = name.replace(".fires.md", "");

  test(`${rule} fires`, () => {
    const found = diagnose(name);
    const expected = new URL(name.replace(/\.md$/, ".txt"), folder);
    if (process.env.UPDATE_FIXTURES) writeFileSync(expected, print(found));
    expect(print(found)).toBe(readFileSync(expected, "utf8"));
    expect(found.map((one) => one.rule)).toContain(rule);
  });

  test(`${rule} is quiet where nothing is wrong`, () => {
    expect(print(diagnose(name.replace(".fires.", ".quiet.")))).toBe("");
  });
}
