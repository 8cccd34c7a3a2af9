/** Deployments as others list them, against what is recorded. */
import { describe, expect, test } from "vitest";
import { instantIn, parseDeployments } from "../scripts/deployments.ts";
import { zoneOf } from "../scripts/zone.ts";
import { csvOf, parseCsv } from "../src/model/csv.ts";
import { type Deployed, type RecordedRun, reconcile } from "../src/model/reconciling.ts";
import { ending, freshProject, ingest, opening, put, root } from "./small.ts";
import { type as typed } from "./terminal.ts";

const deployed = (given: Partial<Deployed> = {}): Deployed => ({
  line: 2,
  at: "2026-03-04T22:00:00Z",
  environment: "production",
  version: "1.0.0",
  commit: null,
  change: null,
  run: null,
  product: null,
  ...given,
});
const recorded = (given: Partial<RecordedRun> = {}): RecordedRun => ({
  run: "a",
  checklist: "shop",
  product: "Shop",
  environment: "production",
  version: "1.0.0",
  commit: null,
  change: null,
  at: "2026-03-04T21:00:00Z",
  asOf: "2026-03-04T23:00:00Z",
  outcome: "deployed",
  finding: "clean",
  ...given,
});
const shown = (deployments: readonly Deployed[], runs: readonly RecordedRun[]) => {
  const { pairs, unrecorded, undeployed, open } = reconcile(deployments, runs, null);
  return {
    pairs: pairs.map(
      ({ deployment, run, by, differences }) => `${deployment.line} ${run.run} ${by} ${differences.length}`,
    ),
    unrecorded: unrecorded.map(({ line }) => line),
    undeployed: undeployed.map(({ run }) => run),
    open: open.map(({ run }) => run),
  };
};

describe("which run a deployment is", () => {
  test.each<[string, Partial<Deployed>, Partial<RecordedRun>, string | null]>([
    ["the version, in the same environment", {}, {}, "version"],
    ["not in another environment", { environment: "staging" }, {}, null],
    ["not a version that is only alike", { version: "1.0" }, {}, null],
    ["not a version of last month", { at: "2026-02-04T22:00:00Z" }, {}, null],
    [
      "the commit, shortened to seven digits",
      { version: null, commit: "abcdef0" },
      { commit: "ABCDEF0123" },
      "commit",
    ],
    ["not a commit shorter than that", { version: null, commit: "abcdef" }, { commit: "abcdef0123" }, null],
    [
      "the change",
      { version: null, change: "CHG-1" },
      { change: "CHG-1", at: "2026-03-01T21:00:00Z" },
      "change",
    ],
    ["another change is another deployment", { change: "CHG-1" }, { change: "CHG-2" }, null],
    ["the run, even if the version is another", { run: "a", version: "2" }, {}, "run"],
    ["a named run that is not there is none", { run: "b" }, {}, null],
    ["the product or the checklist", { product: "shop" }, {}, "version"],
    ["not another product", { product: "Till" }, {}, null],
  ])("%s", (_, given, run, by) => {
    expect(reconcile([deployed(given)], [recorded(run)], null).pairs.map((pair) => pair.by)).toEqual(
      by === null ? [] : [by],
    );
  });

  test("each run is taken once, by the nearest, and a named one before a likely one", () => {
    const runs = [recorded(), recorded({ run: "b", at: "2026-03-05T10:00:00Z" })];
    expect(shown([deployed(), deployed({ line: 3, run: "a" }), deployed({ line: 4 })], runs)).toEqual({
      pairs: ["2 b version 0", "3 a run 0"],
      unrecorded: [4],
      undeployed: [],
      open: [],
    });
  });

  test("what was stopped deployed nothing, what is open is listed, and what lies outside the period is not looked at", () => {
    const runs = [
      recorded({ run: "stopped", outcome: "stopped", version: "0.9" }),
      recorded({ run: "open", outcome: "in progress", version: "0.8" }),
      recorded({ run: "old", at: "2025-03-04T21:00:00Z", version: "0.7" }),
      recorded({ run: "back", outcome: "rolled back", version: "0.6" }),
    ];
    expect(shown([deployed()], runs)).toEqual({
      pairs: [],
      unrecorded: [2],
      undeployed: ["back"],
      open: ["open"],
    });
  });

  test("a pair that does not agree says in what", () => {
    const [pair] = reconcile(
      [deployed({ run: "a", version: "2.0.0" })],
      [recorded({ outcome: "stopped" })],
      null,
    ).pairs;
    expect(pair?.differences).toEqual([
      "the list says version 2.0.0, the record says 1.0.0",
      "the record says that it was stopped before the change",
    ]);
  });
});

