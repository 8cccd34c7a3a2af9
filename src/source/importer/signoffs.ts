/** Tables and lines that ask for signatures: the roles go into the frontmatter. */
import type { ListItem, Nodes, Paragraph, Table } from "mdast";
import type { Meaning } from "../../model/checklist.ts";
import type { Edit } from "../edits.ts";
import {
  type Draft,
  endOf,
  inOrder,
  linesOf,
  type Note,
  type Step,
  sourceOf,
  startOf,
  textOf,
  walk,
} from "./draft.ts";
import { removal } from "./head.ts";
import { BLANK, bare, folded, isBlank, isEmpty, readLabel } from "./labels.ts";
import { flow, heldKeys, type SignoffWish } from "./matter.ts";
import { isSignoff } from "./words.ts";

interface Found {
  readonly draft: Draft;
  /** Headings so far. */
  headings: number;
  readonly edits: Edit[];
  readonly notes: Note[];
  readonly signoffs: SignoffWish[];
  /** Lines that are to be signed and do not say by whom. */
  readonly unnamed: number[];
}

export function liftSignoffs(draft: Draft): Step {
  if (heldKeys(draft.text).has("signoffs")) return { edits: [] };
  const found: Found = { draft, headings: 0, edits: [], notes: [], signoffs: [], unnamed: [] };
  let heading = "";
  let label = "";
  walk(draft.root, (node, within) => {
    if (node.type === "heading") {
      found.headings += 1;
      heading = folded(textOf(node));
      label = "";
    }
    if (node.type === "paragraph") {
      if (within.at(-1)?.type === "root") {
        const last = linesOf(draft, node).at(-1);
        label = last && /[:：]\W*$/u.test(last.source) ? folded(last.source.replace(/[:：]\W*$/u, "")) : "";
      }
      readParagraph(found, node, within, isSignoff(label) || (isSignoff(heading) && label === ""));
    }
    if (node.type === "table") readTable(found, node, within, isSignoff(heading) || isSignoff(label));
  });
  const { edits, notes, signoffs, unnamed } = found;
  if (unnamed[0] !== undefined) {
    const text = `${unnamed.length === 1 ? "this line does" : `${unnamed.length} such lines do`} not say which role signs; write it into 'signoffs' in the frontmatter`;
    notes.push({ offset: unnamed[0], kind: "signoff", text, doubt: true });
  }
  return { edits: inOrder(edits), notes, ...(signoffs.length > 0 ? { matter: { signoffs } } : {}) };
}

