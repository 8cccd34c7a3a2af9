/**
 * A run judged: what page and PDF both print, same facts, same order, with nothing left to compute.
 * Plain data: JSON in, JSON out. judge.ts makes it.
 */
import type { Meaning, SectionRole, Stage } from "./checklist.ts";
import type { Policy } from "./policy.ts";
import type { DecisionKind, ResultStatus, SigningMethod } from "./run.ts";
import type { Severity } from "./site.schema.ts";

export type Outcome = "in progress" | "stopped" | "rolled back" | "rollback not verified" | "deployed";
export type FindingWord = "clean" | "with exceptions" | "incomplete" | "failed";

/** What an item counts as: every item that is not derived is exactly one of these. */
export const itemStatuses = [
  "passed",
  "met",
  "clear",
  "seen",
  "not-seen",
  "carried",
  "fired",
  "failed",
  "not-met",
  "inconclusive",
  "blocked",
  "skipped",
  "not-applicable",
  "not-recorded",
  "not-due",
  "not-selected",
  "not-needed",
  "not-reached",
  "not-done",
] as const;
export type ItemStatus = (typeof itemStatuses)[number];

/** How a status is printed. */
export const statusWords: Readonly<Record<ItemStatus, string>> = {
  passed: "passed",
  met: "met",
  clear: "clear",
  seen: "seen",
  "not-seen": "not seen",
  carried: "carried",
  fired: "fired",
  failed: "failed",
  "not-met": "not met",
  inconclusive: "inconclusive",
  blocked: "blocked",
  skipped: "skipped",
  "not-applicable": "not applicable",
  "not-recorded": "not recorded",
  "not-due": "not due",
  "not-selected": "not selected",
  "not-needed": "not needed",
  "not-reached": "not reached",
  "not-done": "not done (optional)",
};

/** A time three ways, so that nobody has to convert one. */
export interface Moment {
  /** RFC 3339 as recorded. */
  readonly at: string;
  /** `2026-03-04 22:00 +01:00`: as recorded. */
  readonly local: string;
  /** `2026-03-04 21:00 UTC`. */
  readonly utc: string;
}

export interface PersonName {
  readonly id: string;
  readonly name: string;
  /** Role in the run, as claimed. */
  readonly role: string | null;
  readonly identity: "claimed" | "verified";
}

/** Names of items, for lists: `3.2.1 Error rate below 1 %`. */
export interface ItemName {
  readonly id: string;
  readonly number: string;
  readonly text: string;
}

export interface Counts {
  /** All items that are not derived; the sum of all statuses. */
  readonly total: number;
  /** Statuses that occur, in the order of `itemStatuses`; none is 0. */
  readonly byStatus: readonly { readonly status: ItemStatus; readonly count: number }[];
}

/** A value beside what it has to hold. */
export interface LimitReport {
  /** What the figure is for the item: a limit fails, a target and a usual range never do. */
  readonly kind: "limit" | "target" | "expected";
  readonly item: ItemName;
  /** The limit in words: `Error rate < 1 % for 5 min`. */
  readonly limit: string;
  /** Value and unit as recorded; null where nothing was observed. */
  readonly value: string | null;
  readonly from: Moment | null;
  readonly to: Moment | null;
  readonly statistic: string | null;
  readonly samples: number | null;
  readonly source: string | null;
  readonly verdict: "holds" | "breached" | "inconclusive" | "not observed";
  /** Why, where the verdict is not `holds`. */
  readonly reason: string | null;
}

/** A value that is bound to no limit. */
export interface LooseValue {
  readonly metric: string | null;
  readonly value: string;
  readonly from: Moment | null;
  readonly to: Moment | null;
  readonly source: string | null;
}

/** One look, one try or one reading. */
export interface LookReport {
  readonly record: number;
  readonly status: ResultStatus | null;
  readonly by: PersonName | null;
  readonly at: Moment | null;
  readonly reason: string | null;
  readonly note: string | null;
  readonly values: readonly LooseValue[];
}

