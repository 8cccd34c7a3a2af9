/** From Markdown to the model: structure, numbers, ids, inheritance, commands, templates, blanks. */
import { expect, test } from "vitest";
import type { Block, Item } from "../src/model/checklist.ts";
import { outlineOf } from "../src/model/outline.ts";
import { plainText } from "../src/model/text.ts";
import { parseChecklist } from "../src/source/parse.ts";

const FRONT = `title: Night release
signoffs: [{id: lead, role: Release lead, meaning: approval}]
questions: [{id: sms, label: SMS used?, type: yes-no}]
`;

function read(body: string, front = FRONT) {
  const text = `---\n${front}---\n${body}`;
  const parsed = parseChecklist({
    id: "night",
    version: "1.0.0",
    file: "night.md",
    text,
    digest: "sha256:-",
  });
  const { checklist } = parsed;
  if (!checklist) throw new Error(JSON.stringify(parsed.diagnostics));
  return { ...parsed, checklist, outline: outlineOf(checklist), text };
}

const numbers = (items: readonly Item[]) => items.map(({ number, id }) => `${number} ${id}`);

test("sections nest by their headings; the only first-level heading is the title; numbers are unique", () => {
  const { checklist, outline } = read(`
# Night release

- [ ] Early <!-- item: early -->

## One <!-- section: one -->

- [ ] A <!-- item: a -->
  - [ ] A1 <!-- item: a1 -->
  - plain
    - [ ] A2 <!-- item: a2 -->

#### Deep <!-- section: deep -->

- [ ] B <!-- item: b -->

## Two <!-- section: two -->

1. [ ] C <!-- item: c -->
`);
  expect(plainText(checklist.heading ?? [])).toBe("Night release");
  expect(outline.sections.map(({ number, id, parent }) => `${number} ${id} ${parent}`)).toEqual([
    "0 start null",
    "1 one null",
    "1.2 deep one",
    "2 two null",
  ]);
  expect(numbers(outline.items)).toEqual(["0.1 early", "1.1 a", "1.1.1 a1", "1.1.2 a2", "1.2.1 b", "2.1 c"]);
  expect(outline.item.get("a")?.derived).toEqual({ from: "children", ids: ["a1", "a2"] });
  expect(outline.item.get("a2")?.parent).toBe("a");
  expect(outline.item.get("early")?.section).toBe("start");
});

test("several first-level headings are sections, and none is the title", () => {
  const { checklist, outline } = read("\n# One\n\n- [ ] A\n\n# Two\n\n- [ ] B\n");
  expect(checklist.heading).toBeNull();
  expect(outline.sections.map(({ id, number }) => `${number} ${id}`)).toEqual(["1 one", "2 two"]);
});

test("derived ids come from section and text, are unique, and never take a written one", () => {
  const { outline, pins } = read(`
## Ready

- [ ] Backups tested
- [ ] Backups tested
- [ ] 確認する
- [ ] Other <!-- item: ready-fourth -->
- [ ] Fourth
`);
  expect(outline.items.map(({ id }) => id)).toEqual([
    "ready-backups-tested",
    "ready-backups-tested-2",
    "s1-3",
    "ready-fourth",
    "ready-fourth-2",
  ]);
  expect(outline.items.map(({ pinned }) => pinned)).toEqual([false, false, false, true, false]);
  expect(pins.map(({ kind }) => kind)).toEqual(["section", "item", "item", "item", "item"]);
});

