/** What changed between two versions: each kind of change, told as what it is, and nothing told that did not change. */
import { expect, test } from "vitest";
import type { Checklist } from "../src/model/checklist.ts";
import { applyDiff } from "../src/model/diff/apply.ts";
import type { AttributeChange, ChangedPart } from "../src/model/diff/change.ts";
import { countChanges } from "../src/model/diff/counts.ts";
import { readDiff } from "../src/model/diff/reading.ts";
import { diffChecklists, isEmptyDiff } from "../src/model/diff.ts";
import { parseChecklist } from "../src/source/parse.ts";
import { makeProject, type } from "./terminal.ts";

const FRONT = `title: Night release
metrics: [{id: error_rate, label: Error rate, unit: "%"}]
signoffs: [{id: lead, role: Release lead, meaning: approval}]
questions: [{id: sms, label: SMS used?, type: yes-no}]
`;

function read(body: string, version = "1.0.0", front = FRONT): Checklist {
  const text = `---\n${front}---\n${body}`;
  const { checklist, diagnostics } = parseChecklist({
    id: "night",
    version,
    file: "night.md",
    text,
    digest: `sha256:${version}`,
  });
  if (!checklist) throw new Error(JSON.stringify(diagnostics));
  return checklist;
}

function between(before: string, after: string, front: readonly [string, string] = [FRONT, FRONT]) {
  const [a, b] = [read(before, "1.0.0", front[0]), read(after, "1.1.0", front[1])];
  const diff = diffChecklists(a, b);
  return { a, b, diff, reading: readDiff(diff, a, b) };
}

/** The one part that changed. */
function only(before: string, after: string): ChangedPart {
  const { parts } = between(before, after).diff;
  const [part] = parts;
  if (parts.length !== 1 || part?.change !== "changed") throw new Error(JSON.stringify(parts));
  return part;
}

function attribute(part: ChangedPart, name: string): AttributeChange {
  const found = part.attributes.find((one) => one.attribute === name);
  if (!found) throw new Error(`${name} has not changed: ${JSON.stringify(part)}`);
  return found;
}

const item = (annotation: string, text = "Errors are few") =>
  `\n- [ ] ${text} <!-- item: ${annotation} -->\n`;

test("an item is added, another removed, and the rest is left alone", () => {
  const { diff, reading } = between(
    "\n## One <!-- section: one -->\n\n- [ ] A <!-- item: a -->\n- [ ] B <!-- item: b -->\n",
    "\n## One <!-- section: one -->\n\n- [ ] A <!-- item: a -->\n- [ ] C <!-- item: c -->\n",
  );
  expect(diff.parts.map(({ change, kind, id }) => `${change} ${kind} ${id}`)).toEqual([
    "removed item b",
    "added item c",
  ]);
  expect(countChanges(diff).items).toEqual({ added: 1, removed: 1, moved: 0, reworded: 0, changed: 0 });
  expect(reading.looser.map(({ id }) => id)).toEqual(["b"]);
});

test("a reworded item is told word by word, figures whole", () => {
  const part = only(
    item("rate", "p95 stays below 1.5 s on `v1.9.0`"),
    item("rate", "p95 stays below 1 s on `v2.0.0`"),
  );
  expect(attribute(part, "title").detail).toEqual({
    type: "words",
    words: [
      { change: "kept", text: "p95 stays below " },
      { change: "removed", text: "1.5" },
      { change: "added", text: "1" },
      { change: "kept", text: " s on `" },
      { change: "removed", text: "v1.9.0" },
      { change: "added", text: "v2.0.0" },
      { change: "kept", text: "`" },
    ],
  });
});

test("another address under the same words is a change", () => {
  const part = only(
    item("a", "See [the log](https://a.example.com)"),
    item("a", "See [the log](https://b.example.com)"),
  );
  expect(JSON.stringify(attribute(part, "title").detail)).toContain("b.example.com");
});

