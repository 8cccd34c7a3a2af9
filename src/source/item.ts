/** One item: a task box, or a bullet that an annotation makes countable. */
import type { Html, ListItem, Paragraph } from "mdast";
import type { ItemAnnotation } from "../model/annotation.schema.ts";
import type { Block, Derivation, Figure, Item } from "../model/checklist.ts";
import type { Limit } from "../model/limit.ts";
import { parseLimit } from "../model/limits.ts";
import { plainText } from "../model/text.ts";
import { type Context, type Place, placeOf, report } from "./context.ts";
import { some } from "./group.ts";
import { wordSlug, yamlId } from "./ids.ts";
import { type Found, readInlines } from "./inline.ts";
import { Counter, inheritItem, type Scope } from "./scope.ts";

/** Reads the blocks of a list item within a scope; passed in by whoever reads blocks. */
export type ReadBody = (nodes: readonly ListItem["children"][number][], scope: Scope) => readonly Block[];

export interface ItemInput {
  readonly node: ListItem;
  readonly annotation: { readonly value: ItemAnnotation; readonly node: Html } | null;
  /** The first paragraph, or null where the item opens with a block. */
  readonly lead: Paragraph | null;
  /** Everything after the lead and the item's own annotation. */
  readonly rest: readonly ListItem["children"][number][];
  readonly scope: Scope;
}

export function readItem(context: Context, input: ItemInput, readBody: ReadBody): Item {
  const { node, lead, scope } = input;
  const place = placeOf(node);
  const own = input.annotation?.value ?? {};
  const { inlines, found } = readInlines(context, lead?.children ?? [], scope.section.id);
  const text = plainText(inlines).trim();
  const number = scope.counter.next();
  const id = own.id ?? context.ids.derive(derivedId(scope, text, number));
  if (own.id === undefined) pinItem(context, input, id);
  if (node.checked === true) {
    report(
      context,
      place,
      "prefilled-result",
      "this box is ticked in the source, and a source has no results",
      { severity: "warning", hint: "write [ ]" },
    );
  }
  const inherited = inheritItem(context, place, scope, own);
  const limits: Found[] = found.filter(({ annotation }) => annotation.key === "limit");
  const inner: Scope = {
    ...inherited,
    section: scope.section,
    counter: new Counter(number),
    headings: "plain",
    item: { id, limits },
  };
  const body = readBody(input.rest, inner);
  const figures = readFigures(context, place, own);
  return {
    id,
    pinned: own.id !== undefined,
    number,
    line: place.line,
    box: node.checked !== null && node.checked !== undefined,
    title: inlines,
    text,
    body,
    section: scope.section.id,
    parent: scope.item?.id ?? null,
    derived: derivation(own, node, body),
    role: scope.role,
    stage: scope.stage,
    timing: inherited.timing,
    conditions: inherited.conditions,
    owner: inherited.owner,
    mandatory: inherited.mandatory,
    optional: own.optional ?? false,
    evidence: own.evidence === "required",
    observe: own.observe === "required",
    ...figures,
    limits: [...figures.limits, ...limits.flatMap((one) => limitsOf(context, one))],
    needs: list(own.needs),
    dwell: own.dwell ?? null,
    repeat: inherited.repeat,
    captures: own.capture ?? [],
    checks: list(own.check),
    witness: own.witness ?? false,
    signs: signoffOf(context, place, own.signs),
    verifiesRollback: own.verifies === "rollback",
    undo: own.undo ?? null,
    standing: own.standing ?? null,
    emergency: emergency(own.emergency),
    band: own.band ?? null,
    controls: scope.controls,
  };
}

/** Where the text gives no slug, as in CJK, the place stands in for it. */
function derivedId(scope: Scope, text: string, number: string): string {
  const words = wordSlug(text);
  return words === "" ? `s${number.replaceAll(".", "-")}` : `${scope.section.id}-${words}`;
}

function pinItem(context: Context, input: ItemInput, id: string): void {
  const { line } = placeOf(input.node);
  const comment = input.annotation?.node;
  if (comment?.position) {
    const offset = context.text.indexOf("{", comment.position.start.offset);
    if (offset >= 0)
      context.pins.push({ offset: offset + 1, insert: `id: ${yamlId(id)}, `, kind: "item", id, line });
  } else {
    const end = input.lead?.position?.end.offset;
    if (end !== undefined)
      context.pins.push({ offset: end, insert: ` <!-- item: ${yamlId(id)} -->`, kind: "item", id, line });
  }
}

function list(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === "string" ? [value] : value;
}

function emergency(value: string | undefined): Item["emergency"] {
  if (value === undefined) return null;
  return value === "keep" ? { rule: "keep" } : { rule: "defer", by: value.replace(/^defer /, "") };
}

/** A box whose children have boxes is derived from them; `derive` says so in words. */
function derivation(own: ItemAnnotation, node: ListItem, body: readonly Block[]): Derivation | null {
  const words = own.derive?.trim().split(/[\s,]+/) ?? [];
  const [head, ...ids] = words;
  if (head === "section" && ids.length > 0) return { from: "section", ids };
  if (head === "items" && ids.length > 0) return { from: "items", ids };
  const nested = node.children.some((child) =>
    some(child, (one) => one.type === "listItem" && typeof one.checked === "boolean"),
  );
  return typeof node.checked === "boolean" && nested ? { from: "children", ids: childItems(body) } : null;
}

function childItems(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap((block) => {
    if (block.type === "quote" || block.type === "details") return childItems(block.content);
    if (block.type !== "list") return [];
    return block.entries.flatMap((entry) =>
      entry.type === "item" ? [entry.item.id] : entry.type === "bullet" ? childItems(entry.content) : [],
    );
  });
}

function readFigures(context: Context, place: Place, own: ItemAnnotation) {
  const limits = (texts: string | readonly string[] | undefined) =>
    list(texts).flatMap((text) => limitFrom(context, place, text));
  return {
    limits: limits(own.limit),
    targets: limits(own.target),
    expected: limits(own.expect),
    settings: list(own.setting).map((text): Figure => {
      const parsed = parseLimit(text);
      return { text, limit: "limit" in parsed ? parsed.limit : null };
    }),
  };
}

function limitsOf(context: Context, { annotation, place }: Found): readonly Limit[] {
  return annotation.key === "limit"
    ? annotation.value.flatMap((text) => limitFrom(context, place, text))
    : [];
}

function limitFrom(context: Context, place: Place, text: string): readonly Limit[] {
  const parsed = parseLimit(text);
  if ("limit" in parsed) return [parsed.limit];
  report(context, place, "bad-limit", `cannot read the limit '${text}': ${parsed.error}`, {
    hint: "write such as 'error_rate < 1 % for 5 min', 'memory between 220 MB and 250 MB', 'latency about 250 ms ± 50 ms'",
  });
  return [];
}

/** `signs` names a sign-off by its id or by its role. */
function signoffOf(context: Context, place: Place, signs: string | undefined): string | null {
  if (signs === undefined) return null;
  const found = context.signoffs.find(({ id, role }) => id === signs || role === signs);
  if (!found) {
    report(
      context,
      place,
      "no-signoff",
      `the item is done by the signature of '${signs}', and no sign-off has that id or role`,
      { hint: "add it to 'signoffs' in the frontmatter" },
    );
  }
  return found?.id ?? null;
}