export interface ItemReport extends ItemName {
  readonly section: string;
  readonly role: SectionRole;
  readonly stage: Stage | null;
  readonly status: ItemStatus;
  /** The status follows from other items: it is not counted. */
  readonly derived: boolean;
  /** What the record claims, where the judgement differs: passed, though the limit is breached. */
  readonly claimed: ResultStatus | null;
  /** Why it has this status where no result says so: "the path was not invoked". */
  readonly because: string | null;
  readonly record: number | null;
  readonly by: PersonName | null;
  readonly at: Moment | null;
  readonly started: Moment | null;
  readonly enteredAt: Moment | null;
  readonly due: Moment | null;
  readonly reason: string | null;
  readonly note: string | null;
  readonly method: "test" | "examine" | "interview" | null;
  readonly witness: PersonName | null;
  readonly limits: readonly LimitReport[];
  readonly values: readonly LooseValue[];
  readonly captures: readonly {
    readonly id: string;
    readonly label: string;
    readonly value: string | null;
  }[];
  /** Ids into `evidence` of the report. */
  readonly evidence: readonly string[];
  readonly waiver: {
    readonly reason: string;
    readonly by: PersonName;
    readonly at: Moment;
    readonly valid: boolean;
  } | null;
  /** Earlier tries, oldest first. */
  readonly attempts: readonly LookReport[];
  /** Readings of a repeated item, oldest first, and how many were expected. */
  readonly readings: readonly LookReport[];
  readonly expectedReadings: number | null;
  /** Others who recorded the same. */
  readonly observers: readonly LookReport[];
  /** The signature that does the item, for items with `signs`. */
  readonly signedBy: PersonName | null;
  /** Places (from 0) of the facts in `exceptions` and `notes` that name this item, worst first. */
  readonly facts: readonly { readonly list: "exceptions" | "notes"; readonly index: number }[];
}

export interface SectionReport {
  readonly id: string;
  readonly number: string;
  readonly text: string;
  readonly depth: number;
  readonly parent: string | null;
  readonly role: SectionRole;
  readonly stage: Stage | null;
  readonly start: Moment | null;
  readonly end: Moment | null;
  readonly plannedStart: Moment | null;
  /** ISO 8601. */
  readonly plannedDuration: string | null;
  /** Whole minutes from start to end. */
  readonly tookMinutes: number | null;
  readonly overMinutes: number | null;
  /** Its own items and those of the sections inside it. */
  readonly counts: Counts;
  /** Ids of its own items, in document order. */
  readonly items: readonly string[];
}

/** What a rule found. */
export interface Fact {
  readonly rule: string;
  readonly severity: Severity;
  /** What the rule serves: "SOC 2 CC8.1". */
  readonly serves: readonly string[];
  /** One sentence: what, who, when, which figures. */
  readonly reason: string;
  readonly items: readonly ItemName[];
  readonly people: readonly PersonName[];
  readonly times: readonly Moment[];
  readonly figures: readonly string[];
  readonly disposition: DispositionReport | null;
}

export interface DispositionReport {
  readonly by: PersonName;
  readonly at: Moment;
  readonly accepted: string | null;
  readonly action: string | null;
}

export interface SignatureReport {
  /** Id of the sign-off that it answers; null where the checklist asks for none. */
  readonly signoff: string | null;
  readonly role: string;
  readonly meaning: Meaning | null;
  /** "before 4 Deployment day", "after 6 Smoke tests", "the whole run". */
  readonly scope: string;
  readonly state: "signed" | "not signed" | "not due" | "not needed" | "unasked";
  readonly by: PersonName | null;
  readonly at: Moment | null;
  readonly method: SigningMethod | null;
  /** "typed, identity claimed", "single sign-on, identity verified", "NOT SIGNED". */
  readonly grade: string;
  readonly witness: PersonName | null;
  readonly covers: { readonly sections: readonly string[]; readonly record: string | null };
}