describe("the list", () => {
  const read = (text: string, zone?: string) => parseDeployments(text, zoneOf(zone));

  test("quotes, line ends, a byte order mark and columns in any order are read", () => {
    const { deployments, faults, ignored } = read(
      '\uFEFFenv,"Deployed at",note,Tag\r\nprod,2026-03-04 22:00Z,"a ""b"",\nc",v1\r\n\r\n',
    );
    expect({ faults, ignored }).toEqual({ faults: [], ignored: ["note"] });
    expect(deployments).toEqual([
      deployed({ environment: "prod", at: "2026-03-04T22:00:00Z", version: "v1" }),
    ]);
  });

  test.each([
    ["", "the file is empty"],
    ["env,version\nprod,1\n", "there is no column deployed_at"],
    ["at,env\n2026-03-04T22:00:00Z,\n", "line 2: the environment is empty"],
    ["at,env\n2026-03-04 22:00,prod\n", "add --timezone"],
    ["at,env\n2026-02-30T22:00:00Z,prod\n", "line 2: '2026-02-30T22:00:00Z' is no time"],
    ["at,env\n2026-03-04T22:00:00Z\n", "line 2: 1 cells, the first line has 2"],
    ['at,env\n"2026,prod\n', "a quote is not closed"],
    ["at,time,env\n", "at and time both say the at"],
  ])("a fault has its line: %j", (text, said) => {
    const { deployments, faults } = read(text);
    expect(deployments).toEqual([]);
    expect(faults.join("\n")).toContain(said);
  });

  test("a local time is read in the zone that is named, unless the clocks were changed in that hour", () => {
    const zone = zoneOf("Europe/Berlin");
    expect(instantIn("2026-03-04 22:00", zone)).toBe("2026-03-04T22:00:00+01:00");
    expect(instantIn("2026-07-04 22:00", zone)).toBe("2026-07-04T22:00:00+02:00");
    expect(instantIn("2026-03-29 02:30", zone)).toBeNull();
    expect(instantIn("2026-10-25 02:30", zone)).toBeNull();
  });

  test("what was made safe for spreadsheets is read back", () => {
    const rows = [
      ["at", "env", "version"],
      ["2026-03-04T22:00:00Z", "prod", "=1+1"],
      ["2026-03-04T22:00:00Z", 'a"b', "-2\n"],
    ];
    const read = parseCsv(csvOf(rows));
    expect(read).toMatchObject({ fault: null });
    expect(read.rows.map(({ line }) => line)).toEqual([1, 2, 3]);
    expect(
      parseDeployments(csvOf(rows), zoneOf(undefined)).deployments.map(({ version }) => version),
    ).toEqual(["=1+1", "-2"]);
  });
});

describe("the command", () => {
  freshProject();
  const ask = (...argv: string[]) => typed(root(), ["reconcile", ...argv]);
  const head = "deployed_at,environment,run\n";

  test("agrees, disagrees, refuses", async () => {
    await ingest([
      put("1.json", {
        ...opening,
        ...ending,
        people: opening.people,
        results: [...opening.results, ...ending.results],
      }),
    ]);
    const line = "2026-03-04T20:30:00+01:00,staging,";
    expect(await ask(put("a.csv", `${head}${line}${opening.run}\n`))).toMatchObject({ code: 0 });
    const wrong = await ask(put("b.csv", `${head}${line}other\n`), "--json");
    expect(wrong.code).toBe(3);
    expect(JSON.parse(wrong.stdout)).toMatchObject({
      unrecorded: [{ run: "other", line: 2 }],
      undeployed: [{ run: opening.run }],
    });
    const text = await ask(put("c.csv", `${head}${line}\u001b[2J\n`));
    expect(text.stdout).toContain("deployments without a record: 1\n");
    expect(text.stdout).not.toContain("\u001b");
    expect(await ask(put("d.csv", "a,b\n"))).toMatchObject({ code: 1, stdout: "" });
    expect(await ask("in/none.csv")).toMatchObject({ code: 2 });
    expect(await ask(put("e.csv", head), "--from", "2026-03-01")).toMatchObject({ code: 2 });
    const march = ["--from", "2026-03-01", "--to", "2026-03-31", "--timezone", "Europe/Lisbon"];
    expect(await ask(put("f.csv", head), ...march)).toMatchObject({ code: 3 });
    expect(await ask(put("g.csv", head), ...march, "--environment", "production")).toMatchObject({ code: 0 });
  });
});
