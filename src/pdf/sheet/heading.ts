/** Headings of sections: number, title, planned duration, and where to write date, start and end. */
import type { Section } from "../../model/checklist.ts";
import { sayDuration } from "../../model/say.ts";
import { addField, drawLabel, label } from "../blanks.ts";
import type { Box } from "../flow.ts";
import { inlineSpans, shorten } from "../inline.ts";
import type { Tag } from "../lazy.ts";
import type { Page } from "../page.ts";
import { baseline, LineDrawer, paragraph } from "../paragraph.ts";
import { BODY, GRAY, HEAD, SMALL, type Type, WRITE_IN } from "../scale.ts";
import type { Role } from "../tags.ts";
import { type Span, setText } from "../text.ts";
import { NUMBER } from "./columns.ts";
import type { Sheet } from "./context.ts";
import { factsOfSection } from "./facts.ts";

const LEVELS = ["H1", "H2", "H3", "H4", "H5", "H6"] as const satisfies readonly Role[];

/** The structure type of a heading; levels go down by one at most, whatever the source jumps. */
export function headingRole(level: number): Role {
  return LEVELS[Math.min(Math.max(level, 1), 6) - 1] ?? "H6";
}

interface Times {
  readonly key: string;
  readonly head: string;
  readonly says: string;
  readonly width: number;
}

const TIMES: readonly Times[] = [
  { key: "date", head: "Date", says: "date", width: 58 },
  { key: "start", head: "Start", says: "start", width: 38 },
  { key: "end", head: "End", says: "end", width: 38 },
];
/** Where initials are given once a section. */
const INITIALS: Times = { key: "by", head: "Initials", says: "initials for all rows", width: 34 };
const GAP = 8;

export interface HeadingOptions {
  readonly section: Section;
  /** From 2. */
  readonly level: number;
  /** The section's element. */
  readonly parent: Tag;
  /** Print date, start and end to write in. */
  readonly times: boolean;
}

/** Where text of rows begins and ends. */
export interface Column {
  readonly left: number;
  readonly right: number;
}

/** Height of a heading that shares its line with the head of a table. */
export const SHARED = BODY.leading + 4;

/**
 * A heading on one line with the head of the table that it leads to: its number hangs at the left, its title stands
 * over the text of the rows. Null where that line is too short for it.
 */
export function sharedHeading(
  sheet: Sheet,
  { section, level, parent }: Omit<HeadingOptions, "times">,
  text: Column,
): Box | null {
  const { document } = sheet;
  if (level <= 2) return null;
  const plan = section.duration === null ? [] : [`plan ${sayDuration(section.duration)}`];
  const facts = [...plan, ...factsOfSection(section, sheet)].join(" · ");
  const spans: Span[] = [
    ...inlineSpans(section.title, { type: BODY, style: "bold" }, sheet.prose),
    ...(facts === ""
      ? []
      : [{ text: `\u2002 ${facts}`, style: "regular" as const, size: SMALL.size, gray: GRAY.text }]),
  ];
  const lines = setText(spans, text.right - text.left, document);
  const [title] = lines;
  if (!title || lines.length > 1) return null;
  const number = label(document, section.number, { bold: true, gray: 0, type: BODY });
  if (number.width > NUMBER) return null;
  return {
    height: SHARED,
    before: 7,
    keep: true,
    draw(page, x, y) {
      markPlace(sheet, section, level, page, y);
      // On the baseline of the table's head.
      const base = y + SHARED - 4;
      const element = parent().add(headingRole(level));
      page.tagged(element, () => page.text(number.pieces, x, base));
      new LineDrawer(document, element).draw(page, title, x + text.left, base);
    },
  };
}

function markPlace(sheet: Sheet, section: Section, level: number, page: Page, y: number): void {
  sheet.document.destination(section.id, page, y);
  sheet.document.bookmark(`${section.number} ${section.text}`.trim(), level - 1, page, y);
}

