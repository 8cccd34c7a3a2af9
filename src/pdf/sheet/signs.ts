/** Signatures and decisions: who, for what, when. Rows are never divided. */
import type { Section, Signoff } from "../../model/checklist.ts";
import { sayCondition } from "../../model/say.ts";
import { addField, BOX, drawLabel, label, tickBox } from "../blanks.ts";
import type { Box } from "../flow.ts";
import { shorten } from "../inline.ts";
import { lazy, type Tag } from "../lazy.ts";
import { paragraph } from "../paragraph.ts";
import { BODY, GRAY, mm, SMALL, WRITE_IN } from "../scale.ts";
import { type Cell, type Column, putTable } from "../table.ts";
import type { Line, Span } from "../text.ts";
import type { Sheet } from "./context.ts";
import { deciderOf } from "./facts.ts";

/** Height of a row that is signed. */
export const SIGN = mm(10);

export function textBox(
  sheet: Sheet,
  text: string,
  tag: Tag,
  options: {
    readonly bold?: boolean;
    readonly small?: boolean;
    readonly keep?: boolean;
    readonly before?: number;
  } = {},
): Box {
  const type = options.small ? SMALL : BODY;
  const span: Span = {
    text,
    style: options.bold ? "bold" : "regular",
    size: type.size,
    gray: options.small && !options.bold ? GRAY.text : 0,
  };
  return paragraph(sheet.document, [span], () => tag().add("P"), {
    width: sheet.flow.width,
    type,
    keep: options.keep ?? false,
    before: options.before ?? 2,
  });
}

const COLUMNS: readonly Column[] = [
  { head: "Role", width: { share: 26 } },
  { head: "Signs for", width: { share: 22 } },
  { head: "Name", width: { share: 34 } },
  { head: "Signature", width: { share: 40 } },
  { head: "Date", width: { share: 18 } },
  { head: "Time", width: { share: 14 } },
];

function signRow(sheet: Sheet, signoff: Signoff): Cell[] {
  const plain = (text: string, gray = 0): Span[] => [{ text, style: "regular", size: BODY.size, gray }];
  const blank = (key: string, says: string): Cell => ({
    spans: [],
    draw: (page, area, element) =>
      addField(
        sheet.document,
        page,
        element,
        { name: ["signoff", signoff.id, key], label: `${signoff.role}, ${signoff.meaning}: ${says}` },
        key === "signature" ? "signature" : "text",
        { x: area.x - 3, y: area.y + 1, width: area.width + 2, height: area.height - 2 },
      ),
  });
  const conditions = signoff.conditions.map((condition) => `only if ${sayCondition(condition)}`);
  const notes = [...(signoff.optional ? ["optional"] : []), ...conditions].join(", ");
  const role: Span[] = [
    { text: signoff.role, style: "bold", size: BODY.size },
    ...(notes === ""
      ? []
      : [{ text: `\n${notes}`, style: "regular" as const, size: SMALL.size, gray: GRAY.text }]),
  ];
  return [
    { spans: role },
    { spans: plain(signoff.meaning) },
    blank("name", "name"),
    blank("signature", "signature"),
    blank("date", "date"),
    blank("time", "time"),
  ];
}

/** A table of signatures under a line that says what they are for. */
export function putSignoffs(sheet: Sheet, signoffs: readonly Signoff[], title: string, parent: Tag): void {
  if (signoffs.length === 0) return;
  const block = lazy(() => parent().add("Div"));
  sheet.flow.put(textBox(sheet, title, block, { bold: true, keep: true, before: 10 }));
  putTable(sheet.flow, block, {
    width: sheet.flow.width,
    columns: COLUMNS,
    rows: signoffs.map((signoff) => signRow(sheet, signoff)),
    least: SIGN,
    rowHead: 0,
    grid: true,
    before: 2,
  });
}

interface Choice {
  readonly key: string;
  readonly says: string;
}

