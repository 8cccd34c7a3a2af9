/** The register in parts: what one run more changes, what is found, how large a page gets. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { manyRows } from "../scripts/benchregister.ts";
import { registerFile, writeRegister } from "../scripts/site/register.ts";
import { openStamps, stampOf } from "../scripts/site/stamps.ts";
import { renderControlsPage } from "../src/html/controlspage.ts";
import { registerFrame, renderRegisterFront, renderRegisterPage } from "../src/html/register.ts";
import { runOf } from "../src/model/controls.ts";
import { type RegisterRow, totalsOf } from "../src/model/register.ts";
import { facetsOf, isChosen, packRows, registerView, unpackRows } from "../src/model/registerpages.ts";
import { openKept } from "../src/source/kept.ts";
import { makeProject } from "./terminal.ts";

const row = (more: Partial<RegisterRow>): RegisterRow => ({
  run: "night",
  number: 1,
  received: "2026-03-04T22:00:00Z",
  checklist: "shop",
  version: "1.0.0",
  title: "Shop deployment",
  product: "Shop",
  environment: "production",
  from: "1.0.0",
  to: "1.1.0",
  change: null,
  changeType: "normal",
  when: "2026-03-04 22:00 UTC",
  day: "2026-03-04",
  asOf: "2026-03-04 23:00 UTC",
  lead: "Ada",
  people: ["Ada", "Bob"],
  outcome: "deployed",
  finding: "clean",
  interim: false,
  total: 10,
  due: 10,
  passed: 10,
  exceptions: 0,
  undispositioned: 0,
  ...more,
});
const rows = manyRows(
  [
    row({}),
    row({ outcome: "in progress", finding: "incomplete", people: ["Cy"], product: null }),
    row({ checklist: "bank", environment: "staging", outcome: "stopped", finding: "with exceptions" }),
  ],
  302,
);

async function write(root: string, shown: readonly RegisterRow[], name: string): Promise<number> {
  const frame = join(root, name, "reports", registerFrame.page);
  mkdirSync(frame, { recursive: true });
  writeFileSync(join(frame, "index.html"), `<title>${registerFrame.title}</title>${registerFrame.body}`);
  const kept = openKept(join(root, "kept"));
  return (await writeRegister({ kept, layout: "test" }, { rows: shown, controls: [] }, join(root, name)))
    .made;
}

const filesIn = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1).replaceAll("\\", "/"), readFileSync(path, "utf8")]),
  );

test("one run more changes the last page and shard, and the one before only when it is full", async () => {
  const root = makeProject({});
  expect(await write(root, rows.slice(0, 299), "a")).toBe(6);
  expect(await write(root, rows.slice(0, 300), "b")).toBe(2);
  expect(await write(root, rows.slice(0, 301), "c")).toBe(3); // page 3 gets its way to page 4
  expect(await write(root, rows, "d")).toBe(2);
  const [before, after] = [filesIn(join(root, "c/reports")), filesIn(join(root, "d/reports"))];
  const changed = [...after].filter(([name, text]) => before.get(name) !== text).map(([name]) => name);
  expect(changed.sort()).toEqual(["_index/4.json", "_pages/4/index.html", "register.csv", "register.json"]);
  expect([...after.keys()].some((name) => name.includes(registerFrame.page))).toBe(false);
  for (const [name, text] of after) expect([name, registerFile(name, rows) ?? text]).toEqual([name, text]);
  expect(JSON.parse(after.get("register.json") ?? "")).toEqual(rows);
  const shards = [1, 2, 3, 4].map((n) => JSON.parse(after.get(`_index/${n}.json`) ?? ""));
  expect(shards.flatMap(unpackRows)).toEqual(rows);
});

test("every run stands on exactly one page, and every page can be reached without a script", async () => {
  const root = makeProject({});
  await write(root, rows, "site");
  const found = [1, 2, 3, 4].flatMap((n) => {
    const page = readFileSync(join(root, `site/reports/_pages/${n}/index.html`), "utf8");
    expect(page).toContain(`<title>Register of runs, page ${n}</title>`);
    return [...page.matchAll(/href="\.\.\/\.\.\/\.\.\/reports\/([^"/]+)\/"/g)]
      .map(([, run]) => run)
      .reverse();
  });
  expect(found).toEqual(rows.map(({ run }) => run));
  const front = renderRegisterFront(registerView(rows));
  expect([...front.matchAll(/href="_pages\/(\d+)\/"/g)].map(([, n]) => n)).toEqual(["3", "4", "3", "2", "1"]);
  expect(front).toContain("The newest 100 runs");
});

test("filters find by each value, days included, and totals add up", () => {
  const facets = facetsOf(rows);
  expect(facets.product).toEqual(["Shop"]);
  expect(facets.person).toEqual(["Ada", "Bob", "Cy"]);
  const chosen = (choice: Readonly<Record<string, string>>): readonly RegisterRow[] =>
    rows.filter((one) => isChosen(one, new Map(Object.entries(choice))));
  expect(chosen({ person: "Cy" })).toHaveLength(101);
  expect(chosen({ person: "Ada", checklist: "bank", finding: "" })).toHaveLength(100);
  expect(chosen({ product: "Shop", outcome: "in progress" })).toEqual([]);
  expect(chosen({ from: "2020-01-02", to: "2020-01-03" })).toHaveLength(48);
  const { runs, outcomes, findings } = totalsOf(chosen({ environment: "production" }));
  for (const words of [outcomes, findings])
    expect((words as readonly (readonly [string, number])[]).reduce((sum, [, count]) => sum + count, 0)).toBe(
      runs,
    );
});

test("a page of the longest names stays below 100 kB, and what pages say of runs does not grow", () => {
  const long = "é & ".repeat(40);
  const wide = manyRows([row({ environment: long, from: long, to: long, lead: long })], 100);
  const html = renderRegisterPage(wide, { number: 7, isLast: false });
  expect(Buffer.byteLength(html)).toBeLessThan(92_000);
  expect(html).toContain("Runs 601 to 700");
  const view = registerView(rows);
  expect(view.byChecklist.shop?.count).toBe(202);
  expect(view.byChecklist.shop?.rows).toHaveLength(20);
  expect(view.open.rows[0]?.run).toBe(rows.findLast(({ outcome }) => outcome === "in progress")?.run);
  expect(packRows([])).toEqual({ columns: [], rows: [] });
});

test("a run is not read again while no file of it is another, and is as soon as one is", () => {
  const root = makeProject({ "run/1.json": "{}", "run/evidence/a": "a" });
  const later = (): Date => new Date(Date.now() + 5000);
  expect(stampOf(join(root, "run"), new Date())).toBe(null);
  const stamp = stampOf(join(root, "run"), later());
  const stamps = openStamps<string>(join(root, "runs.json"), "key");
  stamps.set("run", stamp, "read");
  stamps.save(["run"]);
  const reopened = openStamps<string>(join(root, "runs.json"), "key");
  expect(reopened.get("run", stampOf(join(root, "run"), later()))).toBe("read");
  writeFileSync(join(root, "run/evidence/a"), "b");
  expect(reopened.get("run", stampOf(join(root, "run"), later()))).toBe(null);
  expect(openStamps<string>(join(root, "runs.json"), "other").get("run", stamp)).toBe(null);
});

test("by control: how many runs looked, how many fell short, and which were not assessed; the newest are named", () => {
  const runs = rows.slice(0, 25).map((one, at) => ({
    ...runOf(one),
    controls: [
      { control: "SOC2 CC8.1", isWhole: true, items: 0, looked: 0, good: 0, notAssessed: "no item names it" },
      {
        control: "ISO <8.29>",
        isWhole: false,
        items: 4,
        looked: at % 5 === 0 ? 0 : 3,
        good: at % 5 === 1 ? 2 : 3,
        notAssessed: at % 5 === 0 ? "none of its items is due yet" : null,
      },
    ],
  }));
  const html = renderControlsPage(runs);
  expect(html).toContain("ISO &#x3C;8.29></h2>");
  expect(html).toContain(
    "25 runs name it; 20 looked at items for it; 5 with items that are not as they should be; 5 not assessed",
  );
  expect(html).toContain("25 runs name it; as a whole: not assessed item by item");
  expect(html).toContain("not assessed: none of its items is due yet");
  expect(html).toContain("2 of 3, 1 not looked at");
  expect([...html.matchAll(/<tr>/g)]).toHaveLength(2 * 11);
});
