/** Whom to call, and who is called when: roles go into the frontmatter, names and phones belong to the run. */
import type { Nodes, Paragraph, Table } from "mdast";
import type { Edit } from "../edits.ts";
import {
  type Draft,
  inOrder,
  linesOf,
  type Note,
  type Step,
  sourceOf,
  startOf,
  textOf,
  walk,
} from "./draft.ts";
import { BLANK, bare, folded, isBlank, isEmpty, readLabel } from "./labels.ts";
import { type ContactWish, type EscalationWish, heldKeys } from "./matter.ts";
import { durationOf } from "./times.ts";
import { isContacts } from "./words.ts";

interface Found {
  readonly draft: Draft;
  readonly edits: Edit[];
  readonly notes: Note[];
  readonly contacts: ContactWish[];
  readonly escalation: EscalationWish[];
}

export function liftContacts(draft: Draft): Step {
  const held = heldKeys(draft.text);
  if (held.has("contacts") || held.has("escalation")) return { edits: [] };
  const found: Found = { draft, edits: [], notes: [], contacts: [], escalation: [] };
  const open: { readonly depth: number; readonly asks: boolean }[] = [];
  let isSection = false;
  let label = "";
  walk(draft.root, (node, within) => {
    const parent = within.at(-1);
    if (node.type === "heading") {
      while ((open.at(-1)?.depth ?? 0) >= node.depth) open.pop();
      open.push({ depth: node.depth, asks: isContacts(folded(textOf(node))) });
      isSection = open.some(({ asks }) => asks) && !holdsBoxes(draft, node, within);
      label = "";
    } else if (node.type === "table" && parent?.type === "root") {
      if (isSection || (label !== "" && isContacts(label))) readTable(found, node);
    } else if (node.type === "paragraph" && parent?.type === "root") {
      const last = linesOf(draft, node).at(-1);
      label = last && /[:：]\W*$/u.test(last.source) ? folded(last.source.replace(/[:：]\W*$/u, "")) : "";
    } else if (node.type === "paragraph" && parent?.type === "listItem" && parent.children[0] === node) {
      const isAsked = label === "" ? isSection : isContacts(label);
      if (isAsked && typeof parent.checked !== "boolean" && within.length === 3)
        readEntry(found, node, open.at(-1)?.asks === true || label !== "");
    }
  });
  const { edits, notes, contacts, escalation } = found;
  return {
    edits: inOrder(edits),
    notes,
    matter: {
      ...(contacts.length > 0 ? { contacts } : {}),
      ...(escalation.length > 0 ? { escalation } : {}),
    },
  };
}

/** "On-call contacts confirmed" with boxes below is a list of checks. */
function holdsBoxes(draft: Draft, heading: Nodes, within: readonly Nodes[]): boolean {
  const parent = within.at(-1);
  const siblings: readonly Nodes[] = parent && "children" in parent ? parent.children : [];
  const rest = siblings.slice(siblings.indexOf(heading) + 1);
  const end = rest.findIndex(({ type }) => type === "heading");
  return rest
    .slice(0, end < 0 ? rest.length : end)
    .some((node) => /^\s*(?:[-*+]|\d+[.)])\s+\[[ xX]\]\s/m.test(sourceOf(draft, node)));
}

const ROLE =
  /^(?:role|function|position|team|contact|name|for|area|issue|rolle|funktion|rôle|fonction|rol|cargo|função|papel|角色|职位|役割|역할|vai trò|роль)/u;
const CHANNEL = /slack|channel|teams|chat|pager|tool|kanal|canal|频道|チャンネル|채널/u;

function readTable(found: Found, node: Table): void {
  const { draft } = found;
  const [head = [], ...rows] = node.children.map((row) => row.children.map((cell) => textOf(cell).trim()));
  const names = head.map(folded);
  const column = names.findIndex((name) => ROLE.test(name));
  if (column < 0 || names.length < 2) return;
  const channel = names.findIndex((name) => CHANNEL.test(name));
  const known = rows.filter((row) => !isEmpty(row[column] ?? "") && (row[column] ?? "").length <= 80);
  if (known.length === 0) return;
  for (const row of known) {
    const value = row[channel] ?? "";
    found.contacts.push({
      role: row[column] ?? "",
      ...(channel >= 0 && isChannel(value) ? { channel: value } : {}),
    });
  }
  const isBare = rows.every((row) =>
    row.every((cell, at) => at === column || isEmpty(cell) || (at === channel && isChannel(cell))),
  );
  const why = `the roles of this table stand under 'contacts' now (${known.length})`;
  if (isBare)
    found.edits.push({
      offset: startOf(node),
      old: sourceOf(draft, node),
      new: known.map((row) => row[column] ?? "").join(", "),
      kind: "contact",
      why,
      confidence: "likely",
    });
  else found.notes.push(remark(startOf(node), "table"));
}

