/** The judge against a reference that was written apart from it, on nights made up by chance, in any order of their records. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { report } from "./build.ts";
import { nights, recordsOf, things, world } from "./nights.ts";
import { verdictOf } from "./reference.ts";

/** COUNTERSIGN_NIGHTS=50000 tries as many. */
const numRuns = Number(process.env.COUNTERSIGN_NIGHTS ?? 2000);

test("the judge and the reference agree on outcome, finding and counts", { timeout: 600_000 }, () => {
  const places = fc.array(fc.integer(), { minLength: 4, maxLength: 4 });
  const outcomes = new Map<string, number>();
  fc.assert(
    fc.property(nights, places, (night, order) => {
      const made = report(world, [...recordsOf(night, order)], {
        policy: { severities: { "late-entry": "note" } },
      });
      const expected = verdictOf(things, night);
      const counts = Object.fromEntries(made.counts.byStatus.map(({ status, count }) => [status, count]));
      const said = made.exceptions.map(({ severity, rule, items }) =>
        [severity, rule, ...items.map(({ id }) => id)].join(" "),
      );
      expect({ outcome: made.outcome, finding: made.finding, counts }, said.join("\n")).toEqual(expected);
      const kind = `${expected.outcome}, ${expected.finding}`;
      outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);
    }),
    { numRuns, seed: 20_260_304 },
  );
  // Chance must have led everywhere, or agreeing says little.
  for (const outcome of ["in progress", "deployed", "stopped", "rolled back", "rollback not verified"])
    expect([...outcomes.keys()].join("\n")).toContain(outcome);
  for (const finding of ["clean", "with exceptions", "incomplete", "failed"])
    expect([...outcomes.keys()].join("\n")).toContain(`, ${finding}`);
});
