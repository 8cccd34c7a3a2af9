/**
 * CTRF (Common Test Report Format) 1.0.0, out. Every item that counts is one test; what was recorded is kept
 * under `extra.countersign`, so that a report that is read again loses no status, id, time or value.
 */
import { earliest, instantOf, latest } from "../model/instant.ts";
import type { ItemReport } from "../model/itemreport.ts";
import type { Finding, RunResult } from "../model/result.ts";
import {
  countedItems,
  type Exported,
  linkOf,
  recordDigest,
  type Tested,
  testedAs,
  titleOf,
  whyOf,
} from "./exported.ts";

/** A CTRF report as JSON text. `tool` is the version of this software that exports. */
export function renderCtrf(exported: Exported, tool: string): string {
  const { report, checklist, results, uuid } = exported;
  const items = countedItems(report);
  const byItem = Map.groupBy(results, ({ item }) => item);
  const names = new Map(checklistNames(exported));
  const tests = items.map((item) => testOf(item, exported, byItem.get(item.id) ?? [], names.get(item.id)));
  const times = results.flatMap(({ started, at }) => [started, at]);
  const count = (status: Tested): number => tests.filter((test) => test.status === status).length;
  const start = millis(earliest(times) ?? report.asOf.at);
  const stop = millis(latest(times) ?? report.asOf.at);
  const document = {
    reportFormat: "CTRF",
    specVersion: "1.0.0",
    reportId: uuid("ctrf"),
    runId: report.run,
    timestamp: report.asOf.at,
    generatedBy: `countersign ${tool}`,
    results: {
      tool: { name: "countersign", version: tool },
      summary: {
        tests: tests.length,
        passed: count("passed"),
        failed: count("failed"),
        skipped: count("skipped"),
        pending: count("pending"),
        other: count("other"),
        flaky: tests.filter(({ flaky }) => flaky).length,
        suites: new Set(items.map(({ section }) => section)).size,
        start,
        stop,
        duration: stop - start,
      },
      tests,
      environment: {
        reportName: `${checklist.title}: ${report.run}`,
        ...(checklist.product === null ? {} : { appName: checklist.product.name }),
        ...(report.deployment.to === null ? {} : { appVersion: report.deployment.to }),
        ...(report.deployment.commit === null ? {} : { commit: report.deployment.commit }),
        testEnvironment: report.deployment.environment,
        healthy: report.finding === "clean",
      },
      extra: {
        countersign: {
          run: report.run,
          number: report.number,
          record: recordDigest(report),
          checklist: {
            id: checklist.id,
            version: checklist.version,
            digest: report.provenance.checklistDigest,
          },
          asOf: report.asOf.at,
          outcome: report.outcome,
          finding: report.finding,
          report: linkOf(exported),
        },
      },
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Titles of sections from the top down, by item. */
function checklistNames({ report }: Exported): [string, string[]][] {
  const sections = new Map(report.sections.map((section) => [section.id, section]));
  return report.items.map(({ id, section }) => {
    const path: string[] = [];
    for (let at = sections.get(section); at; at = at.parent === null ? undefined : sections.get(at.parent))
      path.unshift(titleOf(at));
    return [id, path];
  });
}

function testOf(item: ItemReport, { report }: Exported, results: readonly RunResult[], suite: string[] = []) {
  const why = whyOf(item, report);
  const status = testedAs(item);
  const tries = results.flatMap(({ attempts }) => attempts);
  const [begun, ended] = [item.started?.at ?? null, item.at?.at ?? null];
  return {
    testId: item.id,
    name: titleOf(item) || item.id,
    status,
    duration: begun === null || ended === null ? 0 : Math.max(0, millis(ended) - millis(begun)),
    ...(begun === null ? {} : { start: millis(begun) }),
    ...(ended === null ? {} : { stop: millis(ended) }),
    ...(suite.length === 0 ? {} : { suite }),
    ...(why === null ? {} : { message: why }),
    rawStatus: item.status,
    type: item.role,
    ...(tries.length === 0
      ? {}
      : {
          retries: tries.length,
          flaky: status === "passed",
          retryAttempts: [...tries, ...results.slice(-1)].map(attemptOf),
        }),
    extra: { countersign: { item: item.id, results: results.map(recordedOf) } },
  };
}

function attemptOf(one: Finding, index: number) {
  return {
    attempt: index + 1,
    status: attemptStatus(one),
    ...(one.reason === null ? {} : { message: one.reason }),
    ...(one.started === null ? {} : { start: millis(one.started) }),
    ...(one.at === null ? {} : { stop: millis(one.at) }),
  };
}

function attemptStatus({ status }: Finding): Tested {
  return status === null ? "pending" : testedAs({ status, good: status !== "not-met" });
}

/** What the record says, in the written form of results; people stay with the record that lists them. */
function recordedOf({ attempts, ...last }: RunResult) {
  return { ...looked(last), ...(attempts.length === 0 ? {} : { attempts: attempts.map(looked) }) };
}

function looked({ status, at, started, enteredAt, reason, method, observed, captures, note }: Finding) {
  return {
    status,
    ...given({ at, started, enteredAt, reason, method, note }),
    ...(observed.length === 0
      ? {}
      : { observed: observed.map((one) => ({ ...given(one), value: one.value })) }),
    ...(Object.keys(captures).length === 0 ? {} : { capture: captures }),
  };
}

/** Without what is null. */
function given(values: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

/** Milliseconds since 1970, down to the millisecond before. */
function millis(instant: string): number {
  return Number(instantOf(instant).nanos / 1_000_000n);
}