export interface DecisionReport {
  readonly decision: DecisionKind;
  readonly section: { readonly id: string; readonly number: string; readonly text: string } | null;
  readonly by: PersonName | null;
  readonly at: Moment | null;
  readonly basis: string | null;
  readonly record: number;
}

export interface TimelineEntry {
  readonly kind:
    | "section"
    | "decision"
    | "incident"
    | "signature"
    | "reading"
    | "message"
    | "handover"
    | "record"
    | "rollback"
    | "close";
  /** What it says at the mark. */
  readonly text: string;
  readonly start: Moment;
  /** End of a section; null for a moment. */
  readonly end: Moment | null;
  readonly plannedStart: Moment | null;
  readonly plannedEnd: Moment | null;
  /** Id of a section or item that it leads to. */
  readonly target: string | null;
}

export interface EvidenceReport {
  readonly id: string;
  readonly name: string;
  readonly type: string | null;
  readonly bytes: number | null;
  readonly sha256: string | null;
  readonly at: Moment | null;
  readonly by: PersonName | null;
  readonly pair: "before" | "after" | null;
  readonly items: readonly ItemName[];
  /** Are the bytes kept, and have they this digest? `unchecked` where nobody looked. */
  readonly kept: "matches" | "differs" | "missing" | "unchecked";
}

/** A question of an auditor, and where the report answers it. */
export interface CompletenessRow {
  readonly asks: string;
  readonly serves: string;
  /** What the report says; null is "not provided". */
  readonly answer: string | null;
}

export interface NextDue {
  readonly item: ItemName;
  readonly owner: string | null;
  readonly due: Moment;
}

/** Work that outlives the run: an open follow-up, or an item that the close left open. */
export interface OpenAction {
  readonly item: ItemName;
  readonly owner: string | null;
  /** A date or a time as recorded or computed. */
  readonly due: string | null;
  readonly reason: string | null;
}

export interface Report {
  readonly schema: "countersign/report@1";
  /** Version of the rules that judged. */
  readonly rules: string;
  readonly run: string;
  /** Number of the record it is as of. */
  readonly number: number;
  readonly interim: boolean;
  readonly asOf: Moment;
  readonly checklist: {
    readonly id: string;
    readonly version: string;
    readonly title: string;
    readonly digest: string;
    readonly product: string | null;
  };
  readonly outcome: Outcome;
  readonly finding: FindingWord;
  /** One line: "INTERIM 3, as of …, stage change: 114 due, 112 passed, 2 exceptions; 8 not due". */
  readonly headline: string;
  /** Why outcome and finding are what they are, in order: which rules, which items. */
  readonly derivation: readonly {
    readonly says: string;
    readonly rule: string | null;
    readonly items: readonly ItemName[];
  }[];
  readonly stage: Stage | null;
  readonly due: readonly NextDue[];
  readonly actions: readonly OpenAction[];
  readonly deployment: {
    readonly environment: string;
    readonly from: string | null;
    readonly to: string | null;
    readonly commit: string | null;
    readonly artifacts: readonly { readonly name: string; readonly sha256: string | null }[];
  };
  readonly change: ChangeReport;
  readonly window: {
    readonly plannedStart: Moment | null;
    readonly plannedEnd: Moment | null;
    readonly start: Moment | null;
    readonly end: Moment | null;
  };
  /** Who led it: whoever closed it, holds the role "lead", or did most; null if nobody is named. */
  readonly lead: PersonName | null;
  readonly counts: Counts;
  readonly sections: readonly SectionReport[];
  /** In document order, derived ones too. */
  readonly items: readonly ItemReport[];
  /** Blockers, gaps and exceptions, worst first, then in document order. */
  readonly exceptions: readonly Fact[];
  readonly notes: readonly Fact[];
  readonly undispositioned: number;
  readonly limits: readonly LimitReport[];
  readonly decisions: readonly DecisionReport[];
  readonly rollback: RollbackReport | null;
  /** Required ones first, in the order of the checklist, signed or not; then those that nobody asked for. */
  readonly signatures: readonly SignatureReport[];
  readonly timeline: readonly TimelineEntry[];
  readonly messages: readonly {
    readonly template: string;
    readonly title: string;
    readonly text: string;
    readonly at: Moment | null;
    readonly by: PersonName | null;
    readonly channel: string | null;
  }[];
  readonly incidents: readonly IncidentReport[];
  readonly commands: readonly {
    readonly command: string;
    readonly by: PersonName | null;
    readonly at: Moment | null;
    readonly ran: string | null;
    readonly exit: number | null;
    readonly output: string | null;
  }[];
  readonly review: ReviewReport | null;
  readonly people: readonly PersonName[];
  readonly handovers: readonly {
    readonly role: string;
    readonly from: PersonName;
    readonly to: PersonName;
    readonly at: Moment;
  }[];
  readonly answers: readonly {
    readonly id: string;
    readonly label: string;
    readonly answer: string | null;
  }[];
  readonly fields: readonly {
    readonly id: string;
    readonly label: string;
    readonly value: string | null;
    readonly required: boolean;
  }[];
  readonly corrections: readonly CorrectionReport[];
  readonly evidence: readonly EvidenceReport[];
  readonly completeness: readonly CompletenessRow[];
  /** Departures of this installation from the default severities. */
  readonly departures: readonly {
    readonly rule: string;
    readonly default: Severity;
    readonly here: Severity;
  }[];
  readonly policy: Policy;
  readonly provenance: Provenance;
}

