/** `sign` and `message` at the command line: records that a command makes itself. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { freshProject, ingest, opening, put, root, tree } from "./small.ts";
import { type as typed } from "./terminal.ts";

freshProject();

const ask = (argv: readonly string[], now = "2026-03-04T21:00:00Z") => typed(root(), argv, { now });
const lead = ["sign", opening.run, "--role", "Lead", "--meaning", "approval", "--by", "bob"];
const stored = (n: number) =>
  JSON.parse(readFileSync(join(root(), "content/runs", opening.run, `${n}.json`), "utf8"));

test("a signature is a record that continues the run and says what it covers", async () => {
  await ingest([put("1.json", opening)]);
  const { code, stdout } = await ask(lead);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^STORED sha256:[0-9a-f]{64}\nrecord 2 of 2026-03-04-small/);
  expect(stdout).toContain("bob, Lead, approval: typed, identity claimed");
  expect(stored(2).record).toMatchObject({
    asOf: "2026-03-04T21:00:00Z",
    previous: stored(1).digest,
    results: [],
    signatures: [
      {
        role: "Lead",
        by: "bob",
        meaning: "approval",
        method: "typed",
        covers: { sections: ["change"], record: stored(1).digest },
      },
    ],
  });
});

test("who signed need not sign again, unless what was signed is amended", async () => {
  await ingest([put("1.json", opening)]);
  await ask(lead);
  const before = tree();
  const again = await ask(lead);
  expect(again.code).toBe(1);
  expect(again.stderr).toContain("it still stands");
  expect(tree()).toEqual(before);
  const amended = {
    ...opening,
    people: undefined,
    asOf: "2026-03-04T22:10:00+01:00",
    results: [],
    amends: [
      {
        pointer: "/results/one/note",
        new: "seen twice",
        by: "ada",
        at: "2026-03-04T22:05:00+01:00",
        reason: "left out",
      },
    ],
  };
  await ingest([put("2.json", amended)]);
  expect(await ask(lead, "2026-03-04T21:20:00Z")).toMatchObject({ code: 0 });
});

test("nothing is stored where somebody only looks, or writes a file", async () => {
  await ingest([put("1.json", opening)]);
  const before = tree();
  expect((await ask([...lead, "--dry-run"])).stdout).toMatch(/^NOT STORED \(dry run/);
  expect((await ask([...lead, "-o", "signature.json"])).stdout).toMatch(/^NOT STORED here/);
  expect(tree()).toEqual(before);
  const answer = await typed(root(), ["ingest", "signature.json"], { now: "2026-03-04T21:10:00Z" });
  expect(answer.stdout).toMatch(/^STORED/);
  expect(await ask([...lead, "-o", "signature.json"])).toMatchObject({ code: 1 });
});

test.each([
  [["--role", "Led"], 2, "did you mean 'Lead'?"],
  [["--meaning", "review"], 2, "Lead is asked for approval, not for review"],
  [["--section", "chang"], 2, "did you mean 'change'?"],
  [["--record", "7"], 2, "from 1 to 1"],
])("a wrong word is said: %s", async (change, code, said) => {
  await ingest([put("1.json", opening)]);
  const [name = "", value = ""] = change;
  const argv = lead.includes(name)
    ? lead.map((one, at) => (lead[at - 1] === name ? value : one))
    : [...lead, ...change];
  const answer = await ask(argv);
  expect(answer.code).toBe(code);
  expect(answer.stdout + answer.stderr).toContain(said);
  expect(readdirSync(join(root(), "content/runs", opening.run))).not.toContain("2.json");
});

test("a clock that is behind the record signs nothing", async () => {
  await ingest([put("1.json", opening)]);
  const answer = await ask(lead, "2026-03-04T18:00:00Z");
  expect(answer.code).toBe(2);
  expect(answer.stderr).toContain("set the clock right");
});
