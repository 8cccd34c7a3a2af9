/** One file to one checklist: frontmatter, Markdown, annotations. Pure; everything wrong is in the diagnostics. */
import type { Root } from "mdast";
import type { Checklist } from "../model/checklist.ts";
import { compareDiagnostics, type Diagnostic } from "../model/diagnostic.ts";
import type { Frontmatter } from "../model/frontmatter.schema.ts";
import { readBlocks } from "./blocks.ts";
import { type Context, createContext, type Pin } from "./context.ts";
import { checkPath, declared, readSignoffs } from "./declared.ts";
import { readFootnotes, readHeading, start, takeTitle } from "./document.ts";
import { parseFrontmatter } from "./frontmatter.ts";
import { firstPart } from "./group.ts";
import { parseMarkdown, TooMuch } from "./markdown.ts";
import { Counter, nothingInherited, type Scope } from "./scope.ts";

/** Ids of page furniture begin with `_` and cannot be written; `start` is the section of what stands before any heading. */
const FURNITURE = ["start"];

export interface SourceText {
  readonly id: string;
  readonly version: string;
  /** Path for messages, relative to the project. */
  readonly file: string;
  readonly text: string;
  /** `sha256:…` over the file's bytes. */
  readonly digest: string;
}

export interface ChecklistParse {
  /** Null where the frontmatter or the Markdown cannot be read. */
  readonly checklist: Checklist | null;
  readonly diagnostics: readonly Diagnostic[];
  /** What `pin` would insert, in order of the file. */
  readonly pins: readonly Pin[];
  /** Every id written in the file, with the places (line, column) where it stands. */
  readonly written: ReadonlyMap<string, readonly { readonly line: number; readonly column: number }[]>;
}

/** Parses a checklist. Content problems never throw. */
export function parseChecklist(source: SourceText): ChecklistParse {
  const text = source.text.startsWith("\uFEFF") ? source.text.slice(1) : source.text;
  const shift = source.text.length - text.length;
  const { frontmatter, complaints } = parseFrontmatter(text);
  const diagnostics = complaints.map(
    (complaint): Diagnostic => ({ severity: "error", rule: "frontmatter", file: source.file, ...complaint }),
  );
  const root = readMarkdown(text);
  if (!frontmatter || typeof root === "string") {
    if (typeof root === "string")
      diagnostics.push({
        severity: "error",
        rule: "markdown",
        file: source.file,
        line: 1,
        column: 1,
        reason: root,
        hint: null,
      });
    return { checklist: null, diagnostics, pins: [], written: new Map() };
  }
  const context = createContext({ file: source.file, text, root, signoffs: [], furniture: FURNITURE });
  checkPath(context, source, frontmatter);
  const signoffs = readSignoffs(context, frontmatter);
  const checklist = convert({ ...context, signoffs }, source, frontmatter, root);
  return {
    checklist,
    diagnostics: [...diagnostics, ...context.diagnostics].sort(compareDiagnostics),
    pins: context.pins
      .map((pin) => ({ ...pin, offset: pin.offset + shift }))
      .sort((a, b) => a.offset - b.offset),
    written: context.written,
  };
}

function readMarkdown(text: string): Root | string {
  try {
    return parseMarkdown(text);
  } catch (cause) {
    return cause instanceof TooMuch ? cause.message : `the Markdown cannot be parsed: ${String(cause)}`;
  }
}

function convert(context: Context, source: SourceText, frontmatter: Frontmatter, root: Root): Checklist {
  const { heading, inPlace, nodes } = takeTitle(root);
  const first = firstPart(nodes, inPlace);
  const counter = new Counter("");
  const scope: Scope = {
    ...nothingInherited,
    controls: [],
    section: { id: "start", depth: 0, text: "" },
    counter: new Counter("0"),
    headings: "sections",
    item: null,
  };
  const before = readBlocks(
    context,
    nodes.slice(0, first),
    inPlace ? { ...scope, headings: "plain" } : scope,
  );
  const after = readBlocks(context, nodes.slice(first), { ...scope, counter });
  return {
    schema: "countersign/checklist@1",
    id: source.id,
    version: source.version,
    status: frontmatter.status,
    title: frontmatter.title,
    heading: heading ? readHeading(context, heading) : null,
    digest: source.digest,
    product: frontmatter.product
      ? { name: frontmatter.product.name, version: frontmatter.product.version ?? null }
      : null,
    description: frontmatter.description ?? null,
    owner: frontmatter.owner ?? null,
    lang: frontmatter.lang,
    review: frontmatter.review ?? null,
    duration: frontmatter.duration ?? null,
    changes: frontmatter.changes ?? null,
    tags: frontmatter.tags,
    controls: frontmatter.controls,
    ...declared(context, frontmatter),
    extra: frontmatter.extra,
    content: [...start(before), ...after],
    footnotes: readFootnotes(context, scope),
  };
}