test("an item moves to another section, with what it gets from there; its neighbours do not move", () => {
  const [one, two] = [
    "\n## One <!-- section: {id: one, at: -P7D} -->\n",
    "\n## Two <!-- section: {id: two, at: -P1D} -->\n",
  ];
  const { diff, reading } = between(
    `${one}${item("a", "A")}${item("b", "B")}${two}${item("c", "C")}`,
    `${one}${item("b", "B")}${two}${item("a", "A")}${item("c", "C")}`,
  );
  expect(diff.parts).toHaveLength(1);
  expect(diff.parts[0]).toMatchObject({
    id: "a",
    moved: { from: { in: { id: "one" } }, to: { in: { id: "two" } } },
  });
  const [entry] = reading.groups.flatMap(({ entries }) => entries);
  expect(entry?.rows.map(({ label, content }) => [label, content])).toEqual([
    ["Moved", { type: "values", about: null, from: "1 One", to: "2 Two" }],
    ["Time, by its new place", { type: "values", about: null, from: "T−7 d", to: "T−1 d" }],
  ]);
  expect(diff.renumbered.map(({ id, from, to }) => `${id} ${from} ${to}`)).toEqual([
    "b 1.2 1.1",
    "a 1.1 2.1",
    "c 2.1 2.2",
  ]);
});

test("of items that changed places as few as can be have moved", () => {
  const list = (ids: string) => [...ids].map((id) => item(id, id)).join("");
  const { diff } = between(list("abcdef"), list("bcdeaf"));
  expect(diff.parts.map(({ id }) => id)).toEqual(["a"]);
  expect(diff.parts[0]).toMatchObject({ moved: { from: { after: null }, to: { after: { id: "e" } } } });
});

test("a section's change is said once, not again by each of its items", () => {
  const body = (at: string) =>
    `\n## One <!-- section: {id: one, at: ${at}} -->\n${item("a", "A")}${item("b", "B")}`;
  const { diff, reading } = between(body("-P7D"), body("-P5D"));
  expect(diff.parts.map(({ id }) => id)).toEqual(["one", "a", "b"]);
  expect(
    reading.groups.flatMap(({ entries }) => entries).map(({ id, rows }) => [id, rows[0]?.content]),
  ).toEqual([["one", { type: "values", about: null, from: "T−7 d", to: "T−5 d" }]]);
});

test.each([
  ["evidence: required", "stricter"],
  ["mandatory: true", "stricter"],
  ["observe: required", "stricter"],
  ["witness: true", "stricter"],
  ["optional: true", "looser"],
  ["when: sms", "looser"],
  ["dwell: PT1H", "stricter"],
  ["repeat: PT15M, for: PT1H", "stricter"],
  ["standing: P90D", "looser"],
  ['limit: "error_rate < 1 %"', "stricter"],
  ["capture: [{id: log, type: link, label: Log, required: true}]", "stricter"],
  ["signs: lead", "stricter"],
  ["owner: On-call engineer", null],
  ["at: -P1D", null],
  ['setting: "error_rate > 1 %"', null],
  ["check: smoke.login", null],
] as const)("%s is %s than nothing, and the other way round", (annotation, demand) => {
  const [plain, more] = [item("a"), item(`{id: a, ${annotation}}`)];
  const opposite = { stricter: "looser", looser: "stricter", null: null } as const;
  const demands = (part: ChangedPart) => part.attributes.map((change) => change.demand);
  expect(demands(only(plain, more))).toEqual([demand]);
  expect(demands(only(more, plain))).toEqual([opposite[`${demand}`]]);
});

test("sections are renamed, moved, and change what they ask for", () => {
  const part = only(
    "\n## Checks <!-- section: {id: s, duration: PT15M, role: checks} -->\n\nText.\n",
    "\n## Last checks <!-- section: {id: s, duration: PT30M, role: criteria, stage: after} -->\n\nText.\n",
  );
  expect(part.attributes.map((change) => change.attribute)).toEqual(["title", "role", "stage", "duration"]);
});

test("commands and templates are told line by line, and what is dangerous now is told", () => {
  const body = (danger: boolean, version: string) => `
## Steps <!-- section: steps -->

- [ ] Tag <!-- item: tag -->

<!-- command: {id: cmd, for: tag, danger: ${danger}} -->
\`\`\`sh
git fetch
git tag -a ${version}
\`\`\`
`;
  const part = only(body(false, "v1"), body(true, "v2"));
  expect(part).toMatchObject({ kind: "command", id: "cmd" });
  expect(attribute(part, "danger").to).toBe(true);
  expect(attribute(part, "value").detail).toMatchObject({
    type: "lines",
    lines: [{ change: "reworded", words: [{ text: "git tag -a " }, { text: "v1" }, { text: "v2" }] }],
  });
});

