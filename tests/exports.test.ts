/** What other tools get of a report: valid, adding up, inert, the same bytes again. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { describe, expect, test } from "vitest";
import { renderCtrf } from "../src/formats/ctrf.ts";
import { type Exported, testedAs } from "../src/formats/exported.ts";
import { renderStatement } from "../src/formats/intoto.ts";
import { renderJunit } from "../src/formats/junit.ts";
import { renderOscal } from "../src/formats/oscal.ts";
import { renderTable } from "../src/formats/table.ts";
import { renderTicket } from "../src/formats/ticket.ts";
import { itemStatuses } from "../src/model/itemreport.ts";
import { at, type Changes, chain, run } from "./build.ts";
import { noSamples, schemaOf } from "./foreign.ts";
import { shop, shopNight, shopReport } from "./shop.ts";
import { ending, freshProject, ingest, opening, put, root } from "./small.ts";
import { type } from "./terminal.ts";

const artifacts = [{ name: "shop.tar.gz", sha256: "b".repeat(64) }];

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** The export of a clean night of the shop with something changed. */
function exportOf(changes: Changes = {}): Exported {
  const report = shopReport(changes);
  return {
    report,
    checklist: shop,
    results: run(shop, shopNight(changes)).results,
    url: "https://runs.example.com/x",
    uuid: (name) =>
      `00000000-0000-5000-8000-${Buffer.from(name).toString("hex").padStart(12, "0").slice(-12)}`,
  };
}

const hostile = `<b>x</b>|[a](javascript:1)\`*_# ]]>&"'\u0001\u202e`;

const bad: Changes = {
  results: {
    tests: { status: "failed", reason: hostile, note: "=1+1" },
    secrets: { status: "skipped", reason: "-x" },
    login: { status: "passed", attempts: [{ status: "failed", reason: "no answer", at: at("22:10") }] },
    rate: { status: "passed", observed: [{ metric: "error_rate", value: "3", unit: "%" }] },
    on: null,
  },
  closed: { at: at("02:00"), by: "ada", open: [{ item: "on" }] },
};

describe("how an item reads to tools for tests", () => {
  test("only what the report counts as passed is passed, whatever its status is called", () => {
    const passed = itemStatuses.filter((status) => testedAs({ status, good: true }) === "passed");
    expect(passed).toEqual(["passed", "met", "clear", "seen", "not-seen", "not-met"]);
    expect(itemStatuses.filter((status) => testedAs({ status, good: false }) === "passed")).toEqual([]);
  });
});

describe("CTRF", () => {
  const parsed = (changes?: Changes) => JSON.parse(renderCtrf(exportOf(changes), "1.2.3"));
  test.each([
    ["clean", {}],
    ["bad", bad],
  ])("the %s night: counts add up to those of the report", (_, changes) => {
    const { summary, tests } = parsed(changes).results;
    const { counts } = shopReport(changes);
    expect([summary.tests, tests.length, summary.passed]).toEqual([
      counts.total,
      counts.total,
      counts.passed,
    ]);
    expect(summary.passed + summary.failed + summary.skipped + summary.pending + summary.other).toBe(
      counts.total,
    );
  });
  test("a breached limit is a failed test, and says what was claimed", () => {
    const rate = parsed(bad).results.tests.find(({ testId }: { testId: string }) => testId === "rate");
    expect(rate).toMatchObject({ status: "failed", rawStatus: "failed" });
    expect(rate.message).toContain("3 %");
    const failed = parsed(bad).results.tests.find(({ testId }: { testId: string }) => testId === "tests");
    expect(failed.message.split("javascript:1").length, "a reason is said once").toBe(2);
    expect(rate.extra.countersign.results).toEqual([
      { status: "passed", at: at("22:10"), observed: [{ metric: "error_rate", value: "3", unit: "%" }] },
    ]);
  });
  test("tries are attempts, and what passed after one is flaky", () => {
    const login = parsed(bad).results.tests.find(({ testId }: { testId: string }) => testId === "login");
    expect(login).toMatchObject({ status: "passed", retries: 1, flaky: true });
    expect(login.retryAttempts.map(({ status }: { status: string }) => status)).toEqual(["failed", "passed"]);
  });
  const schema = schemaOf("ctrf.schema.json");
  test.skipIf(schema === null).each([
    ["clean", {}],
    ["bad", bad],
  ])(
    `the %s night is valid against the public schema${schema === null ? ` (${noSamples})` : ""}`,
    (_, changes) => {
      const ajv = new Ajv({
        allErrors: true,
        formats: { uuid: UUID, "date-time": DATE_TIME, uri: /^[a-z]+:/ },
      });
      const valid = ajv.validate(schema ?? {}, parsed(changes));
      expect(ajv.errors ?? []).toEqual([]);
      expect(valid).toBe(true);
    },
  );
});

describe("JUnit", () => {
  test("a gap is an error, a failure is a failure, what is not needed is skipped; hostile text stays text", () => {
    const xml = renderJunit(exportOf(bad));
    const { counts } = shopReport(bad);
    const count = (pattern: RegExp) => xml.match(pattern)?.length ?? 0;
    expect(count(/<testcase /g)).toBe(counts.total);
    const whole = /<testsuites [^>]*tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/.exec(xml);
    expect(whole?.slice(1).map(Number)).toEqual([
      counts.total,
      count(/<failure /g),
      count(/<error /g),
      count(/<skipped /g),
    ]);
    expect(count(/<failure /g)).toBe(2);
    expect(xml).toContain('<error type="not-recorded"');
    expect(xml).not.toContain("<b>");
    expect(xml).toContain("[U+0001][U+202E]");
  });
});

