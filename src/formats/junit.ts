/**
 * JUnit XML, out: one suite a section, one case an item that counts. What has to stop a pipeline is a failure or
 * an error (a gap is one); what is not due, not selected or skipped is skipped.
 */
import { compareInstants, earliest, formatInstant, instantOf } from "../model/instant.ts";
import { type ItemReport, statusWords } from "../model/itemreport.ts";
import type { Report } from "../model/report.ts";
import { escapeXml } from "./escape.ts";
import { countedItems, type Exported, linkOf, recordDigest, testedAs, titleOf, whyOf } from "./exported.ts";

type Kind = "passed" | "failure" | "error" | "skipped";

/** A JUnit document as text. */
export function renderJunit(exported: Exported): string {
  const { report } = exported;
  const items = countedItems(report);
  const suites = report.sections
    .map((section) => ({ section, cases: items.filter((item) => item.section === section.id) }))
    .filter(({ cases }) => cases.length > 0);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: `${report.run} ${report.number}`, ...totals(items) })}>`,
    ...suites.flatMap(({ section, cases }) => [
      `  <testsuite${attributes({ name: titleOf(section), id: section.id, ...totals(cases), ...begun(cases, report) })}>`,
      ...propertiesOf(exported),
      ...cases.flatMap((item) => caseOf(item, report)),
      "  </testsuite>",
    ]),
    "</testsuites>",
  ];
  return `${lines.join("\n")}\n`;
}

function kindOf(item: ItemReport): Kind {
  const tested = testedAs(item);
  if (tested === "failed") return "failure";
  if (tested === "passed" || item.status === "carried") return tested === "passed" ? "passed" : "skipped";
  if (tested === "other" || item.status === "not-recorded") return "error";
  return "skipped";
}

function totals(items: readonly ItemReport[]): Readonly<Record<string, string>> {
  const count = (kind: Kind): string => String(items.filter((item) => kindOf(item) === kind).length);
  return {
    tests: String(items.length),
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
    time: seconds(items.reduce((sum, item) => sum + nanosOf(item), 0n)),
  };
}

/** When the first of them was done; some readers know no offset but Z. */
function begun(items: readonly ItemReport[], { asOf }: Report): Readonly<Record<string, string>> {
  const first = earliest(items.map(({ started, at }) => started?.at ?? at?.at)) ?? asOf.at;
  return { timestamp: formatInstant({ nanos: instantOf(first).nanos, offset: 0 }) };
}

function propertiesOf(exported: Exported): string[] {
  const { report } = exported;
  const values = {
    run: report.run,
    environment: report.deployment.environment,
    version: report.deployment.to ?? "",
    outcome: report.outcome,
    finding: report.finding,
    record: recordDigest(report),
    report: linkOf(exported),
  };
  return [
    "    <properties>",
    ...Object.entries(values).map(([name, value]) => `      <property${attributes({ name, value })}/>`),
    "    </properties>",
  ];
}

function caseOf(item: ItemReport, report: Report): string[] {
  const kind = kindOf(item);
  const head = {
    classname: `${report.checklist.id}.${item.section}`,
    name: titleOf(item) || item.id,
    time: seconds(nanosOf(item)),
  };
  const values = { item: item.id, status: item.status, ...(item.at === null ? {} : { at: item.at.at }) };
  const why = whyOf(item, report) ?? statusWords[item.status];
  return [
    `    <testcase${attributes(head)}>`,
    "      <properties>",
    ...Object.entries(values).map(([name, value]) => `        <property${attributes({ name, value })}/>`),
    "      </properties>",
    ...(kind === "passed" ? [] : [`      <${kind}${attributes(verdict(kind, item, why))}/>`]),
    "    </testcase>",
  ];
}

/** `type` belongs to failures and errors only. */
function verdict(kind: Kind, { status }: ItemReport, why: string): Readonly<Record<string, string>> {
  return kind === "skipped" ? { message: `${statusWords[status]}: ${why}` } : { type: status, message: why };
}

function nanosOf({ started, at }: ItemReport): bigint {
  if (started === null || at === null || compareInstants(started.at, at.at) > 0) return 0n;
  return instantOf(at.at).nanos - instantOf(started.at).nanos;
}

function seconds(nanos: bigint): string {
  const millis = nanos / 1_000_000n;
  return `${millis / 1000n}.${String(millis % 1000n).padStart(3, "0")}`;
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
    .join("");
}
