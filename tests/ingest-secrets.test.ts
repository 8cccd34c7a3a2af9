/** `countersign ingest`: a secret is refused by its place and never printed; `--redact` takes it out and says so. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { digestOf } from "../src/archive/canonical.ts";
import { readRun } from "../src/archive/read.ts";
import { ending, freshProject, ingest, type Json, opening, put, root, tree } from "./small.ts";

freshProject();

// Put together here, so that nothing in this file looks like a secret.
const token = ["ghp", "x8Kd02mNqLs7VbTz4RyWc9Ef3GhJp1Ua6QoI"].join("_");
const password = ["gT7", "kQ2vX", "9pLm"].join("!");

const result = (change: Json): Json => ({ ...opening, results: [{ ...opening.results[0], ...change }] });
const stored = () => readRun(root(), "2026-03-04-small").run;

/** Everything that is stored, as one text. */
function archive(): string {
  const folder = join(root(), "content");
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"))
    .join("\n");
}

describe("is refused by its place", () => {
  test.each<[string, Json, string]>([
    ["a note", result({ note: `worked with ${token}` }), "/results/0/note: holds what looks like"],
    [
      "a command as it was run",
      { ...opening, extra: { ran: `mysql -u root -p${password} shop` } },
      "/extra/ran: holds what looks like a password on a command line",
    ],
    [
      "a value whose key tells",
      { ...opening, extra: { db: { password } } },
      "/extra/db/password: holds what looks like a password",
    ],
    ["a key", { ...opening, extra: { [token]: 1 } }, "/extra: holds what looks like"],
    ["a text that is wrong otherwise too", { ...opening, asOf: token }, "/asOf: holds what looks like"],
    ["an unknown key", { ...opening, [token]: 1 }, "unknown key '[secret]'"],
  ])("%s", async (_, content, expected) => {
    const before = tree();
    const { code, first, out, err } = await ingest([put("r.json", content)]);
    expect([code, first]).toEqual([1, "NOT STORED"]);
    expect(out).toContain(expected);
    for (const secret of [token, password]) expect(out + err).not.toContain(secret.slice(4, 14));
    expect(tree()).toEqual(before);
  });

  test("a line of evidence, with the way to take it out", async () => {
    put("deploy.log", `start\nexport GITHUB_TOKEN=${token}\nend\n`);
    const before = tree();
    const { code, out } = await ingest([
      put("r.json", { ...opening, evidence: [{ id: "e1", file: "deploy.log" }] }),
    ]);
    expect(code).toBe(1);
    expect(out).toMatch(/\/evidence\/0\/file: line 2 of the evidence 'e1' holds what looks like/);
    expect(out).toContain("--redact e1:2");
    expect(out).not.toContain(token.slice(0, 12));
    expect(tree()).toEqual(before);
  });

  test("not where site.yaml knows it as an example, nor in bytes that are no text", async () => {
    writeFileSync(
      join(root(), "content/site.yaml"),
      `organisation: T\nurl: https://a.example.com\nknownExamples: [{text: ${token}, reason: made up for the manual}]\n`,
    );
    put("a.bin", new Uint8Array([0, 1, 2, ...new TextEncoder().encode(password)]));
    const record = { ...result({ note: token }), evidence: [{ id: "e1", file: "a.bin" }] };
    expect((await ingest([put("r.json", record)])).code).toBe(0);
  });
});

