/** What the conversion of one document carries along: what was found, what is known, what is to be pinned. */
import type { Definition, FootnoteDefinition, Html, Nodes, Root } from "mdast";
import type { Field, Signoff } from "../model/checklist.ts";
import type { Diagnostic, DiagnosticSeverity } from "../model/diagnostic.ts";
import type { RuleName } from "../model/rulebook.ts";
import { type CommentParse, parseComment } from "./annotation.ts";
import { Ids } from "./ids.ts";

/** Text that `pin` inserts at an offset of the file (UTF-16 units). */
export interface Pin {
  readonly offset: number;
  readonly insert: string;
  readonly kind: "section" | "item" | "command";
  readonly id: string;
  readonly line: number;
}

/** A place in the file: both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Context {
  readonly file: string;
  readonly text: string;
  readonly diagnostics: Diagnostic[];
  readonly pins: Pin[];
  readonly ids: Ids;
  /** Every id written in the file with the places where it stands. */
  readonly written: Map<string, Place[]>;
  readonly signoffs: readonly Signoff[];
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly footnotes: FootnoteOrder;
  /** Ids of the templates so far. */
  readonly templates: Set<string>;
  /** Fields that the body declares, in order. */
  readonly fields: Field[];
  /** The annotation in a comment; each is parsed once and a broken one reported once. */
  comment(node: Html): CommentParse;
}

/** Numbers footnotes in order of first use. */
export interface FootnoteOrder {
  readonly definitions: ReadonlyMap<string, FootnoteDefinition>;
  readonly numbers: Map<string, number>;
}

export function placeOf(node: Nodes): Place {
  return { line: node.position?.start.line ?? 0, column: node.position?.start.column ?? 0 };
}

export function report(
  context: Context,
  place: Place,
  rule: RuleName,
  reason: string,
  options: { readonly hint?: string | null; readonly severity?: DiagnosticSeverity } = {},
): void {
  const { hint = null, severity = "error" } = options;
  context.diagnostics.push({
    severity,
    rule,
    file: context.file,
    line: place.line,
    column: place.column,
    reason,
    hint,
  });
}

export function createContext(input: {
  readonly file: string;
  readonly text: string;
  readonly root: Root;
  readonly signoffs: readonly Signoff[];
  readonly furniture: readonly string[];
}): Context {
  const comments = new Map<Html, CommentParse>();
  const definitions = new Map<string, Definition>();
  const footnotes = new Map<string, FootnoteDefinition>();
  const written = new Map<string, Place[]>();
  const diagnostics: Diagnostic[] = [];
  walk(input.root, (node) => {
    // The first definition of a label wins (CommonMark 4.7).
    if (node.type === "definition" && !definitions.has(node.identifier))
      definitions.set(node.identifier, node);
    else if (node.type === "footnoteDefinition" && !footnotes.has(node.identifier))
      footnotes.set(node.identifier, node);
    else if (node.type === "html" && /^\s*<!--/.test(node.value)) {
      // A comment that stands deeper than its list item keeps its indentation.
      const parsed = parseComment(node.value.trimStart());
      comments.set(node, parsed);
      if (
        parsed.kind === "annotation" &&
        parsed.annotation.key !== "limit" &&
        parsed.annotation.value.id !== undefined
      ) {
        const places = written.get(parsed.annotation.value.id) ?? [];
        written.set(parsed.annotation.value.id, [...places, placeOf(node)]);
      }
    }
  });
  const context: Context = {
    file: input.file,
    text: input.text,
    diagnostics,
    pins: [],
    ids: new Ids([...written.keys(), ...input.furniture]),
    written,
    signoffs: input.signoffs,
    definitions,
    footnotes: { definitions: footnotes, numbers: new Map() },
    templates: new Set(),
    fields: [],
    comment: (node) => comments.get(node) ?? { kind: "comment" },
  };
  for (const [node, parsed] of comments) {
    if (parsed.kind === "error")
      report(context, placeOf(node), "unknown-annotation", parsed.reason, { hint: parsed.hint });
    if (parsed.kind === "comment") noteHiddenTasks(context, node);
  }
  return context;
}

function walk(node: Nodes, visit: (node: Nodes) => void): void {
  visit(node);
  if ("children" in node) for (const child of node.children) walk(child, visit);
}

const TASK = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX]\][ \t]/gm;

/** Task boxes in an ordinary comment are no items: said once, so that nobody looks for them on paper. */
function noteHiddenTasks(context: Context, node: Html): void {
  const hidden = node.value.match(TASK)?.length ?? 0;
  if (hidden === 0) return;
  const reason = `${hidden} task box${hidden === 1 ? "" : "es"} in an HTML comment ${hidden === 1 ? "is no item" : "are no items"}: nobody is asked about ${hidden === 1 ? "it" : "them"}`;
  const hint = "take the comment marks away if this is to be done";
  report(context, placeOf(node), "hidden-task", reason, { severity: "info", hint });
}
