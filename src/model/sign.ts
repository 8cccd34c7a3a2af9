/** A status is a mark and a word, the same on screen and on paper; the tone only repeats them. */
import { type ItemStatus, type LimitReport, statusWords } from "./itemreport.ts";
import type { FindingWord, Outcome } from "./report.ts";
import type { Severity } from "./site.schema.ts";
import type { Standing } from "./version.ts";

export type Tone = "good" | "warn" | "bad" | "act" | "quiet";

export interface Sign {
  readonly mark: string;
  readonly word: string;
  readonly tone: Tone;
}

function sign([mark, tone]: readonly [string, Tone], word: string): Sign {
  return { mark, word, tone };
}

const STATUSES: Readonly<Record<ItemStatus, readonly [string, Tone]>> = {
  passed: ["✓", "good"],
  met: ["✓", "good"],
  clear: ["✓", "good"],
  seen: ["●", "act"],
  "not-seen": ["○", "quiet"],
  carried: ["↷", "quiet"],
  fired: ["▲", "warn"],
  failed: ["✕", "bad"],
  "not-met": ["✕", "bad"],
  inconclusive: ["?", "warn"],
  blocked: ["■", "warn"],
  skipped: ["»", "warn"],
  "not-applicable": ["–", "quiet"],
  "not-recorded": ["○", "warn"],
  "not-due": ["◔", "quiet"],
  "not-selected": ["·", "quiet"],
  "not-needed": ["·", "quiet"],
  "not-reached": ["·", "quiet"],
  "not-done": ["·", "quiet"],
};

/** @param good is what has this status as it should be? A criterion for no-go is, when it is not met. */
export function signOfStatus(status: ItemStatus, good = true): Sign {
  if (status === "not-met" && good) return sign(["○", "quiet"], statusWords[status]);
  if (status === "met" && !good) return sign(["▲", "warn"], statusWords[status]);
  return sign(STATUSES[status], statusWords[status]);
}

const OUTCOMES: Readonly<Record<Outcome, readonly [string, Tone]>> = {
  deployed: ["▲", "act"],
  "in progress": ["◔", "act"],
  stopped: ["■", "quiet"],
  "rolled back": ["↶", "warn"],
  "rollback not verified": ["↶", "bad"],
};

export function signOfOutcome(outcome: Outcome): Sign {
  return sign(OUTCOMES[outcome], outcome);
}

const FINDINGS: Readonly<Record<FindingWord, readonly [string, Tone]>> = {
  clean: ["✓", "good"],
  "with exceptions": ["!", "warn"],
  incomplete: ["○", "warn"],
  failed: ["✕", "bad"],
};

export function signOfFinding(finding: FindingWord): Sign {
  return sign(FINDINGS[finding], finding);
}

const SEVERITIES: Readonly<Record<Severity, readonly [string, Tone]>> = {
  blocker: ["✕", "bad"],
  gap: ["○", "warn"],
  exception: ["!", "warn"],
  note: ["·", "quiet"],
};

export function signOfSeverity(severity: Severity): Sign {
  return sign(SEVERITIES[severity], severity);
}

const VERDICTS: Readonly<Record<LimitReport["verdict"], readonly [string, Tone]>> = {
  holds: ["✓", "good"],
  breached: ["✕", "bad"],
  inconclusive: ["?", "warn"],
  "not observed": ["○", "warn"],
};

/** A target and a usual range never fail: what they miss is said, and no more. */
export function signOfVerdict({ kind, verdict }: Pick<LimitReport, "kind" | "verdict">): Sign {
  if (kind === "limit" || verdict === "holds") return sign(VERDICTS[verdict], verdict);
  return { mark: "·", word: verdict === "breached" ? "missed" : verdict, tone: "quiet" };
}

const STANDINGS: Readonly<Record<Standing, readonly [string, Tone]>> = {
  current: ["●", "good"],
  superseded: ["◌", "quiet"],
  withdrawn: ["✕", "bad"],
  draft: ["✎", "warn"],
  prerelease: ["◐", "act"],
};

export function signOfStanding(standing: Standing): Sign {
  return sign(STANDINGS[standing], standing);
}
