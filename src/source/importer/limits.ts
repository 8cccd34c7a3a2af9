/** Limits, proposed from what items say. Never from an alert, a trigger, a rate limit or a no-go. */
import type { ListItem, Nodes, Paragraph } from "mdast";
import type { Edit } from "../edits.ts";
import { type Draft, endOf, inOrder, type Note, type Step, startOf, textOf, walk } from "./draft.ts";
import { limitIn, OTHER_SIGN } from "./figure.ts";
import { folded } from "./labels.ts";
import { flow } from "./matter.ts";
import { meaningOf } from "./words.ts";

/** Roles whose figures are no limits. */
const NOT_JUDGED = new Set([
  "triggers",
  "bands",
  "contingency",
  "templates",
  "contacts",
  "review",
  "reference",
]);

export function proposeLimits(draft: Draft): Step {
  const edits: Edit[] = [];
  const notes: Note[] = [];
  const open: { readonly depth: number; readonly judged: boolean }[] = [];
  walk(draft.root, (node, within) => {
    if (node.type === "heading") {
      while ((open.at(-1)?.depth ?? 0) >= node.depth) open.pop();
      open.push({ depth: node.depth, judged: isJudged(textOf(node)) });
    }
    if (node.type !== "listItem" || !open.every(({ judged }) => judged)) return;
    const box =
      typeof node.checked === "boolean"
        ? node
        : within.findLast(
            (one): one is ListItem => one.type === "listItem" && typeof one.checked === "boolean",
          );
    const [first] = node.children;
    // What has boxes of its own is judged by them.
    if (
      !box ||
      first?.type !== "paragraph" ||
      (node === box && holdsBox(node)) ||
      OTHER_SIGN.test(titleOf(box)) ||
      holds(first, LIMIT)
    )
      return;
    const proposal = limitIn(sentenceOf(first));
    if (proposal && "limit" in proposal)
      edits.push(annotate(first, node === box && !holds(first, ITEM), proposal.limit));
    else if (proposal)
      notes.push({
        offset: startOf(first),
        kind: "limit",
        text: `no limit was proposed: ${proposal.doubt}`,
        doubt: true,
      });
  });
  return { edits: inOrder(edits), notes };
}

function isJudged(heading: string): boolean {
  const { role, whenMet } = meaningOf(folded(heading));
  return (
    !(role && NOT_JUDGED.has(role)) &&
    (whenMet === undefined || whenMet === "go") &&
    !OTHER_SIGN.test(heading.replace(/roll-?back\w*/giu, ""))
  );
}

function holdsBox(item: ListItem): boolean {
  let found = false;
  for (const child of item.children)
    walk(child, (node) => {
      found ||= node.type === "listItem" && typeof node.checked === "boolean";
    });
  return found;
}

/** A code in bold, as a row of a table had it, is no part of what is measured. */
const CODE = /^[A-Z]{1,4}-?\d+[.:]?$/;

function sentenceOf(paragraph: Paragraph): string {
  const [first, ...rest] = paragraph.children;
  const isCoded = first?.type === "strong" && CODE.test(textOf(first).trim());
  const said = isCoded ? { ...paragraph, children: rest } : paragraph;
  return textOf(said, false).split("\n")[0] ?? "";
}

function titleOf(item: ListItem): string {
  const [first] = item.children;
  return first ? textOf(first) : "";
}

function holds(node: Paragraph, comment: RegExp): boolean {
  return node.children.some((child: Nodes) => child.type === "html" && comment.test(child.value));
}

const ITEM = /^<!--\s*item:/;
const LIMIT = /^<!--\s*(?:limit:|item:[\s\S]*\blimit:)/;

function annotate(node: Paragraph, isBox: boolean, limit: string): Edit {
  const comment = isBox
    ? `item: ${flow({ limit: [limit] }).replace(/\[("[^"]*")\]/, "$1")}`
    : `limit: ${JSON.stringify(limit)}`;
  return {
    offset: endOf(node),
    old: "",
    new: ` <!-- ${comment} -->`,
    kind: "limit",
    why: `the line gives a figure that must hold: ${limit}`,
    confidence: "likely",
  };
}
