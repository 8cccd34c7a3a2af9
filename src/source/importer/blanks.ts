/** Blanks in the text: each gets a field of its own, in its place. */
import type { Paragraph } from "mdast";
import type { Edit } from "../edits.ts";
import { type Ids, slug } from "../ids.ts";
import { type Draft, endOf, inOrder, linesOf, type Step, startOf, textOf, walk } from "./draft.ts";
import { fieldOf } from "./head.ts";
import { bare } from "./labels.ts";
import { flow } from "./matter.ts";

/** @param ids hands out ids that nothing in the text has yet */
export function proposeFields(draft: Draft, ids: Ids): Step {
  const edits: Edit[] = [];
  let heading = "";
  walk(draft.root, (node) => {
    if (node.type === "heading") heading = textOf(node);
    if (
      node.type !== "paragraph" ||
      node.children.some((child) => child.type === "html" && child.value.includes("field:"))
    )
      return;
    const before: string[] = [];
    for (const line of linesOf(draft, node)) {
      for (const blank of line.source.matchAll(/_{4,}/g)) {
        if (!isText(node, line.offset + blank.index)) continue;
        const label = labelBefore(line.source.slice(Math.max(0, blank.index - 120), blank.index));
        // Fields bind to blanks in order: behind one without a label none can have a field.
        if (label === null || before.includes("")) {
          before.push("");
          continue;
        }
        before.push(label);
        const { type, label: words, ...more } = fieldOf(label);
        // "Date" alone says little; with its section it says which.
        const wish = slug(words).includes("-") ? slug(words) : `${slug(heading)}-${slug(words)}`;
        const id = ids.derive(/[a-z]/.test(wish) ? wish.replace(/^-|-$/g, "") : `field-${before.length}`);
        edits.push({
          offset: line.offset + blank.index + blank[0].length,
          old: "",
          new: ` <!-- field: ${flow({ id, type: type === "text" ? undefined : type, label: words, ...more })} -->`,
          kind: "field",
          why: `the blank behind '${words}' is a field`,
          confidence: "likely",
        });
      }
    }
  });
  return { edits: inOrder(edits) };
}

/** A blank in bold or in code is none that a field could bind to. */
function isText(node: Paragraph, offset: number): boolean {
  return node.children.some(
    (child) => child.type === "text" && startOf(child) <= offset && offset < endOf(child),
  );
}

/** The words right before a blank, back to the blank or the sentence before them. */
function labelBefore(text: string): string | null {
  const rest = text.replace(/^(?:[-*+]\s+|\d+[.)]\s+)?(?:\[[ xX]\]\s+)?/, "");
  const words = bare(rest.split(/_{3,}(?:\s*\/\s*\d+)?/).at(-1) ?? "");
  const label = words.replace(/[\s:：=*]+$/u, "").replace(/^[\s|,;.·–-]+/u, "");
  const last =
    label
      .split(/[.!?;]\s/)
      .at(-1)
      ?.trim() ?? "";
  return /\p{L}/u.test(last) && last.length <= 60 ? last : null;
}
