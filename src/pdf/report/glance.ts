/** Four sums for the first page. */
import type { ItemStatus } from "../../model/itemreport.ts";
import type { Report } from "../../model/report.ts";

const GOOD: ReadonlySet<ItemStatus> = new Set(["passed", "met", "clear", "seen", "not-seen", "carried"]);

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
  const good = counts.byStatus
    .filter(({ status }) => GOOD.has(status))
    .reduce((sum, { count }) => sum + count, 0);
  const asked = limits.filter(({ kind }) => kind === "limit");
  const holding = asked.filter(({ verdict }) => verdict === "holds").length;
  const breached = asked.filter(({ verdict }) => verdict === "breached").length;
  const required = signatures.filter(({ state }) => state !== "unasked" && state !== "not needed");
  const signed = required.filter(({ state }) => state === "signed").length;
  return [
    { figure: `${good} of ${counts.total}`, says: "items passed, met, clear or seen" },
    {
      figure: `${holding} of ${asked.length}`,
      says: `values hold their limits${breached > 0 ? `, ${breached} breached` : ""}`,
    },
    {
      figure: String(exceptions.length),
      says: `${plural(exceptions.length, "exception", "exceptions")}${undispositioned > 0 ? `, ${undispositioned} without a disposition` : ""}`,
    },
    {
      figure: `${signed} of ${required.length}`,
      says: `${plural(required.length, "signature", "signatures")} given`,
    },
  ];
}
