/** What the parts of a sheet share while it is drawn. */
import type { Checklist } from "../../model/checklist.ts";
import type { Outline } from "../../model/outline.ts";
import type { ProseContext } from "../command.ts";
import type { Document } from "../document.ts";
import type { Flow } from "../flow.ts";
import type { Fonts, Unprintable } from "../fonts.ts";

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
