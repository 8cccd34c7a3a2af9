/** Boxes to choose between in one line: `☐ Go ☐ No-Go` is a decision. */
import type { Nodes, Paragraph } from "mdast";
import type { Edit } from "../edits.ts";
import { isChoice } from "./boxes.ts";
import {
  type Draft,
  inOrder,
  linesOf,
  type Note,
  type ParagraphLine,
  type Step,
  textOf,
  walk,
} from "./draft.ts";
import { bare } from "./labels.ts";
import { labelsOf, marksIn, withoutCode } from "./marks.ts";
import { type FieldWish, heldKeys } from "./matter.ts";

export function findChoices(draft: Draft): Step {
  const edits: Edit[] = [];
  const notes: Note[] = [];
  const decisions: number[] = [];
  const fields: FieldWish[] = [];
  const takesFields = !heldKeys(draft.text).has("fields");
  let headings = 0;
  let heading = "";
  walk(draft.root, (node, within) => {
    const parent = within.at(-1);
    if (node.type === "heading") {
      headings += 1;
      heading = textOf(node);
    }
    if (node.type !== "paragraph" || !parent) return;
    for (const [at, line] of linesOf(draft, node).entries()) {
      const choice = choiceOn(line.source);
      if (!choice) continue;
      const named = choice.options.map((option) => `'${option}'`).join(" and ");
      const add = (text: string): void => {
        notes.push({ offset: line.offset, kind: "choice", text, doubt: true });
      };
      if (choice.options.some((option) => DECIDES.test(option))) {
        edits.push(...choiceEdits(draft, line, { node, parent, isFirst: at === 0 }));
        decisions.push(headings - 1);
        add(
          `a choice between ${named} became one item; who decides it belongs into 'decider' of its section`,
        );
      } else if (takesFields) {
        fields.push({
          label: choice.label || bare(heading) || "Choice",
          type: "choice",
          choices: choice.options,
        });
        add(`a choice between ${named} became a field; the line stays, and can go`);
      }
    }
  });
  return { edits: inOrder(edits), notes, matter: { decisions, ...(fields.length > 0 ? { fields } : {}) } };
}

/** Answers that settle whether something goes on. Anything else is a fact to write down. */
const DECIDES =
  /^(?:go|no-?go|yes|no|ja|nein|oui|non|s[íi]|não|sim|approved?|rejected?|denied|pass(?:ed)?|fail(?:ed)?|accept(?:ed)?|declined?|meets|does not meet|proceed|abort|roll-?back|ready|not ready|freigegeben|abgelehnt|validé|refusé|aprobado|rechazado|aprovado|reprovado|是|否|通过|不通过|同意|不同意|批准|はい|いいえ|예|아니오|có|không|да|нет)(?!\p{L})/iu;

interface Choice {
  /** What stands before the first box. */
  readonly label: string;
  readonly options: readonly string[];
}

/** Two boxes and more with a word or two behind each; a legend of marks is none. */
function choiceOn(line: string): Choice | null {
  if (!isChoice(line)) return null;
  const visible = withoutCode(line);
  const options = labelsOf(visible).map((label) => bare(label).replace(/[.:]+$/, ""));
  if (options.some((option) => option === "" || option.length > 40 || /^[=:–→-]/.test(option))) return null;
  const label = bare(visible.slice(0, marksIn(visible)[0]?.index ?? 0)).replace(/^[-*+\s]+|[\s:：]+$/gu, "");
  return /^(?:legend|key|symbols?|legende|légende|leyenda|legenda|图例|凡例)$/iu.test(label)
    ? null
    : { label, options };
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
  const marks = marksIn(withoutCode(line.source)).map(({ index, mark }, at) => {
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
