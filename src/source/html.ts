/** HTML that stands as a block of its own. */
import type { Html } from "mdast";
import type { CommandAnnotation } from "../model/annotation.schema.ts";
import type { Block } from "../model/checklist.ts";
import { type Context, placeOf, report } from "./context.ts";
import { shorten } from "./inline.ts";
import type { Scope } from "./scope.ts";

/** An HTML block: an annotation, an ordinary comment, or HTML that is shown as its text. Answers with a command's annotation. */
export function readHtmlBlock(
  context: Context,
  node: Html,
  scope: Scope,
  blocks: Block[],
): CommandAnnotation | null {
  const comment = context.comment(node);
  if (comment.kind === "annotation") {
    const { annotation } = comment;
    if (annotation.key === "command") return annotation.value;
    if (annotation.key === "limit" && scope.item)
      scope.item.limits.push({ annotation, place: placeOf(node), node });
    else {
      report(
        context,
        placeOf(node),
        "unknown-annotation",
        `the ${annotation.key} annotation stands alone and belongs to nothing`,
        {
          hint: "write it at the end of the heading's line, or in the first paragraph of its list item",
        },
      );
    }
    return null;
  }
  const rest = withoutComments(node.value).trim();
  if (comment.kind === "error" || rest === "") return null;
  report(
    context,
    placeOf(node),
    "raw-html",
    `HTML is not part of the dialect: ${shorten(rest)} is shown as its text`,
    { severity: "warning" },
  );
  blocks.push({ type: "raw", value: rest });
  return null;
}

/** Takes closed comments out, in one walk: a pattern would look for the end anew at each of a thousand open ones. */
function withoutComments(html: string): string {
  const kept: string[] = [];
  let at = 0;
  for (;;) {
    const start = html.indexOf("<!--", at);
    const end = start < 0 ? -1 : html.indexOf("-->", start + 4);
    if (end < 0) break;
    kept.push(html.slice(at, start));
    at = end + 3;
  }
  return kept.join("") + html.slice(at);
}
