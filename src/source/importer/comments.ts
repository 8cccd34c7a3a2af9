/** Comments of other people that read like annotations of ours: a word in front of them ends the likeness. */
import type { Edit } from "../edits.ts";
import { type Draft, inOrder, type Step, startOf, walk } from "./draft.ts";

const LIKE_OURS = /<!--\s*(?:section|item|limit|field|command)\s*:/;

export function neutralise(draft: Draft): Step {
  if (!LIKE_OURS.test(draft.text)) return { edits: [] };
  const wrong = draft
    .parsed()
    .diagnostics.filter(({ severity, rule }) => severity === "error" && rule !== "frontmatter");
  if (wrong.length === 0) return { edits: [] };
  const lines = new Set(wrong.map(({ line }) => line));
  const edits: Edit[] = [];
  walk(draft.root, (node) => {
    const key =
      node.type === "html" ? /^<!--(\s*)(?=(?:section|item|limit|field|command)\s*:)/.exec(node.value) : null;
    if (!key || !lines.has(node.position?.start.line ?? 0)) return;
    edits.push({
      offset: startOf(node) + key[0].length,
      old: "",
      new: "note: ",
      kind: "comment",
      why: "this comment reads like an annotation of Countersign and is none",
      confidence: "likely",
    });
  });
  return { edits: inOrder(edits) };
}
