/** `message`: a template filled from the run, or nothing at all. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { outlineOf } from "../src/model/outline.ts";
import { fillTemplate } from "../src/model/placeholders.ts";
import { checklist, record, run } from "./build.ts";
import { makeProject, type as typed } from "./terminal.ts";

const source = `---
title: A small change
fields: [{id: contact, label: Whom to ask, type: text}]
---

## Work <!-- section: {id: work, stage: change} -->

- [ ] It is done. <!-- item: done -->

## Messages <!-- section: {id: messages, role: templates} -->

### Notice <!-- section: notice -->

\`\`\`text
On [DATE], from [START] to [END], {PRODUCT} goes to {VERSION} ({GIT_SHA}). Ask [CONTACT]. [WEATHER]
\`\`\`
`;

const opening = {
  schema: "countersign/run@1",
  run: "night",
  asOf: "2026-03-04T20:00:00+01:00",
  checklist: { id: "small", version: "1.0" },
  deployment: { environment: "staging", to: "6.0.4", commit: "abcdef0" },
  window: { plannedStart: "2026-03-04T22:00:00+01:00", plannedEnd: "2026-03-05T00:30:00+01:00" },
  fields: { contact: "Ada, $& and $1" },
  people: [{ id: "ada" }],
  results: [],
};

async function project() {
  const root = makeProject({
    "content/checklists/small/1.0.md": source,
    "content/site.yaml": "organisation: Test\nurl: https://runbooks.example.com/test\n",
    "1.json": JSON.stringify(opening),
  });
  await typed(root, ["ingest", "1.json"], { now: "2026-03-04T19:01:00Z" });
  return (...argv: string[]) =>
    typed(root, ["message", "night", ...argv], { now: "2026-03-04T19:30:00Z" }).then((answer) => ({
      ...answer,
      root,
    }));
}

test("what is missing is asked for, and nothing half-filled is printed", async () => {
  const ask = await project();
  const answer = await ask("--template", "notice");
  expect(answer).toMatchObject({ code: 1, stdout: "" });
  expect(answer.stderr).toContain(
    "the run does not say PRODUCT, WEATHER; add --set PRODUCT=… --set WEATHER=…",
  );
  const json = await ask("--template", "notice", "--json");
  expect(json.code).toBe(1);
  expect(JSON.parse(json.stdout)).toMatchObject({ text: null, missing: ["PRODUCT", "WEATHER"] });
});

const sets = ["--template", "notice", "--set", "PRODUCT=Shop", "--set", "weather=It rains [DATE]."];

test("fields, what is given and what the run knows stand where they belong", async () => {
  const ask = await project();
  expect(await ask(...sets)).toMatchObject({
    code: 0,
    stdout:
      "On 2026-03-04, from 22:00 +01:00 to 2026-03-05 00:30 +01:00, Shop goes to 6.0.4 (abcdef0). Ask Ada, $& and $1. It rains [DATE].\n",
  });
});

test("that it was sent is a record, which the report prints", async () => {
  const ask = await project();
  const answer = await ask(...sets, "--sent", "--by", "ada", "--channel", "#ops");
  expect(answer.code).toBe(0);
  expect(answer.stdout).toMatch(/^STORED sha256:/);
  expect(answer.stdout).toContain("Shop goes to 6.0.4");
  const envelope = JSON.parse(readFileSync(join(answer.root, "content/runs/night/2.json"), "utf8"));
  expect(envelope.record.messages).toMatchObject([
    {
      template: "notice",
      by: "ada",
      channel: "#ops",
      at: "2026-03-04T19:30:00Z",
      values: { VERSION: "6.0.4" },
    },
  ]);
});

test.each([
  [["--template", "notic"], "did you mean 'notice'?"],
  [["--template", "notice", "--set", "WEATER=x"], "did you mean WEATHER?"],
  [["--template", "notice", "--set", "WEATHER"], "--set is NAME=TEXT"],
  [["--template", "notice", "--set", "WEATHER=a", "--set", "weather=b"], "given twice"],
  [["--template", "notice", "--sent"], "--sent needs --by"],
  [["--template", "notice", "--channel", "x"], "add --sent"],
])("wrong usage is said: %s", async (argv, said) => {
  const answer = await (await project())(...argv);
  expect(answer).toMatchObject({ code: 2, stdout: "" });
  expect(answer.stderr).toContain(said);
});

test("a name that is only alike gets no value", () => {
  const of = checklist(
    "## M <!-- section: {id: m, role: templates} -->\n```text\n{VERSIONS} {TO_VERSION} {to}\n```\n- [ ] x <!-- item: x -->",
  );
  const [template] = outlineOf(of).codes.flatMap((code) => code.template ?? []);
  if (!template) throw new Error("no template");
  const filled = fillTemplate(
    template,
    run(of, record(of, { deployment: { environment: "e", to: "9" } })),
    of,
    {},
  );
  expect(filled.text).toContain("{VERSIONS} {TO_VERSION}");
});
