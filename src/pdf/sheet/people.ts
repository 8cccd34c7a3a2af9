/** Who can be reached, who is called when, who writes on this sheet. */

import type { Run } from "../../model/run.ts";
import { sayDuration } from "../../model/say.ts";
import { addField, type Blank } from "../blanks.ts";
import type { Tag } from "../lazy.ts";
import { BODY, WRITE_IN } from "../scale.ts";
import { type Cell, type Column, putTable } from "../table.ts";
import type { Sheet } from "./context.ts";
import { initialsOf } from "./filling.ts";
import { partHeading } from "./heading.ts";

/** An empty cell that is a text field. */
export function blankCell(sheet: Sheet, blank: Blank, kind: "text" | "signature" = "text"): Cell {
  return {
    spans: [],
    draw: (page, area, element) =>
      addField(sheet.document, page, element, blank, kind, {
        x: area.x - 3,
        y: area.y + 1,
        width: area.width + 2,
        height: area.height - 2,
      }),
  };
}

function plain(text: string): Cell {
  return { spans: text === "" ? [] : [{ text, style: "regular", size: BODY.size }] };
}

/** A table with cells to write in. */
export function putWriteIn(
  sheet: Sheet,
  parent: Tag,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): void {
  putTable(sheet.flow, parent, {
    width: sheet.flow.width,
    columns,
    rows,
    least: WRITE_IN,
    grid: true,
    before: 1,
    rowHead: 0,
    together: 0.12,
  });
}

/** Roles that may be needed, with room for names and phones, and the levels of escalation. */
export function putContacts(sheet: Sheet, parent: Tag): void {
  const { contacts, escalation } = sheet.checklist;
  if (contacts.length > 0) {
    sheet.flow.put(partHeading(sheet, "Contacts", parent, { name: "_contacts" }));
    const columns: Column[] = [
      { head: "Role", width: { share: 26 } },
      { head: "For", width: { share: 48 } },
      { head: "Name", width: { share: 28 } },
      { head: "Phone", width: { share: 22 } },
    ];
    const rows = contacts.map((contact, i) => {
      const about = [contact.for, contact.channel].filter((part) => part !== null).join("; ");
      const name = (key: string): Blank => ({
        name: ["contact", String(i + 1), key],
        label: `${contact.role}: ${key}`,
      });
      return [
        plain(contact.role),
        plain(about),
        blankCell(sheet, name("name")),
        blankCell(sheet, name("phone")),
      ];
    });
    putWriteIn(sheet, parent, columns, rows);
  }
  if (escalation.length > 0) {
    sheet.flow.put(partHeading(sheet, "Escalation", parent, { name: "_escalation" }));
    putEscalation(sheet, parent, "escalation");
  }
}

/** Levels with their times since the incident, and who answers for each in this run. */
export function putEscalation(sheet: Sheet, parent: Tag, prefix: string): void {
  const columns: Column[] = [
    { head: "Level, role", width: { share: 33 } },
    { head: "From, until", width: { share: 26 } },
    { head: "Through", width: { share: 30 } },
    { head: "Name", width: { share: 25 } },
    { head: "Phone", width: { share: 22 } },
    { head: "Called at", width: { share: 16 } },
  ];
  const rows = sheet.checklist.escalation.map((step) => {
    const level = String(step.level);
    const name = (key: string): Blank => ({
      name: [prefix, level, key],
      label: `Escalation level ${level}, ${step.role}: ${key}`,
    });
    const until = step.to === null ? "on" : `to ${sayDuration(step.to)}`;
    return [
      plain(`${level}  ${step.role}`),
      plain(`${sayDuration(step.from)} ${until}`),
      plain(step.channel ?? ""),
      blankCell(sheet, name("name")),
      blankCell(sheet, name("phone")),
      blankCell(sheet, name("at")),
    ];
  });
  putWriteIn(sheet, parent, columns, rows);
}

interface Writer {
  readonly role: string;
  readonly person: Run["people"][number] | null;
}

/** The roles that write, with whoever of a run holds them; then everybody else whom the run names. */
function writersOf(roles: readonly string[], run: Run | undefined): Writer[] {
  const people = run?.people ?? [];
  const held = roles.map((role): Writer => {
    const person = people.find((one) => one.role?.toLowerCase() === role.toLowerCase()) ?? null;
    return { role, person };
  });
  const rest = people.filter((person) => !held.some((one) => one.person === person));
  return [...held, ...rest.map((person): Writer => ({ role: person.role ?? "", person }))];
}

/** Everybody who writes on this sheet shows once how his or her initials and signature look. */
export function putPeople(sheet: Sheet, parent: Tag): void {
  const { signoffs } = sheet.checklist;
  const run = sheet.options.filled?.run;
  const owners = sheet.outline.items.flatMap((item) => (item.owner === null ? [] : [item.owner]));
  const roles = [...new Set([...signoffs.map((signoff) => signoff.role), ...owners])];
  const known = writersOf(roles, run);
  const initials = initialsOf(run?.people ?? []);
  const count = Math.max(Math.min(12, Math.max(5, roles.length + 2)), known.length + (run ? 1 : 0));
  sheet.flow.put(partHeading(sheet, "People who write on this sheet", parent, { name: "_people" }));
  const columns: Column[] = [
    { head: "Role", width: { share: 30 } },
    { head: "Name", width: { share: 38 } },
    { head: "Initials", width: { share: 14 } },
    { head: "Signature", width: { share: 40 } },
  ];
  const rows = Array.from({ length: count }, (_, i) => {
    const { role = "", person = null } = known[i] ?? {};
    const says = role === "" ? `Person ${i + 1}` : role;
    const name = (key: string): Blank => ({ name: ["person", String(i + 1), key], label: `${says}: ${key}` });
    const first = role === "" ? blankCell(sheet, name("role")) : plain(role);
    return [
      first,
      person === null ? blankCell(sheet, name("name")) : plain(person.name),
      person === null ? blankCell(sheet, name("initials")) : plain(initials.get(person.id) ?? ""),
      blankCell(sheet, name("specimen"), "signature"),
    ];
  });
  putWriteIn(sheet, parent, columns, rows);
}