test("prose around items is told line by line; tables row by row", () => {
  const { diff } = between(
    "\nBefore.\n\n| a | b |\n| - | - |\n| one | two |\n| same | same |\n\n> [!NOTE]\n> Mind the gap.\n",
    "\nBefore it.\n\n| a | b |\n| - | - |\n| one | three |\n| same | same |\n\n> [!WARNING]\n> Mind the gap.\n",
  );
  const lines = diff.text.flatMap((change) =>
    change.lines.map(({ words }) => words.map(({ text }) => text).join("·")),
  );
  expect(lines).toEqual(["Before· it·.", "one | ·two·three", "[!NOTE]", "[!WARNING]"]);
});

test("the frontmatter: values, entries, signatures that are gone", () => {
  const after = FRONT.replace("Night release", "Day release")
    .replace("signoffs: [{id: lead, role: Release lead, meaning: approval}]", "signoffs: []\nduration: PT6H")
    .replace('unit: "%"', 'unit: "%", better: lower');
  const { diff, reading } = between(item("a"), item("a"), [FRONT, after]);
  expect(diff.document.map((change) => change.attribute)).toEqual(["title", "duration"]);
  expect(diff.lists.map((one) => `${one.list} ${one.change}`)).toEqual([
    "metrics changed",
    "signoffs removed",
  ]);
  expect(reading.looser.map(({ kind, name }) => `${kind} ${name}`)).toEqual(["Sign-off Release lead"]);
});

test("without written ids parts are known by their words; references follow", () => {
  const { a, b, diff } = between(
    "\n## Checks\n\n- [ ] The backup has been restored in staging\n- [ ] Nobody edits the menu\n  - [ ] Each site was asked\n",
    "\n## Last checks\n\n- [ ] The backup has been restored in production\n- [ ] Nobody edits the menu\n  - [ ] Each site was asked\n",
  );
  expect(diff.parts.map(({ change, kind }) => `${change} ${kind}`)).toEqual([
    "changed section",
    "changed item",
    "changed item",
    "changed item",
  ]);
  const reworded = diff.parts.filter(
    (part) => part.change === "changed" && part.attributes.some((change) => change.attribute === "title"),
  );
  expect(reworded.map(({ id }) => id)).toEqual([
    "last-checks",
    "last-checks-the-backup-has-been-restored-in-production",
  ]);
  expect(applyDiff(a, diff).version).toBe(b.version);
});

test("the same words under another written id are another item", () => {
  const { diff } = between(item("a"), item("b"));
  expect(diff.parts.map(({ change, id }) => `${change} ${id}`)).toEqual(["removed a", "added b"]);
});

test("ids that are given twice are a fault of the source, and are told apart all the same", () => {
  const { a, b, diff } = between(
    `${item("a", "One")}${item("a", "Two")}`,
    `${item("a", "One")}${item("a", "Three")}`,
  );
  expect(diff.parts).toHaveLength(1);
  expect(applyDiff(a, diff).content).toEqual(applyDiff(b, diffChecklists(b, b)).content);
});

test("a difference is of its first version only", () => {
  const { a, b, diff } = between(item("a"), item("b"));
  expect(() => applyDiff(b, diff)).toThrow("the difference begins with night 1.0.0");
  expect(isEmptyDiff(diffChecklists(a, a))).toBe(true);
});

test("a thousand items in reverse order, without ids, are compared within two seconds of work", () => {
  const words = Array.from({ length: 1000 }, (_, n) => `- [ ] Check number ${n} of the ${n % 7} lists\n`);
  const [a, b] = [read(`\n${words.join("")}`), read(`\n${words.toReversed().join("")}`, "1.1.0")];
  // Work, not time: the machine may be busy with something else.
  const started = process.cpuUsage();
  expect(diffChecklists(a, b).parts.length).toBe(999);
  expect(process.cpuUsage(started).user / 1e6).toBeLessThan(2);
});

