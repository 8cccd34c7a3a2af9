/** Every run of the samples in every format of other tools: valid, whole, and read back as it was recorded. */
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import Ajv from "ajv";
import { describe, expect, onTestFinished, test } from "vitest";
import { runAsOf } from "../src/archive/judged.ts";
import { readRun, readRunNames } from "../src/archive/read.ts";
import { parseCtrf } from "../src/formats/ctrfresults.ts";
import { parseJunit } from "../src/formats/junitresults.ts";
import { noSamples, schemaOf } from "./foreign.ts";
import { decode } from "./markup.ts";
import { type } from "./terminal.ts";

const root = join(import.meta.dirname, "..");
const runs = readRunNames(root);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** What OSCAL allows for a property, and for an id. */
const LINE = /^\S(?:.*\S)?$/;
const TOKEN = /^[\p{L}_][\p{L}\p{N}.\-_]*$/u;

async function exported(run: string, format: string): Promise<string> {
  const { code, stdout } = await type(root, ["export", run, "--format", format]);
  expect(code).toBe(0);
  return stdout;
}

/** Every value under a key, however deep. */
function valuesOf(value: unknown, key: string): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, entry]) => [
    ...(name === key ? [entry] : []),
    ...valuesOf(entry, key),
  ]);
}

describe.each(runs)("%s", (run) => {
  const schema = schemaOf("ctrf.schema.json");
  test.skipIf(schema === null)(`CTRF is valid${schema === null ? ` (${noSamples})` : ""}`, async () => {
    const ajv = new Ajv({ allErrors: true, formats: { uuid: UUID, "date-time": true, uri: true } });
    ajv.validate(schema ?? {}, JSON.parse(await exported(run, "ctrf")));
    expect(ajv.errors ?? []).toEqual([]);
  });

  test("CTRF that is read again has every result with its status and its times", async () => {
    const reading = parseCtrf(bytes(await exported(run, "ctrf")), "f");
    const stored = readRun(root, run).run;
    if (!stored) throw new Error("the samples are stored");
    const brief = ({ item, status, at, started }: Readonly<Record<string, unknown>>): string =>
      [item, status, at, started].map((part) => part ?? "").join(" ");
    const recorded = runAsOf(stored, stored.envelopes.length).results.map((one) => brief({ ...one }));
    expect(reading.problems).toEqual([]);
    expect(reading.own.map((one) => brief({ ...one })).sort()).toEqual(recorded.sort());
  });

  test("HTML is one file that asks nobody for anything, and a copy of it without people names none", async () => {
    const html = await exported(run, "html");
    expect(html).not.toMatch(/<script|<link rel="stylesheet|\s(?:src|srcset)="(?!data:)/);
    const out = join(mkdtempSync(join(tmpdir(), "countersign-copy-")), "copy.html");
    onTestFinished(() => rmSync(dirname(out), { recursive: true }));
    expect((await type(root, ["report", run, "--redact", "people,commands", "--html", out])).code).toBe(0);
    const copy = decode(readFileSync(out, "utf8"));
    const stored = readRun(root, run).run;
    const names = runAsOf(stored ?? { run, envelopes: [] }, stored?.envelopes.length ?? 0).people.map(
      ({ name }) => name,
    );
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => copy.includes(name))).toEqual([]);
    expect(copy).toContain(createHash("sha256").update(html).digest("hex"));
  });

  test("JUnit is XML that is read again, a case an item", async () => {
    const ctrf = JSON.parse(await exported(run, "ctrf"));
    const reading = parseJunit(bytes(await exported(run, "junit")), () => null);
    expect(reading.problems).toEqual([]);
    expect(reading.results.length).toBe(ctrf.results.summary.tests);
    const passed = reading.results.filter(({ status }) => status === "passed");
    expect(passed.length).toBe(ctrf.results.summary.passed);
  });

  test("OSCAL refers to nothing that is not in it", async () => {
    const oscal = JSON.parse(await exported(run, "oscal"))["assessment-results"];
    const own = valuesOf(oscal, "uuid");
    expect(new Set(own).size).toBe(own.length);
    for (const uuid of own) expect(uuid).toMatch(UUID);
    for (const key of ["actor-uuid", "observation-uuid"])
      for (const uuid of valuesOf(oscal, key)) expect(own).toContain(uuid);
    expect(own).toContain(oscal["import-ap"].href.slice(1));
    for (const props of valuesOf(oscal, "props"))
      for (const { name, value } of props as { name: string; value: string }[])
        expect([name, value]).toEqual([expect.stringMatching(TOKEN), expect.stringMatching(LINE)]);
    for (const id of [...valuesOf(oscal, "control-id"), ...valuesOf(oscal, "target-id")])
      expect(id).toMatch(TOKEN);
    for (const key of ["observations", "risks", "findings", "parties"])
      for (const list of valuesOf(oscal, key)) expect(list).not.toEqual([]);
  });

  test("in-toto names what failed exactly where the report does", async () => {
    const { predicate, subject } = JSON.parse(await exported(run, "in-toto"));
    const { tests } = JSON.parse(await exported(run, "ctrf")).results;
    const failed = tests.flatMap((one: { status: string; testId: string }) =>
      one.status === "failed" ? [one.testId] : [],
    );
    expect(predicate.failedTests).toEqual(failed);
    expect(subject.length).toBeGreaterThan(0);
    expect(new Set([...predicate.passedTests, ...predicate.warnedTests, ...failed]).size).toBe(
      predicate.passedTests.length + predicate.warnedTests.length + failed.length,
    );
  });
});
