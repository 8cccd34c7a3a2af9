/** What stands at the head of a checklist: owner, planned time, blanks for the whole run, whom to call. */
import type { RootContent } from "mdast";
import type { Edit } from "../edits.ts";
import { type Draft, inOrder, linesOf, type Note, type ParagraphLine, type Step } from "./draft.ts";
import { BLANK, bare, folded, isBlank, isEmpty, readLabel } from "./labels.ts";
import { type ContactWish, type FieldWish, heldKeys, type Matter } from "./matter.ts";
import { longestIn } from "./times.ts";
import { fieldType, isContacts, isDuration, isOwner, isSignoff } from "./words.ts";

interface Lifted {
  readonly held: ReadonlySet<string>;
  readonly edits: Edit[];
  readonly notes: Note[];
  readonly fields: FieldWish[];
  readonly contacts: ContactWish[];
  owner: string | null;
  duration: string | null;
}

/** Lifts the lines between title and first section into the frontmatter, but for keys that it has. */
export function liftHead(draft: Draft): Step {
  const lifted: Lifted = {
    held: heldKeys(draft.text),
    edits: [],
    notes: [],
    fields: [],
    contacts: [],
    owner: null,
    duration: null,
  };
  for (const node of headOf(draft.root.children)) {
    if (node.type !== "paragraph") continue;
    const lines = linesOf(draft, node);
    const gone = lines.filter((line) => takeLine(line, lifted));
    const whole = gone.length === lines.length;
    for (const [at, line] of gone.entries())
      lifted.edits.push(removal(draft, line, whole && at === gone.length - 1));
  }
  const { edits, notes, fields, contacts, owner, duration } = lifted;
  const matter: Partial<Matter> = {
    ...(owner === null ? {} : { owner }),
    ...(duration === null ? {} : { duration }),
    ...(fields.length > 0 ? { fields } : {}),
    ...(contacts.length > 0 ? { contacts } : {}),
  };
  return { edits: inOrder(edits), notes, matter };
}

/** Before the first heading, or before the second where the first opens the document. */
function headOf(nodes: readonly RootContent[]): readonly RootContent[] {
  const body = nodes.filter(({ type }) => type !== "yaml");
  const first = body.findIndex(({ type }) => type === "heading");
  const opens = first >= 0 && body.slice(0, first).every(({ type }) => type === "html");
  const end = body.findIndex(({ type }, at) => type === "heading" && at > (opens ? first : -1));
  return body.slice(opens ? first : 0, end < 0 ? body.length : end);
}

/** Whether the line goes; what it says is kept in `lifted`. */
function takeLine(line: ParagraphLine, lifted: Lifted): boolean {
  const labelled = readLabel(line.source);
  if (!labelled) return false;
  const label = folded(labelled.label);
  const value = bare(labelled.value.replace(/\\$/, ""));
  if (BLANK.test(labelled.value) && isBlank(value)) {
    if (isSignoff(label) || lifted.held.has("fields")) return false;
    lifted.fields.push(fieldOf(labelled.label));
    return true;
  }
  if (isEmpty(value)) return false;
  if (isOwner(label) && lifted.owner === null && !lifted.held.has("owner") && value.length <= 80) {
    lifted.owner = value;
    return true;
  }
  if (isContacts(label) && !lifted.held.has("contacts") && value.length <= 80 && !isPerson(value)) {
    lifted.contacts.push({ role: bare(labelled.label), channel: value });
    return true;
  }
  if (isDuration(label)) {
    const duration = longestIn(value);
    if (duration !== null && lifted.duration === null) lifted.duration = duration;
  }
  return false;
}

export function fieldOf(label: string): FieldWish {
  const words = folded(label);
  const choices = /\bgo ?\/ ?no-?go\b/u.test(words) ? ["go", "no-go"] : undefined;
  const type = choices ? "choice" : fieldType(words);
  const decides =
    type === "person" && /roll-?back|decision|entscheid|décision|decisi[óo]n|decisão/u.test(words);
  return {
    label: bare(label),
    type,
    ...(decides ? { authority: "rollback" } : {}),
    ...(choices ? { choices } : {}),
  };
}

/** A phone or a mail address: that belongs to a run, not into a version. */
function isPerson(value: string): boolean {
  return /\+?\d[\d\s().-]{6,}\d|[^\s@]+@[^\s@]+\.[a-z]{2,}/i.test(value);
}

/** The line with its line end; with the blank line after it where nothing of its paragraph stays. */
export function removal(draft: Draft, line: ParagraphLine, last: boolean): Edit {
  const blank = last ? (/^[ \t]*(?:\r\n|\n|\r)/.exec(draft.text.slice(line.next))?.[0].length ?? 0) : 0;
  const before = draft.text.slice(line.start, line.offset).trim() === "" ? line.start : line.offset;
  return {
    offset: before,
    old: draft.text.slice(before, line.next + blank),
    new: "",
    kind: "lifted",
    why: `'${line.source.slice(0, 60)}' stands in the frontmatter now`,
    confidence: "likely",
  };
}
