/** `countersign template`: what it prints can be filled in, and is taken in as what it is: nothing recorded yet. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { outlineOf } from "../src/model/outline.ts";
import { currentVersion } from "../src/model/version.ts";
import { readChecklists } from "../src/source/checklists.ts";
import { makeProject, type } from "./terminal.ts";

const home = fileURLToPath(new URL("..", import.meta.url));
const { checklists, lock } = readChecklists(home);
const names = Object.keys(lock.checklists).map((id) => `${id}@${currentVersion(lock, id, "2026-06-30")}`);

interface Template {
  readonly run: string;
  readonly results: readonly { readonly item: string; readonly status: null }[];
  readonly extra: {
    readonly items: Readonly<
      Record<
        string,
        {
          readonly text: string;
          readonly statuses: readonly string[];
          readonly limits?: readonly { readonly limit: string; readonly unit: string | null }[];
        }
      >
    >;
    readonly questions: readonly { readonly id: string; readonly answers: readonly string[] }[];
    readonly signatures: readonly { readonly id: string }[];
  };
}

function project(): string {
  const content = join(home, "content");
  const files = readdirSync(content, { recursive: true, encoding: "utf8" }).filter((name) =>
    /^(?:checklists\/.*\.md|lock\.json|site\.yaml)$/.test(name),
  );
  return makeProject(
    Object.fromEntries(files.map((name) => [`content/${name}`, readFileSync(join(content, name))])),
  );
}

describe.each(names)("%s", (name) => {
  test("has every item that is recorded by a result, once, with its text, its limits and what it can be", async () => {
    const { code, stdout } = await type(home, ["template", name]);
    const template = JSON.parse(stdout) as Template;
    const checklist = checklists.find(({ id, version }) => `${id}@${version}` === name);
    if (!checklist) throw new Error(`no ${name}`);
    const asked = outlineOf(checklist).items.filter(
      ({ derived, signs }) => derived === null && signs === null,
    );
    expect(code).toBe(0);
    expect(template.results).toEqual(asked.map(({ id }) => ({ item: id, status: null })));
    for (const { id, text, limits } of asked) {
      const hint = template.extra.items[id];
      expect(hint?.text).toBe(text);
      expect(hint?.statuses.length, id).toBeGreaterThan(1);
      expect((hint?.limits ?? []).map(({ limit }) => limit)).toEqual(limits.map((limit) => limit.text));
    }
    expect(template.extra.questions.map(({ id }) => id)).toEqual(checklist.questions.map(({ id }) => id));
    expect(template.extra.signatures).toHaveLength(checklist.signoffs.length);
  });

  test("is taken in as it is: in progress, incomplete, nothing counted as passed", async () => {
    const root = project();
    const { stdout } = await type(root, ["template", name]);
    const answer = await type(root, ["ingest", "--format", "json", "-"], { stdin: stdout });
    expect([answer.code, answer.stderr]).toEqual([3, expect.stringMatching(/^STORED /)]);
    const { records } = JSON.parse(answer.stdout) as {
      records: [{ outcome: string; finding: string; counts: { byStatus: readonly { status: string }[] } }];
    };
    expect(records[0]).toMatchObject({ outcome: "in progress", finding: "incomplete" });
    expect(
      records[0].counts.byStatus
        .map(({ status }) => status)
        .filter((status) => /passed|met|clear|seen/.test(status)),
    ).toEqual([]);
  });

  test("filled in, it is a record", async () => {
    const root = project();
    const template = JSON.parse((await type(root, ["template", name])).stdout) as Template;
    const [first] = template.results;
    const filled = {
      ...template,
      results: [
        {
          ...first,
          status: template.extra.items[first?.item ?? ""]?.statuses[0],
          at: "2026-03-05T11:59:00Z",
        },
      ],
    };
    const { stdout } = await type(root, ["ingest", "-"], { stdin: JSON.stringify(filled) });
    expect(stdout).toMatch(/^STORED /);
    expect(stdout).toMatch(/^items .*\b1 passed\b/m);
  });
});

test("a checklist without times is one run in one file: what is not recorded was left open", async () => {
  const root = makeProject({
    "content/checklists/plain/1.md": "---\ntitle: Plain\n---\n\n## Do\n\n- [ ] One\n- [ ] Two\n",
  });
  const { stdout } = await type(root, ["template", "plain@1"]);
  const answer = await type(root, ["ingest", "-"], { stdin: stdout });
  expect([answer.code, answer.stdout]).toEqual([3, expect.stringMatching(/^finding {2}incomplete/m)]);
  const filled = JSON.parse(stdout) as { results: { status: string | null }[] };
  for (const result of filled.results) result.status = "passed";
  const whole = await type(root, ["ingest", "-"], { stdin: JSON.stringify({ ...filled, run: "whole" }) });
  expect([whole.code, whole.stdout]).toEqual([
    0,
    expect.stringMatching(/^outcome {2}deployed\nfinding {2}clean/m),
  ]);
});

test("--run names the run; without it the date, the checklist and the environment do", async () => {
  const named = await type(home, ["template", names[0] ?? "", "--run", "my-run"]);
  expect(JSON.parse(named.stdout)).toMatchObject({ run: "my-run", asOf: "2026-03-05T12:00:00Z" });
  const { run } = JSON.parse((await type(home, ["template", names[0] ?? ""])).stdout) as Template;
  expect(run).toBe(`2026-03-05-${names[0]?.split("@")[0]}-production`);
});

test.each([
  ["nothing@1.0", 1, "there is no content/checklists/nothing/1.0.md"],
  ["../x@1.0", 1, "there is no content/checklists/../x/1.0.md"],
  ["restaurant-os", 2, "expected <id>@<version>"],
])("%s", async (name, code, expected) => {
  expect(await type(home, ["template", name])).toMatchObject({
    code,
    stdout: "",
    stderr: expect.stringContaining(expected) as string,
  });
});
