/**
 * What run.md says of a night, in the plainest words there are: written from that text, apart from the judge, and
 * sharing nothing with it but types. Where the two disagree, one of them is wrong.
 */
import type { Night, Said, Thing } from "./nights.ts";

export interface Verdict {
  readonly outcome: string;
  readonly finding: string;
  readonly counts: Readonly<Record<string, number>>;
}

const worked = (said: Said | null | undefined): boolean =>
  said != null && said.status !== "skipped" && said.status !== "not-applicable";

export function verdictOf(things: readonly Thing[], night: Night): Verdict {
  const said = (thing: Thing): Said | null => night.said[thing.id] ?? null;
  const part = (name: Thing["part"]): readonly Thing[] => things.filter((thing) => thing.part === name);
  const times = (list: readonly Thing[]): readonly number[] =>
    list
      .filter((thing) => worked(said(thing)))
      .map(({ minute, id }) => (night.said[id]?.tried ? minute - 1 : minute));
  const began = Math.min(Number.POSITIVE_INFINITY, ...times(part("change")));

  // A delay settles nothing; it stops a run that is closed without having begun.
  const last = night.decisions.findLast(({ decision }) => decision !== "delay");
  const waits =
    night.closed && last === undefined && night.decisions.length > 0 && began === Number.POSITIVE_INFINITY;
  const away = last?.decision === "no-go" || last?.decision === "abort";
  const back = last?.decision === "rollback" || (away && began <= last.at);
  const stopped = (away && !back) || waits;
  const turn = back || stopped ? (waits ? night.decisions.at(-1)?.at : last?.at) : undefined;
  // A way back is taken by a decision to roll back, or by working through it.
  const invoked = last?.decision === "rollback" || part("back").some((thing) => worked(said(thing)));

  const due = (thing: Thing): boolean => (thing.due === undefined ? night.closed : thing.due <= night.asOf);
  const status = (thing: Thing): string => {
    const result = said(thing);
    const nothing = result === null || !worked(result);
    if (nothing && thing.migrates && night.migrates === "no") return "not-selected";
    if (nothing && thing.part === "back" && !invoked) return "not-needed";
    if (result) {
      const breached = thing.limit && result.value === "1" && result.status === "passed";
      return breached ? "failed" : result.status;
    }
    if (turn !== undefined && moot(thing)) return "not-reached";
    if (!due(thing)) return "not-due";
    return thing.optional ? "not-done" : "not-recorded";
  };
  /** Work after a stop or a rollback is not reached; what should have been done before it was left out. */
  const moot = (thing: Thing): boolean => {
    if (thing.part === "back") return false;
    if (thing.part === "later") return true;
    if (thing.part === "triggers" && back) return true;
    if (back && (thing.part === "before" || thing.part === "gate")) return false;
    if (turn !== undefined && thing.due !== undefined && thing.due <= turn) return false;
    const later = part(thing.part).filter((other) => things.indexOf(other) > things.indexOf(thing));
    return !later.some((other) => said(other) !== null && other.minute <= (turn ?? 0));
  };

  const found = new Set<"blocker" | "gap" | "exception">();
  /** A failure that led to the stop or the way back is shown, and is no fault of a run that took the right way. */
  const unlessAnswered = (thing: Thing, weight: "blocker" | "gap"): void => {
    found.add(turn !== undefined && thing.part !== "back" && thing.minute <= turn ? "exception" : weight);
  };
  for (const thing of things) {
    const [is, result] = [status(thing), said(thing)];
    if (is === "failed") unlessAnswered(thing, "blocker");
    if (is === "inconclusive" || is === "blocked") unlessAnswered(thing, "gap");
    // The close lists all that is open, but for triggers: nobody may leave open whether one fired.
    const listed = night.closed && night.excused && thing.part !== "triggers";
    if (is === "not-recorded") found.add(listed ? "exception" : "gap");
    if (is === "skipped" && !(thing.optional && result?.reason)) found.add("exception");
    if ((is === "skipped" || is === "not-applicable") && !result?.reason) found.add("exception");
    if (is === "fired") found.add("exception");
    if (result?.tried) found.add("exception");
    const bad = ["failed", "inconclusive", "blocked", "skipped", "not-applicable"].includes(is);
    if (thing.mandatory && bad) unlessAnswered(thing, "blocker");
    const looked = ["passed", "failed", "inconclusive", "met", "not-met"].includes(is);
    if (thing.evidence && looked && !result?.evidence) found.add("gap");
    if (thing.limit && looked && result?.value === null) found.add("gap");
    const open = ["failed", "inconclusive", "blocked", "skipped", "not-recorded", "not-due"].includes(is);
    if (thing.part === "back" && invoked && night.closed && open) found.add("blocker");
  }
  const breached = things.find((thing) => thing.limit && said(thing)?.value === "1");
  if (breached) {
    unlessAnswered(breached, "blocker");
    // Who claims that it passed says something else than what was seen, whatever was decided then.
    if (said(breached)?.status === "passed") found.add("blocker");
  }

  const fire = part("triggers").find((thing) => status(thing) === "fired");
  if (fire && !night.decisions.some(({ at }) => at >= fire.minute)) found.add("gap");
  const gate = night.decisions.findLast(({ decision }) => ["go", "no-go", "delay"].includes(decision));
  if (gate?.decision === "go" && part("gate").some((thing) => status(thing) === "not-met"))
    found.add("blocker");
  const begun = began !== Number.POSITIVE_INFINITY;
  if (last === undefined && !waits && (begun || night.closed)) found.add("gap");

  const proof = things.filter(({ verifies }) => verifies).map(status);
  const verified = proof.includes("passed");
  const denied = proof.includes("failed") || proof.includes("blocked");
  if (back && !verified && (night.closed || denied)) found.add("blocker");
  signatures();

  function signatures(): void {
    const { approval, execution } = night;
    const changed = part("change").some((thing) => worked(said(thing)));
    const excused = part("change").every((thing) =>
      ["not-selected", "not-needed", "not-reached"].includes(status(thing)),
    );
    const nobody = !changed && (turn !== undefined || (night.closed && excused));
    if (!approval && !nobody && (night.closed || changed) && !(night.emergency && changed)) found.add("gap");
    if (approval && changed && approval.at > began) {
      if (!night.emergency) found.add("blocker");
    }
    if (!execution && !nobody && !stopped && night.closed) found.add("gap");
    const work = part("change")
      .filter((thing) => said(thing) !== null)
      .map(({ minute }) => minute);
    if (execution && execution.at < Math.max(Number.NEGATIVE_INFINITY, ...work)) found.add("exception");
    const doers = part("change").flatMap((thing) => {
      const result = said(thing);
      return result?.observed ? ["bob", "dan"] : result ? [result.by] : [];
    });
    if (approval && doers.includes(approval.by)) found.add("exception");
    if (approval && execution && approval.by === execution.by) found.add("exception");
    for (const one of [approval, execution]) if (one?.typed) found.add("exception");
  }

  const counts: Record<string, number> = {};
  for (const thing of things) counts[status(thing)] = (counts[status(thing)] ?? 0) + 1;
  const turned = stopped ? "stopped" : verified ? "rolled back" : "rollback not verified";
  const outcome = !night.closed ? "in progress" : turn === undefined ? "deployed" : turned;
  const finding = found.has("blocker")
    ? "failed"
    : found.has("gap")
      ? "incomplete"
      : found.has("exception")
        ? "with exceptions"
        : "clean";
  return { outcome, finding, counts };
}