const SIGNATURE =
  /^(?:signatures?|signed(?: by)?|sign|initials?|sign-?offs?|unterschrift|visum|firma|assinatura|rubrica|签名|签字|签署|署名|서명|chữ ký|подпись)(?:$|[ /(&].*)/u;
const ROLE =
  /^(?:role|function|position|title|team|department|stakeholder|approver|rolle|funktion|bereich|rôle|fonction|rol|cargo|función|função|papel|perfil|área|角色|职位|岗位|役割|担当|역할|직책|vai trò|chức vụ|роль|должность)/u;
const NAME = /^(?:name|person|who|nom|nombre|nome|姓名|名字|氏名|이름|họ tên|имя|фио)/u;
/** "Approval date" is to be written, not to be signed. */
const DATED = /\bdate\b|\btime\b|\bnumber\b|\bid\b|datum|fecha|日期|日付/u;
const DATE = /^(?:date|datum|fecha|data|日期|时间|日付|날짜|ngày|дата)/u;

function readTable(found: Found, node: Table, within: readonly Nodes[], isAsked: boolean): void {
  const { draft } = found;
  const [head = [], ...rows] = node.children.map((row) => row.children.map((cell) => textOf(cell).trim()));
  const names = head.map(folded);
  const signs = names.some((name) => SIGNATURE.test(name));
  const isPlain =
    names.some((name) => ROLE.test(name) || NAME.test(name)) &&
    (names.some((name) => DATE.test(name)) || isAsked);
  if (!(signs ? names.length > 1 : isAsked && isPlain) || within.some(({ type }) => type !== "root")) return;
  const column = Math.max(
    0,
    names.findIndex((name) => ROLE.test(name)),
  );
  const roles = rows
    .map((row) => bare(row[column] ?? ""))
    .filter((role) => role !== "" && !isEmpty(role) && role.length <= 80);
  if (roles.length === 0) return;
  for (const role of roles) found.signoffs.push({ role, meaning: meaningOf(role), after: null });
  const isBare = rows.every((row) => row.every((cell, at) => at === column || isEmpty(cell)));
  if (isBare)
    found.edits.push({
      offset: startOf(node),
      old: sourceOf(draft, node),
      new: roles.join(", "),
      kind: "signoff",
      why: `the table of signatures stands in the frontmatter now (${roles.length} ${roles.length === 1 ? "role" : "roles"})`,
      confidence: "likely",
    });
  else
    found.notes.push({
      offset: startOf(node),
      kind: "signoff",
      text: "this table names people or days beside the roles that sign; the roles stand in the frontmatter, and the table stays until you take it away",
      doubt: true,
    });
}

/** What follows a role on a line to be signed: blanks, with words such as Date between. */
const TO_SIGN = /^(?<lead>.*?)(?<open>\*\*|__)?\s*[:：]\s*(?:\*\*|__)?\s*(?<blanks>_{3,}.*)$/u;

function readParagraph(found: Found, node: Paragraph, within: readonly Nodes[], isAsked: boolean): void {
  const { draft } = found;
  const parent = within.at(-1);
  const isTop = within.length === (parent?.type === "root" ? 1 : 3);
  const item = parent?.type === "listItem" && parent.children[0] === node ? parent : null;
  if (!isTop || (!item && parent?.type !== "root")) return;
  const lines = linesOf(draft, node);
  const gone: (typeof lines)[number][] = [];
  for (const line of lines) {
    const source = line.source.replace(/^\[[ xX]\]\s+/, "");
    const role = roleOn(source, isAsked, item !== null);
    if (role === null) continue;
    const after = item === null && role === "" ? found.headings - 1 : null;
    const name = role === "" ? bare(readLabel(source)?.label ?? "Sign-off") : role;
    found.signoffs.push({ role: name, meaning: meaningOf(name), after });
    if (item)
      found.edits.push(
        ...signedItem(draft, item, node, line.offset + line.source.length - source.length, source, name),
      );
    else gone.push(line);
  }
  found.unnamed.push(
    ...gone
      .filter((line) => isSignoff(folded(readLabel(line.source)?.label ?? "")))
      .map(({ offset }) => offset),
  );
  for (const [at, line] of gone.entries())
    found.edits.push({
      ...removal(draft, line, gone.length === lines.length && at === gone.length - 1),
      kind: "signoff",
    });
}

/** The role that signs on a line; empty where the line asks for a signature and names none, null where it does not ask. */
function roleOn(source: string, isAsked: boolean, isEntry: boolean): string | null {
  const labelled = readLabel(source);
  const label = labelled ? bare(labelled.label) : "";
  const words = folded(label);
  if (isAsked && isEntry) {
    const approves =
      /^(?<role>.{2,60}?)\s+(?:(?:has )?(?:approval|approves|approved|sign-?off|signed off|signature)(?: obtained| received| obtenue?)?)\.?$/iu.exec(
        bare(source),
      );
    if (approves?.groups?.role && !/^(?:all|final|get|obtain|the|any|no)\b/iu.test(approves.groups.role))
      return approves.groups.role;
  }
  if (!labelled || label === "" || DATE.test(words) || NAME.test(words)) return null;
  const { value } = labelled;
  const isToSign =
    BLANK.test(value) && isBlank(value.replace(/\p{L}+\s*[:：]/gu, "").replace(/\*\*|__(?!_)/g, ""));
  const withDate = isToSign && /\p{L}/u.test(value) && DATE.test(folded(value.replace(/^[\s_*]+/u, "")));
  if (SIGNATURE.test(words) || /^\W*sign-?off\W*$/u.test(words)) return isToSign ? "" : null;
  const signature = /^(?<role>.{2,60}?)\s+(?:signature|sign-?off|approval|unterschrift)$/iu.exec(label)
    ?.groups?.role;
  if (signature !== undefined && isToSign) return signature;
  if (!isEntry && isToSign && isSignoff(words) && !DATED.test(words)) return "";
  if (withDate && isEntry) return label;
  if (isAsked && isEntry && (isToSign || value === "")) return label;
  return null;
}

/** The line stays as its role; the blanks go, because the sheet has a place to sign. A box is done by the signature. */
function signedItem(
  draft: Draft,
  item: ListItem,
  node: Paragraph,
  offset: number,
  source: string,
  role: string,
): readonly Edit[] {
  const why = `${role} signs; the signature is asked for in the frontmatter now`;
  const blanks = TO_SIGN.exec(source)?.groups;
  const kept = blanks ? `${blanks.lead ?? ""}${blanks.open ?? ""}` : source;
  const edits: Edit[] = [];
  if (blanks)
    edits.push({
      offset: offset + kept.length,
      old: source.slice(kept.length),
      new: "",
      kind: "signoff",
      why,
      confidence: "likely",
    });
  if (typeof item.checked === "boolean" || /^\[[ xX]\]/.test(sourceOf(draft, node)))
    edits.push({
      offset: endOf(node),
      old: "",
      new: ` <!-- item: ${flow({ signs: role })} -->`,
      kind: "signs",
      why: `this box is done by the signature of ${role}`,
      confidence: "likely",
    });
  return edits;
}

function meaningOf(role: string): Meaning {
  if (/review|prüf(?:er|ung)|relecteur|revis(?:or|ado)|审核|レビュー/iu.test(role)) return "review";
  if (/\b(?:executed|deployed|performed|done|run) by\b|operator|executor|ausführ|exécut|执行/iu.test(role))
    return "execution";
  return /\b(?:author|prepared by|created by|document owner)\b|verfasser|auteur|autor|编写|作成/iu.test(role)
    ? "responsibility"
    : "approval";
}