/** A heading that stays with what follows. */
export function headingBox(sheet: Sheet, { section, level, parent, times }: HeadingOptions): Box {
  const { document } = sheet;
  const width = sheet.flow.width;
  const type: Type = level <= 2 ? HEAD : BODY;
  const plan =
    section.duration === null ? null : label(document, `plan ${sayDuration(section.duration)}`, { gray: 0 });
  const blanks = sheet.options.initials === "section" ? [...TIMES, INITIALS] : TIMES;
  const heads = times ? blanks.map((time) => ({ ...time, line: label(document, time.head) })) : [];
  const taken = heads.reduce(
    (sum, head) => sum + head.line.width + 4 + head.width + GAP,
    plan ? plan.width + GAP : 0,
  );
  const number =
    section.number === ""
      ? []
      : [{ text: `${section.number}\u2002`, style: "bold" as const, size: type.size }];
  const spans = [...number, ...inlineSpans(section.title, { type, style: "bold" }, sheet.prose)];
  const lines = setText(spans, width - taken - 4, document);
  const top = level <= 2 ? 5 : 1.5;
  const facts = factsOfSection(section, sheet).join(" · ");
  const aside = label(document, facts);
  const title = lines[0]?.width ?? 0;
  // What is demanded of a section stands beside its title where there is room, and below where not.
  const beside = lines.length === 1 && title + aside.width + 12 < width - taken;
  const below = beside || facts === "" ? null : smallBox(sheet, facts, parent);
  const line = Math.max(top + lines.length * type.leading + (level <= 2 ? 3 : 1), times ? WRITE_IN : 0);
  const height = line + (below?.height ?? 0);
  return {
    height,
    before: level <= 2 ? 11 : 6,
    keep: true,
    draw(page, x, y) {
      markPlace(sheet, section, level, page, y);
      if (level <= 2) page.artifact(() => page.line(x, y, x + width, y, { weight: 1.4 }));
      const drawer = new LineDrawer(document, parent().add(headingRole(level)));
      const first = times && lines.length === 1 ? line - type.leading - 3 : top;
      lines.forEach((each, i) => {
        drawer.draw(page, each, x, y + first + i * type.leading + baseline(each, type.leading));
      });
      const [only] = lines;
      if (beside && only && aside.pieces.length > 0) {
        drawLabel(page, parent().add("P"), aside, x + title + 10, y + first + baseline(only, type.leading));
      }
      // Beside a title alone on its baseline; over lines to write on, a little above them.
      const [one] = lines;
      const base = times || !one ? y + line - 6.5 : y + first + baseline(one, type.leading);
      let left = x + width - taken + GAP;
      const element = plan || heads.length > 0 ? parent().add("P") : null;
      if (plan && element) {
        drawLabel(page, element, plan, left, base);
        left += plan.width + GAP;
      }
      for (const { key, line: head, width: room, says } of heads) {
        if (!element) continue;
        drawLabel(page, element, head, left, base);
        left += head.width + 4;
        page.artifact(() => page.line(left, base + 2, left + room, base + 2, { weight: 0.5 }));
        const blank = {
          name: ["section", section.id, key],
          label: `${section.number} ${shorten(section.text)}: ${says}`,
        };
        addField(document, page, element, blank, "text", {
          x: left,
          y: y + line - WRITE_IN + 1,
          width: room,
          height: WRITE_IN - 6,
        });
        left += room + GAP;
      }
      below?.draw(page, x, y + line);
    },
  };
}

function smallBox(sheet: Sheet, text: string, parent: Tag): Box {
  const spans = [{ text, style: "regular" as const, size: SMALL.size, gray: GRAY.text }];
  return paragraph(sheet.document, spans, () => parent().add("P"), { width: sheet.flow.width, type: SMALL });
}

/** A heading of the sheet's own parts, which have no number. */
export function partHeading(
  sheet: Sheet,
  text: string,
  parent: Tag,
  options: { readonly name: string; readonly before?: number },
): Box {
  const { document, flow } = sheet;
  const spans: Span[] = [{ text, style: "bold", size: HEAD.size }];
  const said = paragraph(document, spans, () => parent().add("H2"), { width: flow.width, type: HEAD });
  return {
    height: said.height + 8,
    before: options.before ?? 12,
    keep: true,
    draw(page, x, y) {
      document.destination(options.name, page, y);
      document.bookmark(text, 1, page, y);
      page.artifact(() => page.line(x, y, x + flow.width, y, { weight: 1.4 }));
      said.draw(page, x, y + 5);
    },
  };
}
