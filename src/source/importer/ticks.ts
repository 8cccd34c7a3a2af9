/** A source has no results: boxes are open, and their state is said once. */
import type { Edit } from "../edits.ts";
import { type Draft, endOf, inOrder, linesOf, type Step, startOf, walk } from "./draft.ts";
import { stateAtEnd, stateAtStart } from "./marks.ts";

export function takeTicks(draft: Draft): Step {
  const edits: Edit[] = [];
  walk(draft.root, (node) => {
    if (node.type !== "listItem" || typeof node.checked !== "boolean") return;
    const [first] = node.children;
    const start = startOf(node);
    const box = /\[[xX]\]/.exec(draft.text.slice(start, first ? endOf(first) : endOf(node)));
    if (node.checked && box) edits.push(untick(start + box.index + 1, box[0].slice(1, 2)));
    if (first?.type !== "paragraph") return;
    const lines = linesOf(draft, first);
    const [title] = lines;
    const last = lines.at(-1);
    if (!title || !last) return;
    // Where the box is part of the first text, the text begins behind it.
    const box0 = /^\[[ xX]\][ \t]+/.exec(title.source)?.[0].length ?? 0;
    const text = title.source.slice(box0);
    const ahead = stateAtStart(text);
    if (ahead !== null) edits.push(said(title.offset + box0, ahead));
    const behind = stateAtEnd(last === title ? text.slice(ahead?.length ?? 0) : last.source);
    if (behind !== null) edits.push(said(last.offset + last.source.length - behind.length, behind));
  });
  return { edits: inOrder(edits) };
}

function untick(offset: number, old: string): Edit {
  const why = "this box was ticked; a source has no results";
  return { offset, old, new: " ", kind: "untick", why, confidence: "certain" };
}

function said(offset: number, old: string): Edit {
  const why = `the box says the state, and '${old.trim()}' said it once more`;
  return { offset, old, new: "", kind: "said-twice", why, confidence: "likely" };
}
