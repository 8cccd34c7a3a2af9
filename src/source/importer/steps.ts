/** Checklists without any box: plain ordered steps. */
import type { List, ListItem, Nodes, RootContent } from "mdast";
import type { Edit } from "../edits.ts";
import { type Draft, type Note, type Step, sourceOf, startOf, textOf } from "./draft.ts";
import { folded } from "./labels.ts";
import { isReference } from "./words.ts";

/** A sentence that tells what happens by itself, not what to do. */
const DESCRIBES =
  /\b(?:will|performs?|includes?|covers?|consists?|contains?|goals?|supports?|means|provides?|was|were|has|have|are)\b[^.]*[:：]$/i;
/** A sentence that tells somebody to do something. */
const INSTRUCTS =
  /\b(?:follow|perform|execute|do|run|complete|verify|check|these steps|the following steps)\b[^.]*[:：]$/i;

/** Takes the steps of ordered lists as items. Only for a text that has no box at all. */
export function findSteps(draft: Draft): Step {
  const edits: Edit[] = [];
  const notes: Note[] = [];
  let heading = "";
  for (const [at, node] of draft.root.children.entries()) {
    if (node.type === "heading") heading = textOf(node);
    if (node.type !== "list" || !node.ordered) continue;
    const why = reasonAgainst(node, heading, draft.root.children[at - 1]);
    const steps = why === null ? node.children.filter(isStep) : [];
    edits.push(...steps.flatMap((step) => boxFor(draft, step)));
    if (why !== null && node.children.length > 1)
      notes.push({
        offset: startOf(node),
        kind: "steps",
        text: `an ordered list was left as text: ${why}`,
        doubt: false,
      });
  }
  if (edits.length > 0) {
    const text = `${edits.length} ordered steps became items, because the text has no boxes; take the box away where a step is only told`;
    notes.push({ offset: edits[0]?.offset ?? 0, kind: "steps", text, doubt: true });
  } else {
    const text =
      "no items were found: the text has no boxes and no ordered steps; write '- [ ]' before what is to be done";
    notes.push({ offset: 0, kind: "steps", text, doubt: true });
  }
  return { edits, notes: notes.sort((a, b) => a.offset - b.offset) };
}

function reasonAgainst(list: List, heading: string, before: RootContent | undefined): string | null {
  if (list.children.every(isLink)) return "it is a table of contents";
  if (isReference(folded(heading))) return `it stands under '${heading}'`;
  const lead = before?.type === "paragraph" ? textOf(before).trim() : "";
  return DESCRIBES.test(lead) && !INSTRUCTS.test(lead) ? "the sentence before it describes" : null;
}

/** An entry that leads elsewhere in the document and says nothing else. */
function isLink(item: ListItem): boolean {
  const [first] = item.children;
  if (first?.type !== "paragraph") return false;
  const inner = (nodes: readonly Nodes[]): boolean =>
    nodes.every((node) =>
      node.type === "link"
        ? node.url.startsWith("#")
        : node.type === "strong" || node.type === "emphasis"
          ? inner(node.children)
          : node.type === "text" && node.value.trim() === "",
    );
  return inner(first.children);
}

function isStep(item: ListItem): boolean {
  const [first] = item.children;
  return first?.type === "paragraph" && textOf(first).trim() !== "";
}

function boxFor(draft: Draft, item: ListItem): readonly Edit[] {
  const [first] = item.children;
  if (!first || /^\s*_*\s*$/.test(sourceOf(draft, first))) return [];
  const why = "an ordered step is an item now";
  return [{ offset: startOf(first), old: "", new: "[ ] ", kind: "step", why, confidence: "unsure" }];
}
