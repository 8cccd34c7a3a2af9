/** Boxes to choose between in one line: `☐ Go ☐ No-Go` is a decision. */
import type { Nodes, Paragraph } from "mdast";
import type { Edit } from "../edits.ts";
import { isChoice } from "./boxes.ts";
import { type Draft, inOrder, linesOf, type Note, type ParagraphLine, type Step, walk } from "./draft.ts";
import { labelsOf, marksIn } from "./marks.ts";

export function findChoices(draft: Draft): Step {
  const edits: Edit[] = [];
  const notes: Note[] = [];
  const decisions: number[] = [];
  let headings = 0;
  walk(draft.root, (node, within) => {
    const parent = within.at(-1);
    if (node.type === "heading") headings += 1;
    if (node.type !== "paragraph" || !parent) return;
    for (const [at, line] of linesOf(draft, node).entries()) {
      if (!isChoice(line.source) || labelsOf(line.source).some((label) => label.length > 40)) continue;
      edits.push(...choiceEdits(draft, line, { node, parent, isFirst: at === 0 }));
      decisions.push(headings - 1);
      notes.push({
        offset: line.offset,
        kind: "choice",
        text: `a choice between ${labelsOf(line.source)
          .map((label) => `'${label.replace(/[*_.]+$/, "")}'`)
          .join(" and ")} became one item; who decides it belongs into 'decider' of its section`,
        doubt: true,
      });
    }
  });
  return { edits: inOrder(edits), notes, matter: { decisions } };
}

interface Place {
  readonly node: Paragraph;
  readonly parent: Nodes;
  readonly isFirst: boolean;
}

function choiceEdits(draft: Draft, line: ParagraphLine, { node, parent, isFirst }: Place): readonly Edit[] {
  const item = parent.type === "listItem" && parent.children[0] === node && isFirst ? parent : null;
  const why = "boxes to choose between are one item with one answer";
  const edit = (offset: number, old: string, made: string): Edit => ({
    offset,
    old,
    new: made,
    kind: "choice",
    why,
    confidence: "unsure",
  });
  const lead = item === null ? "- [ ] " : typeof item.checked === "boolean" ? "" : "[ ] ";
  const marks = marksIn(line.source).map(({ index, mark }, at) => {
    const before = line.source.slice(0, index);
    const isApart = at === 0 || /[/|,;][ \t]*$/.test(before);
    const start = isApart ? index : before.trimEnd().length;
    const end =
      index + mark.length + (/^[ \t\u00A0]*/.exec(line.source.slice(index + mark.length))?.[0].length ?? 0);
    return edit(line.offset + start, line.source.slice(start, end), isApart ? "" : " / ");
  });
  const [first, ...rest] = marks;
  // The lead and the first mark may stand in one place: one edit then.
  const opening =
    first && first.offset === line.offset
      ? [edit(line.offset, first.old, lead)]
      : [edit(line.offset, "", lead), ...(first ? [first] : [])];
  const hasMore = item === null && draft.text.slice(line.next, node.position?.end.offset).trim() !== "";
  const end = hasMore ? [edit(line.next, "", draft.eol)] : [];
  return [...opening, ...rest, ...end].filter(({ old, new: made }) => old !== made);
}
