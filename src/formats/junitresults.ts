/**
 * JUnit XML, in: as JUnit, Surefire (reruns and flaky tests), Gradle, pytest, Jest, PHPUnit, GoogleTest and others
 * write it. There is no standard; what has no meaning here is left alone, what a test did not run is not passed.
 */
import { formatInstant, instantOf, parseInstant } from "../model/instant.ts";
import {
  error,
  type ForeignReading,
  type ForeignResult,
  type ForeignStatus,
  type ForeignTry,
  refusedReading,
  said,
  warning,
  type Zone,
} from "./foreign.ts";
import { Problems, timeOf } from "./given.ts";
import { parseXml, type XmlElement } from "./xml.ts";

interface Suite {
  readonly path: readonly string[];
  readonly started: string | null;
  readonly ended: string | null;
}

/**
 * Reads a JUnit report. A test is named by its `name`, by `classname.name`, and by `suite > name`; it was done when
 * its own or its suite's `timestamp` and `time` say.
 */
export function parseJunit(bytes: Uint8Array, zone: Zone): ForeignReading {
  const problems = new Problems();
  const root = parseXml(bytes, problems);
  if (root === null) return refusedReading(problems.all);
  if (root.name !== "testsuites" && root.name !== "testsuite")
    return refusedReading([
      error("not-junit", `line ${root.line}`, `expected <testsuites> or <testsuite>, got <${root.name}>`),
    ]);
  const results: ForeignResult[] = [];
  const visit = (element: XmlElement, outer: Suite): void => {
    const suite = suiteOf(element, outer, zone, problems);
    for (const child of element.children) {
      if (child.name === "testsuite") visit(child, suite);
      else if (child.name === "testcase") results.push(resultOf(child, suite, zone, problems));
    }
  };
  visit(root, { path: [], started: null, ended: null });
  if (results.length === 0) problems.add(warning("no-data", `line ${root.line}`, "the report holds no test"));
  return { results, values: [], own: [], problems: problems.all };
}

function suiteOf(element: XmlElement, outer: Suite, zone: Zone, problems: Problems): Suite {
  const { name, time } = element.attributes;
  const started = startOf(element, zone, problems) ?? outer.started;
  return {
    // The name of the whole is no part of a test's name.
    path: element.name === "testsuite" && name ? [...outer.path, name] : outer.path,
    started,
    ended: startOf(element, zone, problems) === null ? outer.ended : later(started, time),
  };
}

function startOf({ attributes, line }: XmlElement, zone: Zone, problems: Problems): string | null {
  const { timestamp } = attributes;
  return timestamp === undefined || timestamp === ""
    ? null
    : timeOf(timestamp, zone, `line ${line}`, problems);
}

/** A time some seconds later; seconds that cannot be read add nothing. */
function later(time: string | null, seconds: string | undefined): string | null {
  if (time === null) return null;
  const match = /^(\d{1,9})(?:\.(\d{1,9})\d*)?$/.exec((seconds ?? "").replaceAll(",", ""));
  if (!match) return time;
  const { nanos, offset } = instantOf(time);
  const more = BigInt(match[1] ?? 0) * 1_000_000_000n + BigInt((match[2] ?? "").padEnd(9, "0"));
  const moved = formatInstant({ nanos: nanos + more, offset });
  return parseInstant(moved) ? moved : time;
}

const KINDS: Readonly<Record<string, ForeignStatus>> = {
  failure: "failed",
  error: "failed",
  skipped: "skipped",
  disabled: "skipped",
};
/** Surefire: earlier tries of a test that failed in the end, or passed in the end. */
const EARLIER = ["rerunFailure", "rerunError", "flakyFailure", "flakyError"];
/** GoogleTest and others say in an attribute that a test did not run. */
const NOT_RUN = /^(?:notrun|skipped|suppressed|disabled|ignored|not run)$/i;

function resultOf(test: XmlElement, suite: Suite, zone: Zone, problems: Problems): ForeignResult {
  const { name = "", classname, time, status = "", result = "" } = test.attributes;
  if (name === "") problems.add(error("no-name", `line ${test.line}`, "a <testcase> has a name, got none"));
  const own = startOf(test, zone, problems);
  const verdicts = test.children.filter((child) => Object.hasOwn(KINDS, child.name));
  const failed = verdicts.find((child) => KINDS[child.name] === "failed");
  const verdict = failed ?? verdicts[0];
  const unrun = verdict === undefined && [status, result].some((word) => NOT_RUN.test(word));
  const words = /^(?:failed|failure|error|broken)$/i.test(status) || /^(?:failed|error)$/i.test(result);
  return {
    name,
    names: [
      name,
      ...(classname ? [`${classname}.${name}`] : []),
      ...(suite.path.length === 0 ? [] : [[...suite.path, name].join(" > ")]),
    ],
    status: verdict
      ? (KINDS[verdict.name] ?? "inconclusive")
      : unrun
        ? "skipped"
        : words
          ? "failed"
          : "passed",
    started: own ?? suite.started,
    at: own === null ? suite.ended : later(own, time),
    reason: verdict ? sayVerdict(verdict) : unrun ? `not run: ${said(result || status)}` : null,
    attempts: test.children.filter((child) => EARLIER.includes(child.name)).map(tryOf),
    item: null,
    commit: null,
  };
}

function tryOf(element: XmlElement): ForeignTry {
  return { status: "failed", started: null, at: null, reason: sayVerdict(element) };
}

function sayVerdict({ name, attributes, text }: XmlElement): string {
  return said(attributes.message) ?? said(text) ?? said(attributes.type) ?? name;
}
