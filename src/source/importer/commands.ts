/** Owners of commands: a fence outside an item gets the item or the section that it serves. */
import type { Code, Nodes, RootContent } from "mdast";
import type { Edit } from "../edits.ts";
import { type Draft, inOrder, type Step, startOf, textOf } from "./draft.ts";
import { folded } from "./labels.ts";
import { flow } from "./matter.ts";
import { meaningOf } from "./words.ts";

const SHELL = new Set([
  "bash",
  "sh",
  "shell",
  "zsh",
  "console",
  "powershell",
  "pwsh",
  "ps1",
  "sql",
  "psql",
  "cmd",
  "bat",
]);

/** What an annotation may point to: ids as they are written in the text by now. */
export interface Owners {
  /** The id of the section that a heading opens, by the place of the heading. */
  readonly sections: ReadonlyMap<number, string>;
  /** The id of an item, by the place of its list item. */
  readonly items: ReadonlyMap<number, string>;
}

/** Annotates the fences of a document that stand in no item; what stands in one is its own. */
export function proposeOwners(draft: Draft, owners: Owners): Step {
  const edits: Edit[] = [];
  let section: string | null = null;
  let isBack = false;
  const { children } = draft.root;
  for (const [at, node] of children.entries()) {
    if (node.type === "heading") {
      section = owners.sections.get(startOf(node)) ?? section;
      const { role } = meaningOf(folded(textOf(node)));
      isBack = role === "contingency" || (isBack && role === undefined && node.depth > 2);
    }
    if (node.type !== "code" || !SHELL.has((node.lang ?? "").toLowerCase()) || isOwned(children[at - 1]))
      continue;
    const owner = ownerOf(draft, children, at, owners) ?? section;
    if (owner === null) continue;
    const kind = kindOf(node, children[at - 1], isBack);
    edits.push({
      offset: startOf(node),
      old: "",
      new: `<!-- command: ${flow({ for: owner, kind })} -->${draft.eol}`,
      kind: "command",
      why: `the command serves '${owner}'`,
      confidence: owner === section ? "likely" : "unsure",
    });
  }
  return { edits: inOrder(edits) };
}

function isOwned(before: RootContent | undefined): boolean {
  return before?.type === "html" && /^<!--\s*command:/.test(before.value);
}

/** The box right above that ends in a colon, or stands alone: the fence was to be part of it. */
function ownerOf(draft: Draft, siblings: readonly RootContent[], at: number, owners: Owners): string | null {
  const list = siblings[at - 1];
  const last = list?.type === "list" ? list.children.at(-1) : undefined;
  if (list?.type !== "list" || !last || typeof last.checked !== "boolean") return null;
  const [first] = last.children;
  const title = first ? textOf(first).trim() : "";
  const gap = draft.text.slice(list.position?.end.offset ?? 0, startOf(siblings[at] as Nodes));
  const isClose = (gap.match(/\n/g)?.length ?? 0) <= 2;
  const asks = /[:：]$/u.test(title) || list.children.length === 1;
  return isClose && asks ? (owners.items.get(startOf(last)) ?? null) : null;
}

const VERIFIES =
  /^\W*(?:verif\w*|validat\w*|check\w*|tests?|confirm\w*|expected|prüf\w*|kontroll\w*|vérif\w*|comprob\w*|验证|检查|確認|확인|kiểm tra|провер\w*)/iu;
const WATCHES = /^\W*(?:monitor\w*|watch\w*|observe\w*|tail|beobacht\w*|监控|監視|모니터)/iu;

/** What the sentence before the fence, or its first comment, says that it is for. */
function kindOf(node: Code, before: RootContent | undefined, isBack: boolean): string | undefined {
  const lead =
    before?.type === "paragraph"
      ? (textOf(before).split("\n").at(-1) ?? "")
      : before?.type === "heading"
        ? textOf(before)
        : "";
  const comment = /^\s*(?:#|--|\/\/)\s*(.*)/.exec(node.value)?.[1] ?? "";
  for (const text of [lead, comment]) {
    if (VERIFIES.test(text)) return "verify";
    if (WATCHES.test(text)) return "watch";
  }
  return isBack ? "undo" : undefined;
}
