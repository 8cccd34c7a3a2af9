/** Headings of sections: number, title, planned duration, and where to write date, start and end. */
import type { Section } from "../../model/checklist.ts";
import { sayDuration } from "../../model/say.ts";
import { addField, drawLabel, label } from "../blanks.ts";
import type { Box } from "../flow.ts";
import { inlineSpans, shorten } from "../inline.ts";
import type { Tag } from "../lazy.ts";
import { baseline, LineDrawer } from "../paragraph.ts";
import { BODY, HEAD, type Type, WRITE_IN } from "../scale.ts";
import type { Role } from "../tags.ts";
import { setText } from "../text.ts";
import type { Sheet } from "./context.ts";

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

/** A heading that stays with what follows. */
export function headingBox(sheet: Sheet, { section, level, parent, times }: HeadingOptions): Box {
  const { document } = sheet;
  const width = sheet.flow.width;
  const type: Type = level <= 2 ? HEAD : BODY;
  const plan =
    section.duration === null ? null : label(document, `plan ${sayDuration(section.duration)}`, { gray: 0 });
  const heads = times ? TIMES.map((time) => ({ ...time, line: label(document, time.head) })) : [];
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
  const height = Math.max(top + lines.length * type.leading + 3, times ? WRITE_IN : 0);
  return {
    height,
    before: level <= 2 ? 15 : 9,
    keep: true,
    draw(page, x, y) {
      document.destination(section.id, page, y);
      document.bookmark(`${section.number} ${section.text}`.trim(), level - 1, page, y);
      if (level <= 2) page.artifact(() => page.line(x, y, x + width, y, { weight: 1.4 }));
      const drawer = new LineDrawer(document, parent().add(headingRole(level)));
      const first = times && lines.length === 1 ? height - type.leading - 3 : top;
      lines.forEach((line, i) => {
        drawer.draw(page, line, x, y + first + i * type.leading + baseline(line, type.leading));
      });
      const base = y + height - 6.5;
      let left = x + width - taken + GAP;
      const element = plan || heads.length > 0 ? parent().add("P") : null;
      if (plan && element) {
        drawLabel(page, element, plan, left, base);
        left += plan.width + GAP;
      }
      for (const { key, line, width: room, says } of heads) {
        if (!element) continue;
        drawLabel(page, element, line, left, base);
        left += line.width + 4;
        page.artifact(() => page.line(left, base + 2, left + room, base + 2, { weight: 0.5 }));
        const blank = {
          name: ["section", section.id, key],
          label: `${section.number} ${shorten(section.text)}: ${says}`,
        };
        addField(document, page, element, blank, "text", {
          x: left,
          y: y + height - WRITE_IN + 1,
          width: room,
          height: WRITE_IN - 6,
        });
        left += room + GAP;
      }
    },
  };
}
