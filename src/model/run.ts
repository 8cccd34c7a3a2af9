/**
 * The normal form of a run: its chain of records assembled (assemble.ts makes it). Nothing is optional,
 * nothing has a hidden default, and everything says from which record it came (`record`, from 1).
 */
import type { Meaning } from "./checklist.ts";
import type { decisions, signingMethods } from "./event.schema.ts";
import type { Evidence, RunResult } from "./result.ts";
import type { WrittenRecord } from "./run.schema.ts";

export type DecisionKind = (typeof decisions)[number];

export type SigningMethod = (typeof signingMethods)[number];

/** A record as it stands in the archive: what `assemble` takes. */
export interface ChainedRecord {
  readonly record: WrittenRecord;
  /** `sha256:` and 64 hex digits, over the record's bytes as kept. */
  readonly digest: string;
  /** When it came in, by the clock of the machine that took it; null if it has not come in yet (a dry run). */
  readonly receivedAt: string | null;
}

/** A link of the chain. */
export interface RunRecord {
  readonly number: number;
  readonly asOf: string;
  readonly digest: string;
  readonly receivedAt: string | null;
  readonly opens: boolean;
  readonly amends: boolean;
  readonly closes: boolean;
  readonly source: RecordSource | null;
}

export interface RecordSource {
  readonly kind: "paper" | "browser" | "terminal" | "ci";
  readonly scan: string | null;
  readonly copy: number | null;
  readonly transcribedBy: string | null;
  readonly checkedBy: string | null;
}

export interface Person {
  readonly id: string;
  /** The id where no name is given. */
  readonly name: string;
  readonly role: string | null;
  readonly identity: "claimed" | "verified";
  readonly by: string | null;
  readonly phone: string | null;
}

export interface Work {
  readonly url: string | null;
  readonly authors: readonly string[];
  readonly approvers: readonly string[];
  readonly tests: string | null;
}

export interface Change {
  readonly id: string | null;
  readonly url: string | null;
  readonly type: "standard" | "normal" | "emergency";
  readonly preapproval: { readonly id: string; readonly validUntil: string | null } | null;
  readonly reason: string | null;
  readonly description: string | null;
  readonly impact: string | null;
  readonly securityImpact: string | null;
  readonly expected: string | null;
  readonly requester: string | null;
  readonly work: readonly Work[];
}

export interface Deployment {
  readonly environment: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly commit: string | null;
  readonly artifacts: readonly { readonly name: string; readonly sha256: string | null }[];
}

export interface Decision {
  readonly record: number;
  readonly decision: DecisionKind;
  readonly section: string | null;
  readonly by: string | null;
  readonly at: string | null;
  readonly basis: string | null;
}

export interface Signature {
  readonly record: number;
  readonly role: string;
  readonly by: string | null;
  readonly meaning: Meaning | null;
  readonly at: string | null;
  readonly method: SigningMethod | null;
  readonly witness: string | null;
  readonly covers: { readonly sections: readonly string[]; readonly record: string | null };
  /** Ed25519, checked when it came in: public key and signature. */
  readonly key: { readonly public: string; readonly signature: string } | null;
}

export interface Message {
  readonly record: number;
  readonly template: string;
  readonly at: string | null;
  readonly by: string | null;
  readonly channel: string | null;
  readonly values: Readonly<Record<string, string>>;
}

export interface Incident {
  readonly record: number;
  readonly at: string;
  readonly severity: string | null;
  readonly text: string;
  readonly item: string | null;
  readonly notified: readonly {
    readonly who: string;
    readonly level: number | null;
    readonly at: string | null;
    readonly acknowledged: string | null;
  }[];
}

export interface CommandRun {
  readonly record: number;
  readonly command: string;
  readonly by: string | null;
  readonly at: string | null;
  readonly ran: string | null;
  readonly exit: number | null;
  readonly output: string | null;
}

export interface Review {
  readonly at: string | null;
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

export interface Disposition {
  readonly record: number;
  readonly rule: string;
  readonly item: string | null;
  readonly by: string;
  readonly at: string;
  readonly accepted: string | null;
  readonly action: string | null;
}

/** What an amendment changed. Values are text as printed; null where nothing stood, or stands. */
export interface Correction {
  readonly record: number;
  readonly pointer: string;
  /** First part of the pointer, and the item it names if it is about a result. */
  readonly part: string;
  readonly item: string | null;
  readonly old: string | null;
  readonly new: string | null;
  readonly by: string;
  readonly at: string;
  readonly reason: string;
}

/** An item that the close lists as left open. */
export interface LeftOpen {
  readonly item: string;
  readonly reason: string | null;
  readonly owner: string | null;
  readonly due: string | null;
}

export interface Run {
  readonly id: string;
  readonly checklist: { readonly id: string; readonly version: string; readonly digest: string | null };
  /** The chain as given: `through` judges a part of it. */
  readonly chain: readonly ChainedRecord[];
  readonly records: readonly RunRecord[];
  /** The latest `asOf` of the chain: nothing is judged by another time. */
  readonly asOf: string;
  readonly closed: {
    readonly record: number;
    readonly at: string;
    readonly by: string | null;
    readonly open: readonly LeftOpen[];
  } | null;
  readonly deployment: Deployment;
  readonly change: Change;
  readonly window: {
    readonly plannedStart: string | null;
    readonly plannedEnd: string | null;
    readonly start: string | null;
    readonly end: string | null;
  };
  readonly anchors: {
    readonly target: string | null;
    readonly start: string | null;
    readonly live: string | null;
    readonly rollback: string | null;
  };
  /** Question id -> answer; yes-no answers are `yes` and `no`. */
  readonly answers: Readonly<Record<string, string>>;
  /** Field id -> text. */
  readonly fields: Readonly<Record<string, string>>;
  readonly people: readonly Person[];
  readonly handovers: readonly {
    readonly record: number;
    readonly role: string;
    readonly from: string;
    readonly to: string;
    readonly at: string;
  }[];
  readonly sections: readonly {
    readonly section: string;
    readonly start: string | null;
    readonly end: string | null;
  }[];
  /** In the order in which they were recorded; several for one item are readings, tries or other observers. */
  readonly results: readonly RunResult[];
  readonly commands: readonly CommandRun[];
  readonly evidence: readonly Evidence[];
  readonly decisions: readonly Decision[];
  readonly rollback: {
    readonly trigger: string | null;
    readonly at: string | null;
    readonly paths: readonly string[];
    readonly outcome: string | null;
  } | null;
  readonly signatures: readonly Signature[];
  readonly messages: readonly Message[];
  readonly incidents: readonly Incident[];
  readonly review: Review | null;
  readonly dispositions: readonly Disposition[];
  readonly corrections: readonly Correction[];
}

/** Why a record is refused: everything that is wrong, each with its place. */
export interface RunFault {
  /** Number of the record in the chain, from 1. */
  readonly record: number;
  /** RFC 6901 pointer into that record; `""` is the whole of it. */
  readonly pointer: string;
  /** Name of the rule, such as `second-result`. */
  readonly rule: string;
  /** What is wrong: what was expected, what came. */
  readonly reason: string;
  /** What to do. */
  readonly hint: string | null;
}
