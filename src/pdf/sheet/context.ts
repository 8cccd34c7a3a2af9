/** What the parts of a sheet share while it is drawn. */
import type { Checklist } from "../../model/checklist.ts";
import type { Outline } from "../../model/outline.ts";
import type { Run } from "../../model/run.ts";
import type { ProseContext } from "../command.ts";
import type { Document } from "../document.ts";
import type { Flow } from "../flow.ts";
import type { Fonts, Unprintable } from "../fonts.ts";

/** A run as of its newest record, and the records themselves, to be attached. */
export interface Filled {
  readonly run: Run;
  readonly records: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

export interface SheetOptions {
  readonly fonts: Fonts;
  readonly paper: "a4" | "letter";
  /** Name of the installation's organisation. */
  readonly organisation: string;
  /** Address of the published site, without a slash at the end. */
  readonly url: string;
  /** The Markdown source, attached to the sheet. */
  readonly source: Uint8Array;
  /** YYYY-MM-DD from the lock; null for what is not in it: then DRAFT stands across every page. */
  readonly released: string | null;
  /** Version of this software, for the metadata. */
  readonly tool: string;
  /** Who superseded it, on request only: published sheets keep their bytes. */
  readonly supersededBy?: string | null;
  /** One box for initials a section instead of one a row. */
  readonly initials?: "row" | "section";
  /** A run that has begun: what it recorded stands in the blanks, what is open stays blank, PARTIAL on each page. */
  readonly filled?: Filled;
  /** A sheet of one part: a section with what is in it, or what one role does and signs. */
  readonly only?: { readonly section: string } | { readonly role: string };
  /** Sections beside each other in order of time instead of that of the source. */
  readonly order?: "source" | "time";
  /** Single blanks that are known before: text by the full name of the blank. */
  readonly fields?: ReadonlyMap<string, string>;
  /** The same as JSON, to be attached, because what is printed is no blank of the form; and its digest. */
  readonly fieldsFile?: { readonly bytes: Uint8Array; readonly digest: string };
  /** Told of every character that could not be printed as it is written. */
  readonly report?: (problem: Unprintable) => void;
}

export interface Sheet {
  readonly checklist: Checklist;
  readonly outline: Outline;
  readonly options: SheetOptions;
  readonly document: Document;
  readonly flow: Flow;
  readonly prose: ProseContext;
  readonly permalink: string;
  /** Ids of sections that are printed on the rollback card. */
  readonly card: ReadonlySet<string>;
  /** Metrics whose query was printed: once a sheet is enough. */
  readonly said: Set<string>;
}
