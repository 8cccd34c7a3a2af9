/**
 * A run judged: what page and PDF both print, same facts, same order, with nothing left to compute.
 * Plain data: JSON in, JSON out. judge.ts makes it.
 */
import type { Meaning, Stage } from "./checklist.ts";
import type { Fact, ItemName, Moment, PersonName } from "./fact.ts";
import type { Counts, ItemReport, LimitReport, SectionReport } from "./itemreport.ts";
import type { Policy } from "./policy.ts";
import type { SigningMethod } from "./run.ts";
import type { Severity } from "./site.schema.ts";
import type {
  ChangeReport,
  CompletenessRow,
  CorrectionReport,
  DecisionReport,
  IncidentReport,
  ReviewReport,
  RollbackReport,
} from "./storyreport.ts";

export type Outcome = "in progress" | "stopped" | "rolled back" | "rollback not verified" | "deployed";

export type FindingWord = "clean" | "with exceptions" | "incomplete" | "failed";

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
  /** Public key whose signature held when it came in, `ed25519:…`; null where none was given. */
  readonly key: string | null;
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
