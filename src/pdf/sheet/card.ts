/** The rollback card: the last leaf, to tear off. What triggers it, who decides, who is called, what to do. */
import type { Section } from "../../model/checklist.ts";
import { sayDuration } from "../../model/say.ts";
import type { Box } from "../flow.ts";
import { lazy, type Tag } from "../lazy.ts";
import { paragraph } from "../paragraph.ts";
import { HEAD, SMALL, TITLE, WRITE_IN } from "../scale.ts";
import type { Sheet } from "./context.ts";
import { deciderOf } from "./facts.ts";
import { partHeading } from "./heading.ts";
import { blankCell, putEscalation, putWriteIn } from "./people.ts";
import { putContent } from "./sections.ts";
import { textBox } from "./signs.ts";
import { labelledLines } from "./writein.ts";

function belongs(section: Section): boolean {
  if (section.role === "contingency") return true;
  return section.role === "triggers" && (section.whenMet === null || section.whenMet === "rollback");
}

/** The outermost sections of rollback paths and of the triggers that lead to one, in the order of the source. */
export function cardSections(sections: readonly Section[]): Section[] {
  const chosen: Section[] = [];
  const inside = new Set<string>();
  for (const section of sections) {
    const nested = section.parent !== null && inside.has(section.parent);
    if (!nested && !belongs(section)) continue;
    inside.add(section.id);
    if (!nested) chosen.push(section);
  }
  return chosen.some((section) => section.role === "contingency") ? chosen : [];
}

function cardTitle(sheet: Sheet, parent: Tag): Box {
  const { document, flow } = sheet;
  const text = "Rollback card";
  const said = paragraph(document, [{ text, style: "bold", size: TITLE.size }], () => parent().add("H2"), {
    width: flow.width,
    type: TITLE,
  });
  return {
    ...said,
    keep: true,
    draw(page, x, y) {
      document.destination("_rollback", page, y);
      document.bookmark(text, 1, page, y);
      said.draw(page, x, y);
    },
  };
}

/** Who decides, and the clock against which the steps run. */
function clockLines(sheet: Sheet, sections: readonly Section[], parent: Tag): Box[] {
  const deciders = [...new Set(sections.flatMap((section) => deciderOf(section, sheet) ?? []))];
  const plans = sections.filter((section) => section.role === "contingency" && section.duration !== null);
  const plan = plans.length === 1 && plans[0]?.duration ? ` (plan ${sayDuration(plans[0].duration)})` : "";
  const who = deciders.length > 0 ? deciders.join(", ") : "Whoever decides";
  const line = (blanks: readonly (readonly [string, string, number])[]): Box =>
    labelledLines(
      sheet,
      blanks.map(([key, head, share]) => ({
        name: ["rollback", key],
        head,
        label: `Rollback card: ${head}`,
        share,
      })),
      sheet.flow.width,
      parent,
      WRITE_IN,
    );
  return [
    line([
      ["decider", `Decides: ${who}`, 2.4],
      ["phone", "Phone", 1],
    ]),
    line([
      ["at", "Decided at", 1],
      ["trigger", "Trigger no.", 0.8],
      ["end", `Previous version verified at${plan}`, 2],
      ["elapsed", "Elapsed, min", 1.1],
    ]),
  ];
}

/** With so little air between its parts a card may take a page less. */
const TIGHT = 0.5;
/** Part of a last page that may be saved so. */
const LITTLE = 0.2;

/**
 * A leaf of its own: it starts on a right-hand page, behind a log if need be.
 * @param open makes another sheet of the same, to be tried on
 */
export function putCard(sheet: Sheet, sections: readonly Section[], open: () => Sheet): void {
  if (sections.length === 0) return;
  const { flow } = sheet;
  putLog(sheet);
  flow.nextPage();
  if (flow.pageNumber % 2 === 0) {
    putLog(sheet);
    flow.nextPage();
  }
  const tried = (air: number): { readonly pages: number; readonly spilt: number } => {
    const trial = open();
    for (const query of sheet.said) trial.said.add(query);
    trial.flow.air = air;
    putLeaf(trial, sections);
    return { pages: trial.flow.pageNumber, spilt: trial.flow.full - trial.flow.room };
  };
  const { pages, spilt } = tried(1);
  const isLittle = pages > 1 && spilt < flow.full * LITTLE;
  flow.air = isLittle && tried(TIGHT).pages < pages ? TIGHT : 1;
  putLeaf(sheet, sections);
  flow.flush();
  flow.air = 1;
  // The back of the leaf, or what is left of it, is for the log of the rollback.
  putLog(sheet);
}

function putLeaf(sheet: Sheet, sections: readonly Section[]): void {
  const { flow, document } = sheet;
  const part = lazy(() => document.root.add("Sect"));
  flow.put(cardTitle(sheet, part));
  flow.put(
    textBox(
      sheet,
      `${sheet.checklist.id} version ${sheet.checklist.version}. Tear off this leaf and keep it at hand.`,
      part,
    ),
  );
  flow.put(...clockLines(sheet, sections, part));
  const put = (section: Section): void =>
    putContent(
      sheet,
      section,
      lazy(() => part().add("Sect")),
      3,
    );
  const steps = sections.findIndex((section) => section.role === "contingency");
  sections.slice(0, steps).forEach(put);
  if (sheet.checklist.escalation.length > 0) {
    flow.put(
      partHeading(sheet, "Escalation, from the moment of the decision", part, { name: "_card-escalation" }),
    );
    putEscalation(sheet, part, "rollback-escalation");
  }
  sections.slice(steps).forEach(put);
}

const LOG = [
  { key: "at", head: "Time", share: 1 },
  { key: "text", head: "What happened, what was decided", share: 7 },
  { key: "by", head: "Initials", share: 1 },
] as const;

/** Fewer lines are no log. */
const LEAST = 6;

/** The night is told on whatever is left of the page before the card. */
function putLog(sheet: Sheet): void {
  const { flow, document } = sheet;
  flow.flush();
  const free = flow.room - HEAD.leading - 24 - SMALL.leading;
  const lines = Math.floor(free / WRITE_IN) - 1;
  if (lines < LEAST) return;
  const part = lazy(() => document.root.add("Sect"));
  flow.put(partHeading(sheet, "Log", part, { name: "_log" }));
  putWriteIn(
    sheet,
    part,
    LOG.map(({ head, share }) => ({ head, width: { share } })),
    Array.from({ length: lines }, (_, i) =>
      LOG.map(({ key, head }) =>
        blankCell(sheet, {
          name: ["log", String(flow.pageNumber), String(i + 1), key],
          label: `Log, page ${flow.pageNumber}, line ${i + 1}: ${head.toLowerCase()}`,
        }),
      ),
    ),
  );
}
