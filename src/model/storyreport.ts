/** The parts of a report that tell what was recorded besides the items: change, decisions, incidents, corrections. */
import type { ItemName, Moment, PersonName } from "./fact.ts";
import type { DecisionKind } from "./run.ts";

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

export interface DecisionReport {
  readonly decision: DecisionKind;
  readonly section: { readonly id: string; readonly number: string; readonly text: string } | null;
  readonly by: PersonName | null;
  readonly at: Moment | null;
  readonly basis: string | null;
  readonly record: number;
}

/** A question of an auditor, and where the report answers it. */
export interface CompletenessRow {
  readonly asks: string;
  readonly serves: string;
  /** What the report says; null is "not provided". */
  readonly answer: string | null;
}
