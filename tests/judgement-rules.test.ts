/** Every rule of the judgement: named by the design, found by a test that it fires and that it does not, explained on a page. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rules } from "../src/model/rules.ts";
import { parseDocsPage } from "../src/source/docs.ts";

const root = join(import.meta.dirname, "..");
const folder = join(root, "content/docs/judgement");
const ids = rules.map(({ id }) => id);
const judged = readdirSync(import.meta.dirname)
  .filter((name) => /^(?:judge-|good-night|assemble|ingest-secrets)/.test(name))
  .map((name) => readFileSync(join(import.meta.dirname, name), "utf8"))
  .join("\n");

/** The rules that a run is judged by, as they were agreed, beside those that refuse a record when it comes in. */
const agreed = {
  results:
    "not-recorded overdue failed waived inconclusive skipped skipped-or-na-without-reason not-applicable blocked mandatory-not-passed retried carried standing-expired derived-contradiction evidence-missing evidence-digest capture-missing witness-missing bulk-tick left-open",
  limits:
    "limit-breached recovered limit-not-observed contradiction reading-missing dwell-short over-duration",
  paths:
    "trigger-fired fired-without-decision trigger-not-looked-at decided-by-other decision-missing go-despite-unmet contingency-incomplete rollback-not-verified criteria-not-met band-red band-amber escalation-late",
  people:
    "signature-missing signature-incomplete approved-late signed-before-the-work signed-earlier-record signer-not-in-role same-person typed-identity",
  time: "out-of-order outside-window late-entry impossible-time future-time emergency-review-missing transcription-unchecked",
  binding: "version-not-released version-superseded corrected open-at-close",
  notes: "target-missed not-done redacted",
};

test("the rules are those that were agreed", () => {
  expect(ids.toSorted()).toEqual(Object.values(agreed).join(" ").split(" ").toSorted());
  expect(new Set(ids).size).toBe(ids.length);
});

test("every rule has a page, and every page a rule", () => {
  expect(readdirSync(folder).sort()).toEqual(ids.map((id) => `${id}.md`).toSorted());
});

const severities = {
  blocker: "A blocker: the run is failed",
  gap: "A gap: the run is incomplete",
  exception: "An exception: the run is clean with exceptions",
  note: "A note: it changes no finding",
};

describe.each(rules)("$id", ({ id, severity, serves, says }) => {
  const page = parseDocsPage(`judgement/${id}`, readFileSync(join(folder, `${id}.md`), "utf8"));
  const text = readFileSync(join(folder, `${id}.md`), "utf8");

  test("is explained as it is judged: its sentence, its severity, what it supports", () => {
    expect(page).toMatchObject({ title: id, summary: says });
    const supports = serves.length === 0 ? "" : ` It supports ${serves.join(", ")}.`;
    expect(text).toContain(`${severities[severity]}, unless \`site.yaml\` says otherwise.${supports}\n`);
    expect(text).toMatch(/\n## When it is quiet\n\n.+\n\n## What to do\n\n.+\n$/);
    for (const [, other = ""] of text.matchAll(/\]\(\.\.\/([a-z-]+)\/\)/g)) expect(ids).toContain(other);
  });

  test("fires in a case of the judge's tests", () => {
    const named = new RegExp(`(?:["\`]|exception |blocker |gap |note )${id}(?![a-z-])`);
    expect(named.test(judged), `no case names ${id}`).toBe(true);
  });
});
