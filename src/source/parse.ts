/** One file to one checklist: frontmatter, Markdown, annotations. Pure; everything wrong is in the diagnostics. */
import type { Root, RootContent } from "mdast";
import type { Frontmatter } from "../model/checklist.schema.ts";
import type { Block, Checklist, Footnote, Signoff } from "../model/checklist.ts";
import { compareDiagnostics, type Diagnostic } from "../model/diagnostic.ts";
import type { Inline } from "../model/text.ts";
import { readBlocks } from "./blocks.ts";
import { type Context, createContext, type Pin, placeOf, report } from "./context.ts";
import { parseFrontmatter } from "./frontmatter.ts";
import { readInlines } from "./inline.ts";
import { parseMarkdown } from "./markdown.ts";
import { Counter, nothingInherited, type Scope, withCondition } from "./scope.ts";

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

/** Id and version come from the path; the frontmatter may repeat them and must not contradict them. */
function checkPath(context: Context, source: SourceText, { id, version }: Frontmatter): void {
  const place = { line: 1, column: 1 };
  const hint = "take the key out of the frontmatter, or move the file";
  if (id !== undefined && id !== source.id)
    report(
      context,
      place,
      "path-matches",
      `the path says the id is '${source.id}', the frontmatter '${id}'`,
      { hint },
    );
  if (version !== undefined && version !== source.version) {
    report(
      context,
      place,
      "path-matches",
      `the path says the version is '${source.version}', the frontmatter '${version}'`,
      { hint },
    );
  }
}

function readMarkdown(text: string): Root | string {
  try {
    return parseMarkdown(text);
  } catch (cause) {
    return cause instanceof RangeError ? cause.message : `the Markdown cannot be parsed: ${String(cause)}`;
  }
}

function readSignoffs(context: Context, frontmatter: Frontmatter): readonly Signoff[] {
  return frontmatter.signoffs.map(({ id, role, meaning, before, after, when, optional }) => ({
    id,
    role,
    meaning,
    before: before ?? null,
    after: after ?? null,
    conditions: withCondition(context, { line: 1, column: 1 }, [], when),
    optional,
  }));
}

function convert(context: Context, source: SourceText, frontmatter: Frontmatter, root: Root): Checklist {
  const { heading, nodes } = takeTitle(root);
  const first = nodes.findIndex((node) => node.type === "heading");
  const lead = first < 0 ? nodes : nodes.slice(0, first);
  const counter = new Counter("");
  const scope: Scope = {
    ...nothingInherited,
    controls: [],
    section: { id: "start", depth: 0, text: "" },
    counter: new Counter("0"),
    headings: "sections",
    item: null,
  };
  const before = readBlocks(context, lead, scope);
  const after = readBlocks(context, first < 0 ? [] : nodes.slice(first), { ...scope, counter });
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

/** The nouns of the frontmatter in their normal form. */
function declared(context: Context, frontmatter: Frontmatter) {
  return {
    questions: frontmatter.questions.map(({ id, label, type, choices, by }) => ({
      id,
      label,
      type,
      choices: choices ?? (type === "yes-no" ? ["yes", "no"] : []),
      by: by ?? null,
    })),
    fields: [
      ...frontmatter.fields.map(({ id, label, type, choices, required, authority }) => ({
        id,
        label: label ?? id,
        type,
        choices: choices ?? [],
        required,
        authority: authority ?? null,
        section: null,
      })),
      ...context.fields,
    ],
    metrics: frontmatter.metrics.map(({ id, label, unit, better, query }) => ({
      id,
      label,
      unit: unit ?? null,
      better: better ?? null,
      query: query ?? null,
    })),
    signoffs: context.signoffs,
    escalation: frontmatter.escalation.map(({ level, role, from, to, channel }) => ({
      level,
      role,
      from,
      to: to ?? null,
      channel: channel ?? null,
    })),
    contacts: frontmatter.contacts.map((contact) => ({
      role: contact.role,
      for: contact.for ?? null,
      channel: contact.channel ?? null,
    })),
  };
}

type Title = Extract<RootContent, { type: "heading" }>;

/** The only heading of depth 1, where it is the first of all headings, is the document's title. */
function takeTitle(root: Root): { readonly heading: Title | null; readonly nodes: readonly RootContent[] } {
  const headings = root.children.filter((node) => node.type === "heading");
  const [first] = headings;
  if (first?.depth !== 1 || headings.filter(({ depth }) => depth === 1).length > 1)
    return { heading: null, nodes: root.children };
  return { heading: first, nodes: root.children.filter((node) => node !== first) };
}

function readHeading(context: Context, heading: Title): readonly Inline[] {
  const { inlines, found } = readInlines(context, heading.children, "start");
  for (const { place } of found) {
    report(
      context,
      place,
      "unknown-annotation",
      "the document's title is no section and takes no annotation",
      { hint: "what holds for the whole document stands in the frontmatter" },
    );
  }
  return inlines.length > 0
    ? inlines
    : [{ type: "text", value: context.text.split("\n")[placeOf(heading).line - 1] ?? "" }];
}

/** Items before any heading live in a section `start` without a title. */
function start(blocks: readonly Block[]): readonly Block[] {
  const holdsItems = blocks.some(
    (block) => block.type === "list" && JSON.stringify(block).includes('"type":"item"'),
  );
  if (!holdsItems) return blocks;
  const { role, stage, timing, conditions, mandatory, repeat, controls } = nothingInherited;
  const nothing = { duration: null, dwell: null, choose: false, rule: null, whenMet: null, decider: null };
  const section = {
    id: "start",
    pinned: true,
    number: "0",
    line: 1,
    depth: 2,
    title: [],
    text: "",
    parent: null,
  };
  return [
    {
      type: "section",
      section: {
        ...section,
        role,
        stage,
        timing,
        conditions,
        mandatory,
        repeat,
        controls,
        ...nothing,
        content: blocks,
      },
    },
  ];
}

/** Definitions that nothing refers to come last: what was written is shown. */
function readFootnotes(context: Context, scope: Scope): readonly Footnote[] {
  const { definitions, numbers } = context.footnotes;
  for (const identifier of definitions.keys())
    if (!numbers.has(identifier)) numbers.set(identifier, numbers.size + 1);
  return [...numbers].flatMap(([identifier, number]) => {
    const definition = definitions.get(identifier);
    if (!definition) return [];
    return [
      {
        label: definition.label ?? identifier,
        number,
        content: readBlocks(context, definition.children, { ...scope, headings: "plain" }),
      },
    ];
  });
}