test("role, stage, times, conditions and repetition are inherited; a new anchor or time starts afresh", () => {
  const { outline } = read(`
## After <!-- section: {id: after, stage: after, role: follow-up, at: +PT1H, due: +PT2H, anchor: live, when: sms, mandatory: true, repeat: PT15M, for: PT1H, controls: [A]} -->

- [ ] Inherits <!-- item: inherits -->
- [ ] Own <!-- item: {id: own, at: +PT24H, when: not sms, repeat: PT30M} -->

### Inner <!-- section: {id: inner, role: checks, anchor: target, controls: [B]} -->

- [ ] Inner item <!-- item: inner-item -->
`);
  const inherits = outline.item.get("inherits");
  expect(inherits).toMatchObject({
    role: "follow-up",
    stage: "after",
    mandatory: true,
    timing: { anchor: "live", at: "+PT1H", due: "+PT2H" },
  });
  expect(inherits?.repeat).toEqual({ every: "PT15M", for: "PT1H", until: null, expected: 4 });
  expect(inherits?.conditions).toEqual([{ type: "true", name: "sms" }]);
  const own = outline.item.get("own");
  expect(own?.timing).toEqual({ anchor: "live", at: "+PT24H", due: null, notBefore: null });
  expect(own?.conditions).toHaveLength(2);
  expect(own?.repeat?.expected).toBeNull();
  expect(outline.item.get("inner-item")).toMatchObject({
    role: "checks",
    timing: { anchor: "target", at: null, due: null },
    controls: ["A", "B"],
  });
});

test("items under a repeated parent box repeat, and limits on bullets belong to their item", () => {
  const { outline } = read(`
## Watch

- [ ] Every quarter of an hour <!-- item: {id: watch, repeat: PT15M, for: PT1H} -->
  - [ ] Log in <!-- item: login -->
- [ ] Healthy <!-- item: {id: healthy, limit: "error_rate < 1 %"} -->
  - p95 stays low <!-- limit: "latency_p95 < 600 ms" -->
  - memory <!-- limit: ["memory > 1 MB", "memory < 9 MB"] -->
`);
  expect(outline.item.get("login")?.repeat?.expected).toBe(4);
  expect(outline.item.get("healthy")?.limits.map(({ text }) => text)).toEqual([
    "error_rate < 1 %",
    "latency_p95 < 600 ms",
    "memory > 1 MB",
    "memory < 9 MB",
  ]);
});

test("a bullet, a bold line and a list item become what their annotation says", () => {
  const { outline } = read(`
## Choose <!-- section: {id: choose, choose: 1} -->

**Vercel** <!-- section: {id: vercel, when: sms} -->

- [ ] Project exists <!-- item: project -->

**Render** <!-- section: render -->

- Countable <!-- item: countable -->
- Not countable

## List <!-- section: list -->

- **Part** <!-- section: part -->
  - [ ] Inside <!-- item: inside -->
`);
  expect(outline.sections.map(({ id, parent, depth }) => `${id} in ${parent} at ${depth}`)).toEqual([
    "choose in null at 2",
    "vercel in choose at 3",
    "render in choose at 3",
    "list in null at 2",
    "part in list at 3",
  ]);
  expect(outline.items.map(({ id, box, section }) => `${id} ${box} ${section}`)).toEqual([
    "project true vercel",
    "countable false render",
    "inside true part",
  ]);
});

test("a fence in an item is its command; others by annotation; parts, expectations and parameters", () => {
  const { outline, diagnostics } = read(`
## Run <!-- section: run -->

- [ ] Migrate <!-- item: migrate -->
  \`\`\`sh
  # Before
  pg_dump \${DATABASE_URL} > backup-YYYYMMDD.sql

  # Then
  ./migrate <target-host>
  # Expected: 3 rows
  \`\`\`

<!-- command: {id: watch, for: run, kind: watch, danger: true, params: {HOST: the new host}} -->
\`\`\`sh
watch curl \${HOST}
\`\`\`

\`\`\`text
just text
\`\`\`
`);
  expect(diagnostics).toEqual([]);
  const [migrate, watch, text] = outline.codes;
  expect(migrate?.command).toMatchObject({
    id: "migrate-command",
    pinned: false,
    for: ["migrate"],
    kind: "do",
  });
  expect(migrate?.command?.parts).toEqual([
    { caption: "Before", code: "pg_dump ${DATABASE_URL} > backup-YYYYMMDD.sql", expect: null },
    { caption: "Then", code: "./migrate <target-host>", expect: "3 rows" },
  ]);
  expect(migrate?.command?.params.map(({ name, written }) => `${name} ${written}`)).toEqual([
    "DATABASE_URL ${DATABASE_URL}",
    "YYYYMMDD YYYYMMDD",
    "target-host <target-host>",
  ]);
  expect(watch?.command).toMatchObject({
    id: "watch",
    kind: "watch",
    danger: true,
    for: ["run"],
    params: [{ name: "HOST", meaning: "the new host" }],
  });
  expect(text?.command).toBeNull();
});