describe("--redact", () => {
  test("takes a line of evidence out; the record names what is kept and says what is missing", async () => {
    const log = `start\nexport GITHUB_TOKEN=${token}\r\nend\n`;
    put("deploy.log", log);
    const file = put("r.json", {
      ...result({ evidence: ["e1"] }),
      evidence: [{ id: "e1", file: "deploy.log", sha256: digestOf(log), bytes: log.length }],
    });
    const { code, first } = await ingest(["--redact", "e1:2", file]);
    const kept = "start\n[redacted]\r\nend\n";
    expect([code, first]).toEqual([0, expect.stringMatching(/^STORED/)]);
    const [envelope] = stored()?.envelopes ?? [];
    expect(envelope?.record).toMatchObject({
      redacted: ["e1:2"],
      evidence: [{ id: "e1", sha256: digestOf(kept), bytes: kept.length }],
    });
    expect(envelope?.judged.facts).toContainEqual(
      expect.objectContaining({
        rule: "redacted",
        severity: "note",
        reason: expect.stringContaining("e1:2"),
      }),
    );
    expect(archive()).not.toContain(token);
    const before = tree();
    expect((await ingest(["--redact", "e1:2", file])).first).toMatch(/it was already; nothing changed/);
    expect(tree()).toEqual(before);
  });

  test("takes all lines of a key that goes on over several", async () => {
    const body = Array.from({ length: 4 }, (_, index) => `${index}${"MIIEpAIBAAKCAQEA7s".repeat(3)}`);
    const key = [`-----BEGIN RSA ${"PRIVATE"} KEY-----`, ...body, `-----END RSA ${"PRIVATE"} KEY-----`];
    put("k.log", ["before", ...key, "after"].join("\n"));
    const file = put("r.json", { ...opening, evidence: [{ id: "e1", file: "k.log" }] });
    expect((await ingest(["--redact", "e1:2", file])).code).toBe(0);
    expect(stored()?.envelopes[0]?.record.redacted).toEqual([2, 3, 4, 5, 6, 7].map((line) => `e1:${line}`));
    expect(archive()).toContain(`before\n${"[redacted]\n".repeat(6)}after`);
  });

  test("does not make a file right that was another than the record names", async () => {
    put("deploy.log", `export GITHUB_TOKEN=${token}\n`);
    const record = { ...opening, evidence: [{ id: "e1", file: "deploy.log", sha256: "0".repeat(64) }] };
    const { code, out } = await ingest(["--redact", "e1:1", put("r.json", record)]);
    expect([code, out]).toEqual([3, expect.stringContaining("evidence-digest")]);
  });

  test("takes a text of the results out, also of the file that is kept", async () => {
    const content = { ...result({ note: `worked with ${token}` }), extra: { "a/b": [password] } };
    const file = put("r.json", content);
    const { code } = await ingest(["--redact", "/results/0/note", "--redact", "/extra/a~1b/0", file]);
    expect([code, stored()?.envelopes[0]?.record]).toMatchObject([
      0,
      {
        redacted: ["/results/0/note", "/extra/a~1b/0"],
        results: [{ note: "[redacted]" }],
        extra: { "a/b": ["[redacted]"] },
      },
    ]);
    expect(archive()).not.toContain(token);
    expect(archive()).not.toContain(password);
  });

  test("one of two secrets is not enough", async () => {
    put("a.log", `GITHUB_TOKEN=${token}\nGITHUB_TOKEN=${token.toLowerCase().slice(0, -3)}Zq1\n`);
    const file = put("r.json", { ...opening, evidence: [{ id: "e1", file: "a.log" }] });
    const { code, out } = await ingest(["--redact", "e1:1", file]);
    expect([code, out]).toEqual([1, expect.stringContaining("line 2 of the evidence")]);
  });

  test.each<[string, number, string]>([
    ["/results/0/nothing", 1, "/results/0/nothing: is to be redacted, and no text stands there"],
    ["/results/0", 1, "/results/0: is to be redacted, and no text stands there"],
    ["e7:1", 1, "names 'e7', and no file of that id is there"],
    ["e1:9", 1, "--redact e1:9: it has 2 lines"],
    ["/run", 1, "a run's id is"],
    ["note", 2, "--redact is a line of evidence, such as e5:40"],
  ])("%s", async (place, expected, said) => {
    put("a.log", "one\n");
    const file = put("r.json", { ...opening, evidence: [{ id: "e1", file: "a.log" }] });
    const { code, out, err } = await ingest(["--redact", place, file]);
    expect([code, out + err]).toEqual([expected, expect.stringContaining(said)]);
  });

  test("goes with one file", async () => {
    const files = [put("1.json", opening), put("2.json", ending)];
    expect((await ingest(["--redact", "/run", ...files])).code).toBe(2);
  });
});
