/** `countersign report` and `countersign sheet`: what they write, where, and what they refuse. */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { canonicalJson, digestOf } from "../src/archive/canonical.ts";
import type { Report } from "../src/model/report.ts";
import { makeProject, type } from "./terminal.ts";

const home = fileURLToPath(new URL("..", import.meta.url));
const run = "2026-03-18-restaurant-os-canada";
const chain = "2026-03-04-restaurant-os-prod";

let root = "";
beforeEach(() => {
  root = makeProject({});
  for (const name of [
    "checklists/restaurant-os",
    "lock.json",
    "site.yaml",
    "roles.yaml",
    `runs/${run}`,
    `runs/${chain}`,
  ])
    cpSync(join(home, "content", name), join(root, "content", name), { recursive: true });
});

const own = (): string[] => readdirSync(root).filter((name) => name !== "content");
const text = (name: string): string => readFileSync(join(root, name), "utf8");

describe("report", () => {
  test("writes the page and the PDF of the newest record here", async () => {
    const { code, stdout } = await type(root, ["report", chain]);
    expect([code, own()]).toEqual([0, [`${chain}-4.html`, `${chain}-4.pdf`]]);
    expect(stdout).toContain(`${chain}-4.html  `);
    expect(text(`${chain}-4.html`)).toMatch(/^<!doctype html>/i);
    expect(
      readFileSync(join(root, `${chain}-4.pdf`))
        .subarray(0, 8)
        .toString(),
    ).toBe("%PDF-1.7");
  });

  test("as of an earlier record, where it is told to", async () => {
    const { code } = await type(root, ["report", chain, "--record", "2", "--json", "two.json"]);
    const report = JSON.parse(text("two.json")) as Report;
    expect([code, own(), report.number, report.interim, report.outcome]).toEqual([
      0,
      ["two.json"],
      2,
      true,
      "in progress",
    ]);
  });

  test("the same bytes whenever it is asked, also after the checklist, the lock and the roster have changed", async () => {
    await type(root, ["report", run, "--html", "a.html", "--json", "a.json", "--pdf", "a.pdf"]);
    rmSync(join(root, "content/checklists"), { recursive: true });
    cpSync(join(home, "content/checklists/optropic"), join(root, "content/checklists/optropic"), {
      recursive: true,
    });
    writeFileSync(join(root, "content/lock.json"), '{"schema": "countersign/lock@1", "checklists": {}}');
    writeFileSync(join(root, "content/roles.yaml"), "roles: []\n");
    await type(root, ["report", run, "--html", "b.html", "--json", "b.json", "--pdf", "b.pdf"], {
      now: "2036-01-01T00:00:00Z",
    });
    for (const kind of ["html", "json", "pdf"])
      expect(digestOf(readFileSync(join(root, `b.${kind}`))), kind).toBe(
        digestOf(readFileSync(join(root, `a.${kind}`))),
      );
  });

  test("a judgement that would be another today is printed as it was, with a note", async () => {
    const path = join(root, `content/runs/${run}/1.json`);
    const { seal: _, ...envelope } = JSON.parse(readFileSync(path, "utf8")) as {
      seal: string;
      judged: { finding: string; headline: string };
    };
    envelope.judged.finding = "incomplete";
    envelope.judged.headline = "judged by other rules";
    writeFileSync(path, JSON.stringify({ ...envelope, seal: digestOf(canonicalJson(envelope)) }));
    const { code, stderr } = await type(root, ["report", run, "--json", "r.json"]);
    expect([code, stderr]).toEqual([0, expect.stringContaining("would judge record 1 otherwise")]);
    expect(JSON.parse(text("r.json"))).toMatchObject({
      finding: "incomplete",
      headline: "judged by other rules",
    });
    const check = await type(root, ["check", "content/runs"]);
    expect(check.stdout).toContain("judgement-drift");
  });

  test.each([
    ["a record", `runs/${run}/1.json`, '"ines.carvalho"', '"somebody"'],
    ["the checklist", `runs/${run}/checklist.md`, "Maintenance", "Maintainance"],
  ])("%s that was changed is refused by name", async (_, file, from, to) => {
    const path = join(root, "content", file);
    writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
    const { code, stderr } = await type(root, ["report", run]);
    expect([code, own(), stderr]).toEqual([1, [], expect.stringContaining(`content/${file}`)]);
    expect((await type(root, ["check"])).code).toBe(1);
  });

  test("evidence that is gone is refused by name", async () => {
    const folder = join(root, `content/runs/${run}/evidence`);
    const [name = ""] = readdirSync(folder);
    rmSync(join(folder, name));
    const { code, stderr } = await type(root, ["report", run]);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`evidence/${name} is missing`)]);
  });

  test.each([
    [["2026-03-18-restaurant-os-canda"], 1, `did you mean '${run}'?`],
    [["../.."], 1, "there is no run '../..'"],
    [[run, "--record", "2"], 2, "--record is a number from 1 to 1"],
    [[run, "--record", "0"], 2, "--record is a number from 1 to 1"],
  ])("%j", async (args, code, expected) => {
    expect(await type(root, ["report", ...args])).toMatchObject({
      code,
      stderr: expect.stringContaining(expected) as string,
    });
    expect(own()).toEqual([]);
  });
});

describe("sheet", () => {
  test("the same bytes on any day; to standard output with -", async () => {
    const { code, stdout } = await type(root, ["sheet", "restaurant-os@6.0.4", "--paper", "letter"]);
    expect([code, stdout, own()]).toEqual([
      0,
      expect.stringContaining("restaurant-os-6.0.4-letter.pdf"),
      ["restaurant-os-6.0.4-letter.pdf"],
    ]);
    await type(root, ["sheet", "restaurant-os@6.0.4", "--paper", "letter", "-o", "later.pdf"], {
      now: "2026-05-01T00:00:00Z",
    });
    expect(readFileSync(join(root, "later.pdf"))).toEqual(
      readFileSync(join(root, "restaurant-os-6.0.4-letter.pdf")),
    );
    expect((await type(root, ["sheet", "restaurant-os@6.0.4", "-o", "-"])).stdout).toMatch(
      /^37,80,68,70,|^%PDF/,
    );
  });

  test("a superseded version says so on request, and only then", async () => {
    const plain = await type(root, ["sheet", "restaurant-os@6.0.3", "-o", "plain.pdf"]);
    expect([plain.code, plain.stderr]).toEqual([0, expect.stringContaining("was superseded by 6.0.4")]);
    expect(
      (await type(root, ["sheet", "restaurant-os@6.0.3", "--superseded", "-o", "marked.pdf"])).code,
    ).toBe(0);
    expect(readFileSync(join(root, "marked.pdf"))).not.toEqual(readFileSync(join(root, "plain.pdf")));
    const current = await type(root, ["sheet", "restaurant-os@6.0.4", "--superseded"]);
    expect([current.code, current.stderr]).toEqual([
      1,
      expect.stringContaining("is not superseded, it is the current version"),
    ]);
  });

  test("a released version whose file was changed is refused", async () => {
    const path = join(root, "content/checklists/restaurant-os/6.0.4.md");
    writeFileSync(path, `${readFileSync(path, "utf8")}\n`);
    expect(await type(root, ["sheet", "restaurant-os@6.0.4"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("is not what was released") as string,
    });
  });
});