const DECISIONS: readonly Choice[] = [
  { key: "go", says: "GO" },
  { key: "no-go", says: "NO-GO" },
  { key: "delay", says: "DELAY" },
];
const REACTIONS: readonly Choice[] = [
  { key: "continue", says: "continue" },
  { key: "rollback", says: "ROLL BACK" },
  { key: "fix-forward", says: "fix forward" },
];

/** What can be decided in a section of this role. */
function choicesOf(section: Section): readonly Choice[] {
  return section.role === "decision" ? DECISIONS : REACTIONS;
}

/** Who decides, within what is left of a line. */
function sayDecider({ document }: Sheet, decider: string, room: number): Line {
  const whole = label(document, `decides: ${decider}`);
  if (whole.width <= room) return whole;
  return label(
    document,
    `decides: ${shorten(decider, Math.max(8, Math.floor((decider.length * room) / whole.width) - 14))}`,
  );
}

/** The decision itself: boxes, who, when, why. Framed, because it is the one thing that may not be overlooked. */
export function decisionBox(sheet: Sheet, section: Section, parent: Tag): Box {
  const { document } = sheet;
  const width = sheet.flow.width;
  const decider = deciderOf(section, sheet);
  const head = label(document, "Decision", { bold: true, type: BODY });
  const choices = choicesOf(section).map((choice) => ({
    ...choice,
    line: label(document, choice.says, { bold: true, type: BODY }),
  }));
  const place = `${section.number} ${shorten(section.text, 50)}`;
  const name = (key: string): readonly string[] => ["decision", section.id, key];
  const blanks = [
    { key: "by", head: "Name", share: 0.42 },
    { key: "at", head: "Date, time", share: 0.24 },
    { key: "signature", head: "Signature", share: 0.34 },
  ].map((blank) => ({ ...blank, line: label(document, blank.head) }));
  const basis = label(document, "Because");
  const used = choices.reduce((sum, { line }) => sum + BOX + line.width + 26, head.width + 18);
  const who = decider === null ? null : sayDecider(sheet, decider, width - 16 - used);
  const height = 12 + WRITE_IN * 3 + 4;
  return {
    height,
    before: 8,
    draw(page, x, y) {
      const element = parent().add("Div");
      page.artifact(() => page.rectangle(x, y, width, height, { weight: 1.4 }));
      const first = element.add("P");
      const line = y + 21;
      drawLabel(page, first, head, x + 8, line);
      let left = x + 8 + head.width + 18;
      for (const { key, says, line: text } of choices) {
        tickBox(
          document,
          page,
          first,
          { name: name(key), label: `Decision in ${place}: ${says}` },
          left,
          line - 9,
        );
        drawLabel(page, first, text, left + BOX + 5, line);
        left += BOX + text.width + 26;
      }
      if (who) drawLabel(page, first, who, x + width - 8 - who.width, line);
      const second = element.add("P");
      const base = y + 12 + WRITE_IN * 2 - 3;
      left = x + 8;
      for (const { key, line: text, share } of blanks) {
        const room = (width - 16 - 20) * share;
        drawLabel(page, second, text, left, base);
        const start = left + text.width + 5;
        page.artifact(() => page.line(start, base + 2, left + room, base + 2, { weight: 0.5 }));
        const blank = {
          name: name(key),
          label: `Decision in ${place}: ${key === "by" ? "name" : key === "at" ? "date and time" : "signature"}`,
        };
        addField(document, page, second, blank, key === "signature" ? "signature" : "text", {
          x: start,
          y: base - 16,
          width: left + room - start,
          height: 18,
          onLine: true,
        });
        left += room + 10;
      }
      const third = element.add("P");
      const last = y + height - 8;
      drawLabel(page, third, basis, x + 8, last);
      const start = x + 8 + basis.width + 5;
      page.artifact(() => page.line(start, last + 2, x + width - 8, last + 2, { weight: 0.5 }));
      addField(document, page, third, { name: name("basis"), label: `Decision in ${place}: basis` }, "text", {
        x: start,
        y: last - 16,
        width: x + width - 8 - start,
        height: 18,
        onLine: true,
      });
    },
  };
}
