/** One section: a heading, or a list item or bold line that is annotated as one. */
import type { Html, ListItem } from "mdast";
import type { SectionAnnotation } from "../model/annotation.schema.ts";
import type { Block, Section } from "../model/checklist.ts";
import { plainText } from "../model/text.ts";
import { type Context, placeOf, report } from "./context.ts";
import type { Part } from "./group.ts";
import { wordSlug, yamlId } from "./ids.ts";
import { readInlines } from "./inline.ts";
import { Counter, inheritSection, type Scope } from "./scope.ts";

export interface SectionInput {
  readonly node: Part["node"] | ListItem;
  readonly title: Part["title"];
  readonly depth: number;
}

export function readSection(
  context: Context,
  input: SectionInput,
  scope: Scope,
  content: (scope: Scope) => readonly Block[],
): Section {
  const place = placeOf(input.node);
  const { inlines, found } = readInlines(context, input.title, scope.section.id);
  const annotated = found.find(({ annotation }) => annotation.key === "section");
  for (const other of found) {
    if (other !== annotated)
      report(
        context,
        other.place,
        "unknown-annotation",
        `a ${other.annotation.key} annotation cannot stand on a section's title`,
      );
  }
  const own: SectionAnnotation = annotated?.annotation.key === "section" ? annotated.annotation.value : {};
  const text = plainText(inlines).trim();
  const number = scope.counter.next();
  const id = own.id ?? context.ids.derive(wordSlug(text) || `s${number.replaceAll(".", "-")}`);
  if (own.id === undefined) pinSection(context, input, annotated?.node ?? null, id);
  const inherited = inheritSection(context, place, scope, own);
  const inner: Scope = {
    ...inherited,
    section: { id, depth: input.depth, text },
    counter: new Counter(number),
    item: null,
    headings: "sections",
  };
  return {
    id,
    pinned: own.id !== undefined,
    number,
    line: place.line,
    depth: input.depth,
    title: inlines,
    text,
    parent: scope.section.depth === 0 ? null : scope.section.id,
    role: inherited.role,
    stage: inherited.stage,
    timing: inherited.timing,
    duration: own.duration ?? null,
    dwell: own.dwell ?? null,
    conditions: inherited.conditions,
    choose: own.choose === 1,
    rule: own.rule ?? null,
    whenMet: own["when-met"] ?? null,
    decider: own.decider ?? null,
    repeat: inherited.repeat,
    mandatory: inherited.mandatory,
    controls: inherited.controls,
    content: content(inner),
  };
}

function pinSection(context: Context, input: SectionInput, comment: Html | null, id: string): void {
  const { line } = placeOf(input.node);
  if (comment?.position) {
    const offset = context.text.indexOf("{", comment.position.start.offset);
    if (offset >= 0)
      context.pins.push({ offset: offset + 1, insert: `id: ${yamlId(id)}, `, kind: "section", id, line });
  } else {
    const end = input.title.at(-1)?.position?.end.offset;
    if (end !== undefined)
      context.pins.push({
        offset: end,
        insert: ` <!-- section: ${yamlId(id)} -->`,
        kind: "section",
        id,
        line,
      });
  }
}