test("templates have placeholders; blanks become fields where they are annotated", () => {
  const { outline, checklist } = read(`
## Messages <!-- section: {id: messages, role: templates} -->

### Notice <!-- section: notice -->

\`\`\`
Work on [DATE] from {START}. [DATE]
\`\`\`

## Review <!-- section: {id: review, role: review} -->

**Date of review**: ____________ <!-- field: {id: review-date, type: date} -->

Nothing: ______
`);
  expect(outline.codes[0]?.template).toEqual({
    id: "notice",
    title: "Notice",
    text: "Work on [DATE] from {START}. [DATE]",
    placeholders: [
      { name: "DATE", written: "[DATE]" },
      { name: "START", written: "{START}" },
    ],
  });
  expect(checklist.fields).toEqual([
    {
      id: "review-date",
      label: "Date of review",
      type: "date",
      choices: [],
      required: false,
      authority: null,
      section: "review",
    },
  ]);
  const blanks = JSON.stringify(outline.section.get("review")?.content).match(/"field":(?:null|"[^"]*")/g);
  expect(blanks).toEqual(['"field":"review-date"', '"field":null']);
});

test("alerts, details, footnotes, references and comments", () => {
  const { checklist, outline } = read(`
## S <!-- section: s -->

> [!WARNING]
> Mind [the gap][gap].[^1]

<details><summary>More</summary>

- [ ] Inside <!-- item: inside -->

</details>

<!-- only for authors -->

[gap]: https://example.com/gap
[^1]: A note.
`);
  const [quote, details, ...rest] = outline.section.get("s")?.content ?? [];
  expect(quote).toMatchObject({ type: "quote", alert: "warning" });
  expect(JSON.stringify(quote)).toContain("https://example.com/gap");
  expect(details).toMatchObject({ type: "details", summary: [{ type: "text", value: "More" }], open: false });
  expect(rest).toEqual([]);
  expect(outline.items.map(({ id }) => id)).toEqual(["inside"]);
  expect(checklist.footnotes).toMatchObject([{ label: "1", number: 1 }]);
});

test("items that open with a block, with CRLF and a BOM", () => {
  const text = `\uFEFF---\r\ntitle: T\r\n---\r\n\r\n## S\r\n\r\n- \`\`\`sh\r\n  ls\r\n  \`\`\`\r\n  <!-- item: listing -->\r\n- [ ] Second\r\n`;
  const { checklist, pins } = parseChecklist({
    id: "t",
    version: "1.0.0",
    file: "t.md",
    text,
    digest: "sha256:-",
  });
  if (!checklist) throw new Error("not parsed");
  const [listing, second] = outlineOf(checklist).items;
  expect(listing).toMatchObject({ id: "listing", box: false, text: "" });
  expect(listing?.body).toMatchObject([{ type: "code", value: "ls" }] satisfies Partial<Block>[]);
  expect(second?.text).toBe("Second");
  expect(pins.map(({ offset, insert }) => text.slice(0, offset).split("\r\n").at(-1) + insert)).toEqual([
    "## S <!-- section: s -->",
    "- [ ] Second <!-- item: s-second -->",
  ]);
});

test("an annotation that stands deeper than its list item is one", () => {
  const { outline } = read(`
## Run <!-- section: run -->

1. [ ] Migrate: <!-- item: migrate -->

     <!-- command: {id: migrate-now, kind: do} -->
     \`\`\`sh
     ./migrate
     \`\`\`
`);
  expect(outline.codes[0]?.command).toMatchObject({ id: "migrate-now", pinned: true, for: ["migrate"] });
});