function remark(offset: number, what: string): Note {
  const text = `the roles of this ${what} stand in the frontmatter; names, phones and addresses are left where they are, and belong to the run`;
  return { offset, kind: "contact", text, doubt: true };
}

/** A place where a role can be reached, not a person: `#incidents`, `@sre-lead (Slack)`. */
function isChannel(text: string): boolean {
  return (
    /^[#@][\w-]+(?: \([\w ]+\))?$|^(?:pagerduty|opsgenie|slack|teams)\b[^@]*$/iu.test(text) && !isEmpty(text)
  );
}

const LEVEL = /^(?:L|level|tier|stufe|ebene|niveau|nivel|nível|级别|レベル|레벨)\s*(?<level>\d)\b/iu;
const SPAN =
  /\((?:(?<from>\d+)\s*[-–]\s*(?<to>\d+)|[>≥]\s*(?<over>\d+)|(?<plus>\d+)\+|[<≤]\s*(?<under>\d+))\s*(?<unit>\p{L}+)\.?\)/u;

/** Under a heading of their own, contacts may have any name; further down only what is called like a role is one. */
const ROLE_WORD =
  /\b(?:lead|engineer|manager|team|admin\w*|owner|director|officer|commander|support|security|devops|sre|cto|vp|on-?call|dba|coordinator|sponsor|desk|developer|architect|operations|leiter|leitung)\b|负责人|担当|담당/iu;

function readEntry(found: Found, node: Paragraph, isNear: boolean): void {
  const [line] = linesOf(found.draft, node);
  const labelled = line && readLabel(line.source);
  if (!line || !labelled) return;
  const label = bare(labelled.label).replace(/^(?:\p{Extended_Pictographic}|\uFE0F|\s)+/u, "");
  const value = bare(labelled.value);
  const level = LEVEL.exec(label)?.groups?.level;
  if (level !== undefined) {
    const step = escalationOf(Number(level), value);
    if (step) found.escalation.push(step);
    return;
  }
  if (!isNear && !ROLE_WORD.test(label)) return;
  if (/^\W*(?:https?:|date|datum|status page)/iu.test(label) || /^https?:/.test(value)) return;
  const channel = (/[#@][\w-]+(?: \([\w ]+\))?/u.exec(value)?.[0] ?? "").trim();
  found.contacts.push({ role: label, ...(isChannel(channel) ? { channel } : {}) });
  const rest = value.replace(channel, "").replace(/^[\s,;–-]+|[\s,;–-]+$/gu, "");
  if (BLANK.test(labelled.value) && isBlank(value)) {
    const start = line.source.search(/(?:\*\*|__)?\s*[:：]\s*(?:\*\*|__(?!_))?\s*_{4,}/u);
    const closing =
      /^(?:\*\*|__)/.exec(line.source.slice(start))?.[0] ?? /[:：](\*\*)/u.exec(line.source)?.[1] ?? "";
    const why = `${label} stands under 'contacts' now; who it is belongs to the run`;
    found.edits.push({
      offset: line.offset + start,
      old: line.source.slice(start),
      new: closing,
      kind: "contact",
      why,
      confidence: "likely",
    });
  } else if (!isEmpty(rest)) found.notes.push(remark(line.offset, "line"));
}

function escalationOf(level: number, value: string): EscalationWish | null {
  const span = SPAN.exec(value);
  // Only the first is called at once; without a time the others cannot be placed.
  if (!span && level > 1) return null;
  const { from, to, over, plus, under, unit = "" } = span?.groups ?? {};
  const role = (span ? value.slice(0, span.index) : value).replace(/[\s,;:–-]+$/u, "");
  const start = durationOf(from ?? over ?? plus ?? "0", unit === "" ? "min" : unit);
  const end = to ?? under;
  const until = end === undefined ? null : durationOf(end, unit);
  if (role === "" || role.length > 80 || !start || isEmpty(role)) return null;
  return { level, role, from: start, ...(until ? { to: until } : {}) };
}