describe("CSV", () => {
  test("no cell can become a formula, and every item is one row", () => {
    const csv = renderTable(exportOf(bad));
    const { items } = shopReport(bad);
    expect(csv.split("\r\n").length).toBe(items.length + 2);
    expect(csv).toContain(",'=1+1,");
    expect(csv).toContain(",'-x,");
    expect(csv).toContain("failed (recorded as passed)");
  });
});

describe("Markdown for a change ticket", () => {
  test("outcome, finding, exceptions, signatures; nothing of a record is markup", () => {
    const markdown = renderTicket(exportOf(bad));
    expect(markdown).toMatch(/^## Shop deployment to production: deployed, failed$/m);
    expect(markdown).toMatch(/^\| blocker \| .*Error rate is low.*\(contradiction\)/m);
    expect(markdown).toMatch(/\| NOT SIGNED|\| eve/);
    expect(markdown).not.toContain("<b>");
    expect(markdown).toContain("&lt;b&gt;x&lt;/b&gt;\\|\\[a\\](javascript:1)\\`\\*\\_\\#");
    for (const line of markdown.split("\n").filter((one) => one.startsWith("| ")))
      expect(line).toMatch(/\|$/);
  });
});

describe("in-toto", () => {
  const parsed = (changes: Changes) => JSON.parse(renderStatement(exportOf(changes)).text);
  test("a clean deployment has PASSED, and names what was deployed", () => {
    const deployment = { environment: "production", artifacts, commit: "c".repeat(40) };
    const statement = parsed({ deployment });
    expect(statement.subject).toEqual([
      { name: "shop.tar.gz", digest: { sha256: "b".repeat(64) } },
      { name: "commit", digest: { gitCommit: "c".repeat(40) } },
    ]);
    expect(statement.predicate).toMatchObject({ result: "PASSED", failedTests: [], warnedTests: [] });
    expect(statement.predicate.passedTests).toHaveLength(shopReport().counts.passed);
  });
  test("a failed one has FAILED; a retried item passes with a warning; a skipped one is in no list", () => {
    const { predicate } = parsed(bad);
    expect(predicate.result).toBe("FAILED");
    expect(predicate.failedTests).toEqual(expect.arrayContaining(["tests", "rate"]));
    expect(predicate.warnedTests).toContain("login");
    expect([...predicate.passedTests, ...predicate.warnedTests, ...predicate.failedTests]).not.toContain(
      "secrets",
    );
  });
  test("an open run is never PASSED, and without artifacts the record is the subject", () => {
    const open = exportOf({ closed: undefined });
    const { text, aboutRecord } = renderStatement(open);
    expect(aboutRecord).toBe(true);
    expect(JSON.parse(text).subject).toEqual([
      { name: "night/1", digest: { sha256: chain([shopNight({ closed: undefined })])[0]?.digest.slice(7) } },
    ]);
    expect(JSON.parse(text).predicate.result).not.toBe("PASSED");
  });
});

describe("OSCAL", () => {
  const parsed = (changes?: Changes) => JSON.parse(renderOscal(exportOf(changes)))["assessment-results"];
  test("an item is an observation, an exception a risk that points to it", () => {
    const { results, metadata } = parsed(bad);
    const [result] = results;
    const report = shopReport(bad);
    expect(result.observations).toHaveLength(report.counts.total);
    expect(result.risks).toHaveLength(report.exceptions.length);
    const ids = new Set(result.observations.map(({ uuid }: { uuid: string }) => uuid));
    for (const risk of result.risks)
      for (const { "observation-uuid": id } of risk["related-observations"] ?? []) expect(ids).toContain(id);
    expect(metadata).toMatchObject({ "oscal-version": "1.1.2", "last-modified": report.asOf.at });
    expect(JSON.stringify(parsed(bad))).not.toContain("<b>");
  });
  test("where no item names a control, none is said to be reviewed, and there is no finding", () => {
    const [result] = parsed().results;
    expect(result["reviewed-controls"]["control-selections"][0]).not.toHaveProperty("include-controls");
    expect(result.findings).toBeUndefined();
  });
});

describe("countersign export", () => {
  freshProject();
  const formats = ["ctrf", "oscal", "in-toto", "junit", "csv", "md"];
  test.each(formats)(
    "%s: the same bytes whenever it is asked for, to a file or to standard output",
    async (format) => {
      await ingest([put("1.json", opening)]);
      await ingest([put("2.json", ending)]);
      const ask = ["export", "2026-03-04-small", "--format", format];
      const one = await type(root(), ask, { now: "2026-03-05T00:00:00Z" });
      const two = await type(root(), [...ask, "-o", "out"], { now: "2031-01-01T00:00:00Z" });
      expect([one.code, two.code]).toEqual([0, 0]);
      expect(readFileSync(join(root(), "out"), "utf8")).toBe(one.stdout);
      expect(one.stdout.length).toBeGreaterThan(500);
    },
  );
  test("an earlier record, a run that is not there, a format that is not known", async () => {
    await ingest([put("1.json", opening)]);
    await ingest([put("2.json", ending)]);
    const first = await type(root(), ["export", "2026-03-04-small", "--format", "md", "--record", "1"]);
    expect(first.stdout).toContain("in progress");
    const wrong = await type(root(), ["export", "2026-03-04-smal", "--format", "md"]);
    expect([wrong.code, wrong.stderr]).toEqual([
      1,
      expect.stringContaining("did you mean '2026-03-04-small'?"),
    ]);
    const format = await type(root(), ["export", "2026-03-04-small", "--format", "xml"]);
    expect(format.code).toBe(2);
  });
});
