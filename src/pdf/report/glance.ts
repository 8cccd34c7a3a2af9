/** Four sums for the first page. */
import { sayWeights } from "../../model/fact.ts";
import type { Report } from "../../model/report.ts";

export interface Glance {
  readonly figure: string;
  readonly says: string;
}

function plural(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}

/** Items, values, exceptions and signatures; nothing that is open counts as done. */
export function countsOfGlance(report: Report): Glance[] {
  const { counts, limits, exceptions, undispositioned, signatures } = report;
  const asked = limits.filter(({ kind }) => kind === "limit");
  const holding = asked.filter(({ verdict }) => verdict === "holds").length;
  const breached = asked.filter(({ verdict }) => verdict === "breached").length;
  const required = signatures.filter(({ state }) => state !== "unasked" && state !== "not needed");
  const signed = required.filter(({ state }) => state === "signed").length;
  return [
    { figure: `${counts.passed} of ${counts.due}`, says: "items that were due are as they should be" },
    {
      figure: `${holding} of ${asked.length}`,
      says: `values hold their limits${breached > 0 ? `, ${breached} breached` : ""}`,
    },
    {
      figure: String(exceptions.length),
      says: `${exceptions.length === 0 ? "exceptions" : `to look at: ${sayWeights(exceptions)}`}${undispositioned > 0 ? `, ${undispositioned} without a disposition` : ""}`,
    },
    {
      figure: `${signed} of ${required.length}`,
      says: `${plural(required.length, "signature", "signatures")} given`,
    },
  ];
}
