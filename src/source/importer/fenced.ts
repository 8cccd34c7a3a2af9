/** Checklists that stand in code fences: offered, and taken only where that is asked for. */
import type { Code, Nodes } from "mdast";
import type { Edit } from "../edits.ts";
import { type Draft, endOf, type Note, type Step, sourceOf, startOf, walk } from "./draft.ts";

const TASK = /^\s*(?:[-*+]|\d+[.)])\s+\[[ xX]\]\s/gm;
const LANGUAGES = new Set(["", "markdown", "md", "text", "txt"]);

/** @param take turn fences that are checklists into text */
export function findFenced(draft: Draft, take: boolean): Step {
  const edits: Edit[] = [];
  const notes: Note[] = [];
  let depth = 0;
  walk(draft.root, (node, within) => {
    if (node.type === "heading") depth = node.depth;
    if (node.type === "html") notes.push(...inComment(node.value, startOf(node)));
    const tasks = node.type === "code" ? (node.value.match(TASK)?.length ?? 0) : 0;
    if (node.type !== "code" || tasks === 0 || !isFence(draft, node)) return;
    const isFree = LANGUAGES.has(node.lang ?? "") && within.every(({ type }) => type === "root");
    if (take && isFree) edits.push(...unfenced(draft, node, depth));
    else notes.push(offer(node, tasks, isFree));
  });
  return { edits, notes };
}

function isFence(draft: Draft, node: Code): boolean {
  return /^[ \t]*(?:`{3,}|~{3,})/.test(sourceOf(draft, node));
}

function offer(node: Nodes, tasks: number, isFree: boolean): Note {
  const text = isFree
    ? `${tasks} task ${tasks === 1 ? "line stands" : "lines stand"} in a code fence and ${tasks === 1 ? "is" : "are"} text; --fenced takes them as items`
    : `${tasks} task ${tasks === 1 ? "line stands" : "lines stand"} in a code fence inside other text; that stays as it is`;
  return { offset: startOf(node), kind: "fenced", text, doubt: isFree };
}

function inComment(html: string, offset: number): readonly Note[] {
  const tasks = html.startsWith("<!--") ? (html.match(TASK)?.length ?? 0) : 0;
  const text = `${tasks} task ${tasks === 1 ? "line stands" : "lines stand"} in a comment; comments stay as they are`;
  return tasks === 0 ? [] : [{ offset, kind: "commented", text, doubt: false }];
}

/** The fence goes; headings inside it go below the one that it stands under. */
function unfenced(draft: Draft, node: Code, depth: number): readonly Edit[] {
  const source = sourceOf(draft, node);
  const lines = source.split(/(?<=\n)/);
  const why = "this fence is a checklist; it is text now";
  let at = startOf(node);
  return lines.flatMap((line, index): readonly Edit[] => {
    const offset = at;
    at += line.length;
    const isLast = index === lines.length - 1 && endOf(node) === at;
    if (index === 0 || (isLast && /^[ \t]*(?:`{3,}|~{3,})\s*$/.test(line)))
      return [{ offset, old: line, new: "", kind: "unfence", why, confidence: "likely" }];
    const marks = /^(#{1,6})[ \t]/.exec(line)?.[1];
    if (marks === undefined) return [];
    const level = "#".repeat(Math.max(0, Math.min(6, marks.length + depth) - marks.length));
    if (level === "") return [];
    return [
      {
        offset,
        old: "",
        new: level,
        kind: "unfence",
        why: "a heading of the fence, below the one above it",
        confidence: "likely",
      },
    ];
  });
}