export interface ChangeReport {
  readonly id: string | null;
  readonly url: string | null;
  readonly type: "standard" | "normal" | "emergency";
  readonly preapproval: { readonly id: string; readonly validUntil: Moment | null } | null;
  readonly reason: string | null;
  readonly description: string | null;
  readonly impact: string | null;
  readonly securityImpact: string | null;
  readonly expected: string | null;
  readonly requester: PersonName | null;
  readonly work: readonly {
    readonly url: string | null;
    readonly authors: readonly PersonName[];
    readonly approvers: readonly PersonName[];
    readonly tests: string | null;
  }[];
}

export interface RollbackReport {
  readonly trigger: ItemName | null;
  readonly at: Moment | null;
  readonly paths: readonly { readonly id: string; readonly number: string; readonly text: string }[];
  readonly outcome: string | null;
  readonly verifiedBy: readonly ItemName[];
  readonly verified: boolean;
}

export interface IncidentReport {
  readonly at: Moment;
  readonly severity: string | null;
  readonly text: string;
  readonly item: ItemName | null;
  readonly notified: readonly {
    readonly who: string;
    readonly level: number | null;
    readonly at: Moment | null;
    readonly acknowledged: Moment | null;
  }[];
}

export interface ReviewReport {
  readonly at: Moment | null;
  readonly well: readonly string[];
  readonly improve: readonly string[];
  readonly actions: readonly {
    readonly text: string;
    readonly owner: string | null;
    readonly due: string | null;
    readonly done: string | null;
  }[];
  readonly next: {
    readonly version: string | null;
    readonly date: string | null;
    readonly lead: string | null;
  } | null;
}

export interface CorrectionReport {
  readonly record: number;
  readonly pointer: string;
  readonly item: ItemName | null;
  readonly old: string | null;
  readonly new: string | null;
  readonly by: PersonName;
  readonly at: Moment;
  readonly reason: string;
}

export interface Provenance {
  readonly checklistDigest: string;
  readonly rosterDigest: string | null;
  readonly records: readonly {
    readonly number: number;
    readonly asOf: Moment;
    readonly receivedAt: Moment | null;
    readonly digest: string;
    readonly source: string | null;
  }[];
  readonly tool: string | null;
  readonly schema: string;
}
