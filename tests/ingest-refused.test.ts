/** `countersign ingest`: what it refuses, by name and place, and that a refusal leaves nothing behind. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ending, freshProject, ingest, type Json, opening, put, root, tree } from "./small.ts";

freshProject();

describe("what is refused leaves nothing behind", () => {
  const patched = (change: Json): Json => ({ ...opening, ...change });
  const result = (change: Json): Json => patched({ results: [{ ...opening.results[0], ...change }] });

  test("faults of every kind are listed at once: schema, names, blanks and times", async () => {
    const many = {
      ...result({ status: "done" }),
      people: [],
      reslts: [],
      fields: { wen: "x" },
      answers: { big: "maybe" },
      closed: { at: "2026-03-05T20:00:00+01:00" },
    };
    const { code, out } = await ingest([put("many.json", many)]);
    expect(code).toBe(1);
    for (const said of [
      "/results/0/status: ",
      "/results/0/by: 'ada' is no person",
      "/reslts: unknown key",
      "/fields/wen: the checklist has no field 'wen'",
      "/answers/big: expected yes or no",
      "/closed/at: 2026-03-05T20:00:00+01:00 is later than 'asOf'",
      "6 faults; nothing was written",
    ])
      expect(out).toContain(said);
  });

  test.each<[string, Json | string, string]>([
    ["no JSON", "{", "1:2: (the whole file): is not JSON"],
    ["nothing", "", "is not JSON"],
    ["two keys of one name", '{"run": "a",\n "run": "a"}', '2:2: /run: has the key "run" twice'],
    ["half a character", '{"run": "\\ud800"}', "/run: holds half of a character"],
    [
      "a number too large",
      '{"extra": {"n": 90071992547409939}}',
      "/extra/n: is the integer 90071992547409939",
    ],
    ["too deep", "[".repeat(65), "nests deeper than 64"],
    ["too long", `"${"x".repeat(1024 * 1024)}"`, "longer than 1048576 bytes"],
    [
      "an unknown key",
      patched({ reslts: [] }),
      "/reslts: unknown key 'reslts' [schema]\n    did you mean 'results'?",
    ],
    ["no schema", patched({ schema: undefined }), "/schema: "],
    ["a time that nobody can place", patched({ asOf: "2026-03-04T20:00:00" }), "/asOf: "],
    ["a run that climbs", patched({ run: "../up" }), "/run: "],
    ["a run that is a device", patched({ run: "con" }), "/run: "],
    ["a run in capitals", patched({ run: "Small" }), "/run: "],
    [
      "an unknown checklist",
      patched({ checklist: { id: "smal", version: "1.0" } }),
      "/checklist/id: there is no checklist 'smal' [unknown-checklist]\n    did you mean 'small'?",
    ],
    ["a checklist that climbs", patched({ checklist: { id: "..", version: "1.0" } }), "/checklist/id: "],
    [
      "an unknown version",
      patched({ checklist: { id: "small", version: "1.1" } }),
      "/checklist/version: there is no version '1.1' of 'small' [unknown-version]\n    there are 1.0",
    ],
    [
      "a version that climbs",
      patched({ checklist: { id: "small", version: "../small/1.0" } }),
      "/checklist/version: there is no version",
    ],
    [
      "another digest",
      patched({ checklist: { id: "small", version: "1.0", digest: `sha256:${"0".repeat(64)}` } }),
      "/checklist/digest: ",
    ],
    [
      "another digest, and whatever else does not fit",
      patched({
        checklist: { id: "small", version: "1.0", digest: `sha256:${"0".repeat(64)}` },
        results: [{ ...opening.results[0], item: "onee" }],
      }),
      "/results/0/item: 'onee' is no item of",
    ],
    ["an unknown item", result({ item: "onee" }), "/results/0/item: 'onee' is no item of"],
    [
      "an unknown person",
      result({ by: "adda" }),
      "/results/0/by: 'adda' is no person of people [unknown-person]\n    did you mean 'ada'?",
    ],
    ["a status that the item cannot have", result({ status: "fired" }), "/results/0/status: "],
    ["an unknown blank", result({ capture: { where: "x" } }), "/results/0/capture/where: "],
    [
      "a second result",
      patched({ results: [opening.results[0], { ...opening.results[0], at: "2026-03-04T19:30:00+01:00" }] }),
      "/results/1: there is a second result",
    ],
    [
      "something after what it is as of",
      result({ at: "2026-03-04T20:00:01+01:00" }),
      "/results/0/at: 2026-03-04T20:00:01+01:00 is later than 'asOf'",
    ],
    ["an unknown question", patched({ answers: { bigg: true } }), "/answers/bigg: "],
    ["an answer that is none", patched({ answers: { big: "perhaps" } }), "/answers/big: "],
    ["a field that holds no time", patched({ fields: { when: "tomorrow" } }), "/fields/when: "],
    [
      "a close that hides what is open",
      patched({ closed: { at: "2026-03-04T19:59:00+01:00", by: "ada" } }),
      "/closed: the run cannot be closed: the item 'two'",
    ],
    [
      "a previous record where there is none",
      patched({ evidence: [{ id: "e", file: "../../etc/passwd" }] }),
      "/evidence/0/file: ",
    ],
  ])("%s", async (_, content, expected) => {
    const file = put("bad.json", content);
    const before = tree();
    const { code, first, out } = await ingest([file]);
    expect(out).toContain(expected);
    expect([code, first]).toEqual([1, "NOT STORED"]);
    expect(tree()).toEqual(before);
  });

  test("every fault is listed, with its line", async () => {
    const { out } = await ingest([
      put("bad.json", patched({ asOf: "today", people: [{ name: "x" }], zzz: 1 })),
    ]);
    expect(out.match(/^in\/bad\.json:\d+:\d+: \S+/gm)).toEqual([
      "in/bad.json:4:2: /asOf:".replace("4:2", "4:10"),
      expect.stringMatching(/^in\/bad\.json:\d+:\d+: \/people\/0\/id:$/),
      expect.stringMatching(/^in\/bad\.json:\d+:\d+: \/results\/0\/by:$/),
      expect.stringMatching(/^in\/bad\.json:\d+:\d+: \/zzz:$/),
    ]);
    expect(out).toContain("4 faults; nothing was written");
  });

  test.each<[string, Json, string[]]>([
    [
      "schema, names and evidence",
      patched({
        asOf: "today",
        results: [{ ...opening.results[0], item: "onee", evidence: ["e9"] }],
        evidence: [{ id: "e1", file: "../x" }],
      }),
      ["schema /asOf", "unknown-item /results/0/item", "unknown-evidence /results/0/evidence/0"],
    ],
    [
      "names and evidence",
      patched({
        results: [{ ...opening.results[0], item: "onee" }],
        evidence: [{ id: "e1", file: "../x" }],
      }),
      ["unknown-item /results/0/item", "evidence-file /evidence/0/file"],
    ],
    [
      "version and evidence",
      patched({ checklist: { id: "small", version: "9" }, evidence: [{ id: "e1", file: "../x" }] }),
      ["unknown-version /checklist/version", "evidence-file /evidence/0/file"],
    ],
    [
      "times, names, statuses and answers",
      patched({
        results: [
          { ...opening.results[0], at: "2026-03-04T23:00:00+01:00" },
          { item: "onee", status: "passed" },
          { item: "two", status: "fired" },
        ],
        answers: { big: "perhaps" },
      }),
      [
        "after-as-of /results/0/at",
        "unknown-item /results/1/item",
        "status-of-role /results/2/status",
        "bad-answer /answers/big",
      ],
    ],
  ])("faults of every kind at once: %s", async (_, content, expected) => {
    const before = tree();
    const { code, out } = await ingest(["--format", "json", put("bad.json", content)]);
    const { faults } = JSON.parse(out) as { faults: { rule: string; pointer: string }[] };
    expect([code, faults.map(({ rule, pointer }) => `${rule} ${pointer}`).sort()]).toEqual([
      1,
      [...expected].sort(),
    ]);
    expect(tree()).toEqual(before);
  });

  test("bytes that are no text", async () => {
    const { code, out } = await ingest([put("bad.json", new Uint8Array([0xff, 0xfe, 0x7b, 0x00]))]);
    expect([code, out]).toEqual([1, expect.stringContaining("is not valid UTF-8")]);
  });

  test("one bad file among good ones", async () => {
    const before = tree();
    const { code, first } = await ingest([
      put("a.json", opening),
      put("b.json", { ...ending, results: [{ item: "nine", status: "passed" }] }),
    ]);
    expect([code, first, tree()]).toEqual([1, "NOT STORED", before]);
  });

  test("files of two runs", async () => {
    const { code, out } = await ingest([put("a.json", opening), put("b.json", patched({ run: "other" }))]);
    expect([code, out]).toEqual([
      1,
      expect.stringContaining("/run: is of the run 'other', and in/a.json of '2026-03-04-small' [other-run]"),
    ]);
  });

  test("a record that disagrees with an earlier one, or follows another", async () => {
    await ingest([put("1.json", opening)]);
    const before = tree();
    const disagrees = {
      ...ending,
      results: [{ item: "one", status: "failed", by: "ada", at: "2026-03-04T19:00:00+01:00" }],
      closed: undefined,
    };
    expect((await ingest([put("a.json", disagrees)])).out).toContain(
      "leave it as it was, or correct it by an entry under 'amends'",
    );
    const follows = { ...ending, previous: `sha256:${"1".repeat(64)}` };
    expect((await ingest([put("b.json", follows)])).out).toContain("/previous: ");
    expect(tree()).toEqual(before);
  });

  test("a checklist that is not what was released", async () => {
    const lock = {
      schema: "countersign/lock@1",
      checklists: {
        small: {
          "1.0": {
            digest: `sha256:${"2".repeat(64)}`,
            date: "2026-01-01",
            approvedBy: "Bob",
            rules: "1",
            files: {},
          },
        },
      },
    };
    writeFileSync(join(root(), "content/lock.json"), JSON.stringify(lock));
    expect((await ingest([put("a.json", opening)])).out).toContain(
      "/checklist/version: small@1.0 was released with the digest",
    );
  });

  test("an installation that cannot be read: nothing could be judged by it", async () => {
    writeFileSync(join(root(), "content/site.yaml"), "organisation: 1\n");
    const { code, first, out } = await ingest([put("a.json", opening)]);
    expect([code, first, out]).toEqual([1, "NOT STORED", expect.stringContaining("content/site.yaml:1: ")]);
  });

  test("a run whose stored records were changed", async () => {
    await ingest([put("1.json", opening)]);
    const path = join(root(), "content/runs/2026-03-04-small/1.json");
    writeFileSync(path, readFileSync(path, "utf8").replace('"status": "passed"', '"status": "failed"'));
    const before = tree();
    const { code, first, out } = await ingest([put("2.json", ending)]);
    expect([code, first, out]).toEqual([
      1,
      "NOT STORED",
      expect.stringContaining("is not as it was stored: content/runs/2026-03-04-small/1.json was changed"),
    ]);
    expect(tree()).toEqual(before);
  });

  test("what is stored is not pushed off the screen by warnings", async () => {
    const notes = Array.from({ length: 40 }, (_, index) => `x\u202e${index}`);
    const { code, out } = await ingest([put("a.json", patched({ extra: { notes } }))]);
    expect([code, out.match(/^warning: /gm)?.length]).toEqual([0, 11]);
    expect(out).toContain("warning: and 30 more; --format json lists them all\nrecord 1 of");
  });

  test("hostile text is printed inert", async () => {
    const { out } = await ingest([put("a.json", patched({ "a\u001b[2Jb": 1 }))]);
    expect(out).not.toContain("\u001b");
  });
});
