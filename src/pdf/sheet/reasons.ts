/** Lines for reasons at the end of a section: which item, why, who. */
import type { Section } from "../../model/checklist.ts";
import type { Tag } from "../lazy.ts";
import { WRITE_IN } from "../scale.ts";
import type { Sheet } from "./context.ts";
import { initialsOf } from "./filling.ts";
import { labelledLines } from "./writein.ts";

interface Reason {
  readonly item: string;
  readonly text: string;
  readonly by: string;
}

/** Reasons that a run has given in a section, by item. */
function reasonsWithin(section: Section, sheet: Sheet): Reason[] {
  const run = sheet.options.filled?.run;
  if (!run) return [];
  const initials = initialsOf(run.people);
  const within = (id: string | null): boolean => {
    for (let at = sheet.outline.section.get(id ?? ""); at; at = sheet.outline.section.get(at.parent ?? ""))
      if (at === section) return true;
    return false;
  };
  const last = new Map(run.results.map((result) => [result.item, result]));
  return sheet.outline.items.flatMap((item): Reason[] => {
    const result = last.get(item.id);
    if (!result?.reason || !within(item.section)) return [];
    const by = result.by === null ? "" : (initials.get(result.by) ?? result.by);
    return [{ item: item.number, text: result.reason, by }];
  });
}

const LINE = [
  { key: "item", head: "Fail, N/A or skip: no.", says: "item number", share: 2 },
  { key: "text", head: "Reason", says: "reason", share: 5.2 },
  { key: "by", head: "Initials", says: "initials", share: 1 },
] as const;

/** Lines for reasons, once a section: more where it has more items; given ones stand in them already. */
export function putReasons(sheet: Sheet, section: Section, items: number, element: Tag): void {
  if (items === 0) return;
  const given = reasonsWithin(section, sheet);
  const lines = Math.max(given.length + (given.length > 0 ? 1 : 0), Math.min(4, Math.ceil(items / 10)));
  const boxes = Array.from({ length: lines }, (_, i) => {
    const says = `Section ${section.number}, reason ${i + 1}`;
    const reason = given[i];
    const blanks = LINE.map(({ key, head, says: what, share }) => ({
      head,
      share,
      name: ["section", section.id, "reason", String(i + 1), key],
      label: `${says}: ${what}`,
      ...(reason ? { entry: reason[key] } : {}),
    }));
    return labelledLines(sheet, blanks, sheet.flow.width, element, WRITE_IN);
  });
  sheet.flow.put(
    ...boxes.map((box, i) => ({
      ...box,
      before: i === 0 ? 5 : 0,
      keep: i < boxes.length - 1,
      follows: true,
    })),
  );
}
