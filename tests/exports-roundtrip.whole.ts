/** Any results at all: through CTRF and back they keep their statuses, times, reasons, values and tries. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { renderCtrf } from "../src/formats/ctrf.ts";
import { parseCtrf } from "../src/formats/ctrfresults.ts";
import { outlineOf } from "../src/model/outline.ts";
import type { WrittenResult } from "../src/model/result.schema.ts";
import { at, type Changes, night, report, run } from "./build.ts";
import { shop, shopNight } from "./shop.ts";

const CHECKED = ["passed", "failed", "inconclusive", "skipped", "not-applicable", "blocked"] as const;
/** Items that anybody may find in any of these states. */
const ids = outlineOf(shop)
  .items.filter(
    ({ derived, role, signs, mandatory }) =>
      derived === null && role === "checks" && signs === null && !mandatory,
  )
  .map(({ id }) => id);
const time = fc.integer({ min: 0, max: 59 }).map((minute) => at(`22:${String(minute).padStart(2, "0")}`));
const words = fc
  .string({ minLength: 1, maxLength: 40, unit: "grapheme" })
  .filter((text) => /\S/.test(text.replace(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, "")));
const tried = fc.record(
  { status: fc.constantFrom(...CHECKED), at: time, reason: words, note: words },
  { requiredKeys: ["status"] },
);
const value = fc.record({
  metric: fc.constant("error_rate"),
  value: fc.constantFrom("0.10", "-3", "1e3", "NaN"),
  unit: fc.constant("%"),
});
const result = fc.record(
  {
    status: fc.constantFrom(...CHECKED),
    at: time,
    reason: words,
    note: words,
    started: time,
    observed: fc.array(value, { maxLength: 3 }),
    attempts: fc.array(tried, { maxLength: 3 }),
  },
  { requiredKeys: ["status"] },
);
const results = fc.dictionary(fc.constantFrom(...ids), result, { maxKeys: 12 });

test("native, CTRF, native", () => {
  fc.assert(
    fc.property(results, (changed) => {
      const changes = { results: changed as Readonly<Record<string, Partial<WrittenResult>>> } as Changes;
      const recorded = run(shop, shopNight(changes)).results;
      const text = renderCtrf(
        {
          report: report(shop, night(shop, changes)),
          checklist: shop,
          results: recorded,
          url: "https://runs.example.com",
          uuid: () => "00000000-0000-5000-8000-000000000000",
        },
        "1.0.0",
      );
      const back = parseCtrf(new TextEncoder().encode(text), "f");
      expect(back.problems).toEqual([]);
      const brief = (one: Readonly<Record<string, unknown>>): string =>
        JSON.stringify([
          one.item,
          one.status,
          one.at ?? null,
          one.started ?? null,
          one.reason ?? null,
          one.note ?? null,
          ((one.observed ?? []) as { metric?: unknown; value?: unknown; unit?: unknown }[]).map(
            ({ metric, value: figure, unit }) => [
              metric ?? null,
              figure === null ? null : String(figure),
              unit ?? null,
            ],
          ),
          ((one.attempts ?? []) as { status?: unknown; at?: unknown; reason?: unknown }[]).map(
            ({ status, at: when, reason }) => [status, when ?? null, reason ?? null],
          ),
        ]);
      expect(back.own.map((one) => brief({ ...one })).sort()).toEqual(
        recorded.map((one) => brief({ ...one })).sort(),
      );
    }),
    { numRuns: 300 },
  );
});
