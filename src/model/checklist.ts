/**
 * The normal form of a checklist: what code reads. `src/source` makes it from the written form
 * (checklist.schema.ts) and the Markdown, once; pages, sheets, reports and the judge all get this value.
 * Inherited attributes (role, stage, times, conditions, mandatory, repetition) are resolved here.
 * Plain data: JSON in, JSON out (`checklist.json`).
 */
import type { anchors, fieldTypes, meanings, sectionRoles, stages } from "./checklist.schema.ts";
import type { Condition } from "./condition.ts";
import type { Limit } from "./limit.ts";
import type { Inline, Prose } from "./text.ts";

export type SectionRole = (typeof sectionRoles)[number];
export type Stage = (typeof stages)[number];
export type Anchor = (typeof anchors)[number];
export type Meaning = (typeof meanings)[number];
export type FieldType = (typeof fieldTypes)[number];

/** Offsets are signed ISO 8601 durations from `anchor`: `-P7D`, `+PT1H`. */
export interface Timing {
  readonly anchor: Anchor;
  readonly at: string | null;
  readonly due: string | null;
  readonly notBefore: string | null;
}

/** Durations are ISO 8601. `expected` is the number of readings where `for` says how long, else null. */
export interface Repetition {
  readonly every: string;
  readonly for: string | null;
  readonly until: string | null;
  readonly expected: number | null;
}

/** A limit, or a setting that is not written as one: then `limit` is null and only `text` is shown. */
export interface Figure {
  readonly text: string;
  readonly limit: Limit | null;
}

export interface Field {
  readonly id: string;
  readonly label: string;
  readonly type: FieldType;
  readonly choices: readonly string[];
  readonly required: boolean;
  readonly authority: string | null;
  /** Id of the section whose text holds the blank; null for fields of the whole document. */
  readonly section: string | null;
}

export interface Parameter {
  readonly name: string;
  /** As written in the command: `${NAME}`, `<name>`, `YYYYMMDD`. */
  readonly written: string;
  readonly meaning: string | null;
}

/** A piece of a command that is copied by itself. */
export interface CommandPart {
  readonly caption: string | null;
  readonly code: string;
  readonly expect: string | null;
}

export type CommandKind = "do" | "verify" | "watch" | "undo" | "output" | "list";

export interface Command {
  readonly id: string;
  readonly pinned: boolean;
  readonly kind: CommandKind;
  /** Item ids, or one section's id. */
  readonly for: readonly string[];
  readonly on: string | null;
  readonly danger: boolean;
  readonly expect: string | null;
  readonly params: readonly Parameter[];
  readonly parts: readonly CommandPart[];
  readonly line: number;
}

export interface Placeholder {
  readonly name: string;
  /** `[DATE]` or `{VERSION}`. */
  readonly written: string;
}

/** A message to send, or a form to fill: a fence (or the text) of a section under role `templates`. */
export interface Template {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly placeholders: readonly Placeholder[];
}

export interface Code {
  readonly type: "code";
  readonly lang: string | null;
  readonly value: string;
  readonly command: Command | null;
  readonly template: Template | null;
  readonly line: number;
}

export type Entry =
  | { readonly type: "bullet"; readonly content: readonly Block[] }
  | { readonly type: "item"; readonly item: Item }
  | { readonly type: "section"; readonly section: Section };

export interface List {
  readonly type: "list";
  readonly ordered: boolean;
  readonly start: number;
  readonly entries: readonly Entry[];
}

export type AlertKind = "note" | "tip" | "important" | "warning" | "caution";

/** What a section or an item holds, in the order of the source. */
export type Block =
  | Prose
  | Code
  | List
  | { readonly type: "quote"; readonly alert: AlertKind | null; readonly content: readonly Block[] }
  | {
      readonly type: "details";
      readonly summary: readonly Inline[];
      readonly open: boolean;
      readonly content: readonly Block[];
    }
  | { readonly type: "section"; readonly section: Section };

export interface Capture {
  readonly id: string;
  readonly type: FieldType;
  readonly label: string;
  readonly required: boolean;
}

/** How the status of an item follows from others: from child boxes, or from `derive`. */
export interface Derivation {
  readonly from: "children" | "section" | "items";
  /** Ids of items (children, items) or of one section. */
  readonly ids: readonly string[];
}

