/** `pin` writes ids and changes nothing else. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { outlineOf } from "../src/model/outline.ts";
import { parseChecklist } from "../src/source/parse.ts";
import { planPin } from "../src/source/pin.ts";

const source = (text: string) => ({
  id: "night",
  version: "1.0.0",
  file: "night.md",
  text,
  digest: "sha256:-",
});

test("ids are written where they belong, also into annotations without one", () => {
  const text = `---
title: T
---

Title
=====

## Ready ##

- [ ] Backups *tested*
  \`\`\`sh
  ls
  \`\`\`
- [ ] Second
  line <!-- limit: "a < 1" -->
* [ ] Third <!-- item: {owner: Lead} -->

> - [ ] Quoted

<!-- command: {kind: verify} -->
\`\`\`sh
ls
\`\`\`
`;
  const parsed = parseChecklist(source(text));
  const plan = planPin(source(text), parsed.pins);
  if ("error" in plan) throw new Error(plan.error);
  expect(plan.text).toBe(
    text
      .replace("## Ready ##", "## Ready <!-- section: ready --> ##")
      .replace("*tested*", "*tested* <!-- item: ready-backups-tested -->")
      .replace("  ```sh", "  <!-- command: ready-backups-tested-command -->\n  ```sh")
      .replace('1" -->', '1" --> <!-- item: ready-second-line -->')
      .replace("{owner", "{id: ready-third, owner")
      .replace("Quoted", "Quoted <!-- item: ready-quoted -->")
      .replace("{kind", "{id: ready-command, kind"),
  );
  expect(parseChecklist(source(plan.text)).pins).toEqual([]);
});

test("whatever the text: pinned again nothing changes, and the ids stay", () => {
  const word = fc.constantFrom("Backup", "tested", "**bold**", "`code`", "確認", "a_b", "é", "[link](x)");
  const line = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" "));
  const block = fc.oneof(
    line.map((text) => `- [ ] ${text}\n`),
    line.map((text) => `  - [ ] ${text}\n`),
    line.map((text) => `1. [ ] ${text}\n`),
    line.map((text) => `\n## ${text}\n\n`),
    line.map((text) => `\n${text}\n\n`),
    fc.constant("  ```sh\n  ls\n  ```\n"),
  );
  fc.assert(
    fc.property(fc.array(block, { maxLength: 12 }), (blocks) => {
      const text = `---\ntitle: T\n---\n\n${blocks.join("")}`;
      const parsed = parseChecklist(source(text));
      const plan = planPin(source(text), parsed.pins);
      if ("error" in plan) throw new Error(plan.error);
      const again = parseChecklist(source(plan.text));
      if (!parsed.checklist || !again.checklist) throw new Error("not parsed");
      expect(again.pins).toEqual([]);
      expect(outlineOf(again.checklist).items.map(({ id }) => id)).toEqual(
        outlineOf(parsed.checklist).items.map(({ id }) => id),
      );
    }),
    { numRuns: 150, seed: 7 },
  );
});

test("an id that YAML would read as something else is written in quotes; digits alone are no words", () => {
  const text =
    "---\ntitle: T\n---\n\n## 1. 確認\n\n- [ ] 5\n\n## True\n\n## 1e5\n\n- [ ] Done <!-- item: {owner: Lead} -->\n";
  const parsed = parseChecklist(source(text));
  const plan = planPin(source(text), parsed.pins);
  if ("error" in plan) throw new Error(plan.error);
  expect(plan.text.match(/<!--.*?-->/g)).toEqual([
    "<!-- section: s1 -->",
    "<!-- item: s1-1 -->",
    '<!-- section: "true" -->',
    '<!-- section: "1e5" -->',
    "<!-- item: {id: 1e5-done, owner: Lead} -->",
  ]);
  expect(parseChecklist(source(plan.text)).diagnostics).toEqual([]);
});