test("two parts with one id, of which one is renamed, lead to the second version all the same", () => {
  const twice =
    "- [ ] Two words <!-- item: {id: a} -->\n  - [ ] Nested\n\n## One <!-- section: {id: a} -->\n\nText.\n";
  const { a, b, diff } = between(twice, twice.replaceAll(/ <!--.*?-->/g, ""));
  expect(applyDiff(a, diff).content).toEqual(applyDiff(b, diffChecklists(b, b)).content);
});

const project = () =>
  makeProject({
    "content/checklists/night/1.0.0.md": `---\n${FRONT}---\n\n- [ ] Errors <!-- item: {id: rate, limit: "error_rate < 1 %"} -->\n`,
    "content/checklists/night/1.1.0.md": `---\n${FRONT}---\n\n- [ ] Errors <!-- item: {id: rate, limit: "error_rate < 5 %"} -->\n`,
    "content/checklists/night/1.2.0.md": "---\ntitle: [\n---\n",
  });

test("diff prints text, Markdown and JSON, and exits 0 whether or not there are differences", async () => {
  const cwd = project();
  const text = await type(cwd, ["diff", "night@1.0.0", "night@1.1.0"]);
  expect(text.code).toBe(0);
  expect(text.stdout).toContain(
    "Asks for less than before:\n  Item 0.1 Errors [rate] (looser): Limit loosened Error rate: < 1 % → < 5 %\n",
  );
  const md = await type(cwd, ["diff", "night@1.1.0", "night@1.0.0", "--format", "md"]);
  expect(md.stdout).toContain("  - Limit tightened: Error rate: \\< 5 % → \\< 1 %\n");
  const json = await type(cwd, ["diff", "night@1.0.0", "night@1.1.0", "--format", "json"]);
  expect(JSON.parse(json.stdout)).toMatchObject({
    schema: "countersign/diff@1",
    counts: { limits: { loosened: 1 } },
  });
  const same = await type(cwd, ["diff", "night@1.0.0", "night@1.0.0"]);
  expect(same).toMatchObject({
    code: 0,
    stdout: "Night release (night): 1.0.0 → 1.0.0\n\n  Nothing has changed.\n",
  });
});

test("a version that is not there, or cannot be read, is named with those that are", async () => {
  const cwd = project();
  expect(await type(cwd, ["diff", "night@1.0.0", "night@3.0.0"])).toMatchObject({
    code: 1,
    stderr: "there is no night 3.0.0: there are 1.0.0, 1.1.0, 1.2.0\n",
  });
  expect(await type(cwd, ["diff", "day@1.0.0", "night@1.0.0"])).toMatchObject({
    code: 1,
    stderr: 'there is no checklist "day": there are night\n',
  });
  expect((await type(cwd, ["diff", "nigth@1.0.0", "night@1.1.0"])).stderr).toBe(
    'there is no checklist "nigth": there are night; did you mean night?\n',
  );
  expect((await type(cwd, ["diff", "night@1.1", "night@1.1.0"])).stderr).toBe(
    "there is no night 1.1: there are 1.0.0, 1.1.0, 1.2.0; did you mean 1.1.0?\n",
  );
  const broken = await type(cwd, ["diff", "night@1.0.0", "night@1.2.0"]);
  expect(broken).toMatchObject({ code: 1, stdout: "" });
  expect(broken.stderr).toContain("content/checklists/night/1.2.0.md:");
  expect((await type(cwd, ["diff", "night"])).code).toBe(2);
});

test("what an author wrote never becomes Markdown of ours", async () => {
  const cwd = makeProject({
    "content/checklists/night/1.0.0.md": `---\n${FRONT}---\n\n- [ ] A <!-- item: a -->\n`,
    "content/checklists/night/1.1.0.md": `---\n${FRONT}---\n\n- [ ] \\<img src=x> \\*\\*bold\\*\\* <!-- item: a -->\n`,
  });
  const { stdout } = await type(cwd, ["diff", "night@1.0.0", "night@1.1.0", "--format", "md"]);
  expect(stdout).toContain("\\<img src=x\\> \\*\\*bold\\*\\*");
  expect(stdout).not.toMatch(/(?<!\\)<img/);
});