export interface Item {
  readonly id: string;
  /** The id is written in the source, not derived from text. */
  readonly pinned: boolean;
  /** `3.2.1`: the section's number, then the item's place in it, nested again. Computed, never an address. */
  readonly number: string;
  readonly line: number;
  /** A task box in the source; false for a bullet made countable by an annotation. */
  readonly box: boolean;
  /** The first paragraph. */
  readonly title: readonly Inline[];
  /** Plain text of the title. */
  readonly text: string;
  /** What stands under the title: paragraphs, lists (with nested items), code, tables. */
  readonly body: readonly Block[];
  /** Id of the innermost section. */
  readonly section: string;
  /** Id of the item it is nested under. */
  readonly parent: string | null;
  readonly derived: Derivation | null;
  readonly role: SectionRole;
  readonly stage: Stage | null;
  readonly timing: Timing;
  /** All must hold, its own and its ancestors'. */
  readonly conditions: readonly Condition[];
  readonly owner: string | null;
  readonly mandatory: boolean;
  readonly optional: boolean;
  readonly evidence: boolean;
  readonly observe: boolean;
  readonly limits: readonly Limit[];
  readonly targets: readonly Limit[];
  readonly expected: readonly Limit[];
  readonly settings: readonly Figure[];
  readonly needs: readonly string[];
  readonly dwell: string | null;
  readonly repeat: Repetition | null;
  readonly captures: readonly Capture[];
  readonly checks: readonly string[];
  readonly witness: boolean;
  /** Id of the sign-off whose signature does this item. */
  readonly signs: string | null;
  readonly verifiesRollback: boolean;
  readonly undo: string | null;
  readonly standing: string | null;
  readonly emergency: { readonly rule: "keep" } | { readonly rule: "defer"; readonly by: string } | null;
  readonly band: "green" | "amber" | "red" | null;
  readonly controls: readonly string[];
}

export interface Section {
  readonly id: string;
  readonly pinned: boolean;
  readonly number: string;
  readonly line: number;
  /** 1 to 6 as the heading; for an annotated list item or bold line its parent's plus one. */
  readonly depth: number;
  readonly title: readonly Inline[];
  readonly text: string;
  readonly parent: string | null;
  readonly role: SectionRole;
  readonly stage: Stage | null;
  readonly timing: Timing;
  readonly duration: string | null;
  readonly dwell: string | null;
  /** Its own condition and its ancestors'. */
  readonly conditions: readonly Condition[];
  /** Exactly one of the child sections applies. */
  readonly choose: boolean;
  readonly rule: "any" | "all" | null;
  readonly whenMet: "go" | "no-go" | "delay" | "rollback" | null;
  readonly decider: string | null;
  readonly repeat: Repetition | null;
  readonly mandatory: boolean;
  readonly controls: readonly string[];
  readonly content: readonly Block[];
}

export interface Question {
  readonly id: string;
  readonly label: string;
  readonly type: "choice" | "yes-no";
  readonly choices: readonly string[];
  readonly by: string | null;
}

export interface Metric {
  readonly id: string;
  readonly label: string;
  readonly unit: string | null;
  readonly better: "lower" | "higher" | null;
  readonly query: string | null;
}

export interface Signoff {
  readonly id: string;
  readonly role: string;
  readonly meaning: Meaning;
  readonly before: string | null;
  readonly after: string | null;
  readonly conditions: readonly Condition[];
  readonly optional: boolean;
}

export interface Escalation {
  readonly level: number;
  readonly role: string;
  readonly from: string;
  readonly to: string | null;
  readonly channel: string | null;
}

export interface Contact {
  readonly role: string;
  readonly for: string | null;
  readonly channel: string | null;
}

export interface Footnote {
  readonly label: string;
  readonly number: number;
  readonly content: readonly Block[];
}

export interface Checklist {
  readonly schema: "countersign/checklist@1";
  readonly id: string;
  readonly version: string;
  readonly status: "draft" | "released";
  readonly title: string;
  /** The document's own first heading, where it is its only one of depth 1: it opens no section. */
  readonly heading: readonly Inline[] | null;
  /** `sha256:` and 64 hex digits, over the bytes of the file. */
  readonly digest: string;
  readonly product: { readonly name: string; readonly version: string | null } | null;
  readonly description: string | null;
  readonly owner: string | null;
  readonly lang: string;
  readonly review: string | null;
  readonly duration: string | null;
  readonly changes: string | null;
  readonly tags: readonly string[];
  readonly controls: readonly string[];
  readonly questions: readonly Question[];
  readonly fields: readonly Field[];
  readonly metrics: readonly Metric[];
  readonly signoffs: readonly Signoff[];
  readonly escalation: readonly Escalation[];
  readonly contacts: readonly Contact[];
  readonly extra: Readonly<Record<string, unknown>>;
  /** The whole document in its order: a section `start` without a heading for items before the first one, and the sections. */
  readonly content: readonly Block[];
  readonly footnotes: readonly Footnote[];
}
