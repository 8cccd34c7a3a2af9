/**
 * How much paper a checklist needs at the least: what stands on its sheet set solid at 9 pt, with rows of 8 mm to
 * write in, on A4 with the sheet's margins. Counted from the model alone, so that it says something about the layout.
 */
import type { Block, Checklist, Item, Section } from "../src/model/checklist.ts";
import { secondsOf } from "../src/model/duration.ts";
import { outlineOf } from "../src/model/outline.ts";
import { plainText } from "../src/model/text.ts";
import { cardSections } from "../src/pdf/sheet/card.ts";

/** Points. */
const ROW = 22.7;
const LINE = 11;
/** Mean width of a character of the text family, and of the mono, at 9 and 8.5 pt. */
const CHARACTER = 4.5;
const MONO = 5.1;
const WIDTH = 502;
const PAGE = 757;
/** Text of a row with its number, three boxes, initials and time beside it, and with values to write down too. */
const BESIDE = 320;
const NARROW = 158;

function lines(text: string, width: number, character = CHARACTER): number {
  return text
    .split("\n")
    .reduce((sum, line) => sum + Math.max(1, Math.ceil((line.length * character) / width)), 0);
}

/** Text, lists, tables and commands without the items and sections in them. */
function prose(blocks: readonly Block[], width: number): number {
  return blocks.reduce((sum, block) => sum + proseOf(block, width), 0);
}

function proseOf(block: Block, width: number): number {
  switch (block.type) {
    case "paragraph":
      return lines(plainText(block.children), width) * LINE + 2;
    case "code": {
      const captions = block.command?.parts.filter(({ caption }) => caption !== null).length ?? 0;
      const params = new Set(block.command?.params.map(({ name }) => name)).size;
      const said = (block.command ? 1 : 0) + captions + (block.command?.expect ? 1 : 0);
      return 8 + (lines(block.value, width, MONO) + said) * LINE + params * ROW;
    }
    case "table":
      return [block.head, ...block.rows].reduce((sum, row) => {
        const cells = row.map((cell) => lines(plainText(cell), WIDTH / Math.max(1, row.length)));
        return sum + Math.max(1, ...cells) * LINE + 4;
      }, 0);
    case "list":
      return block.entries.reduce(
        (sum, entry) => sum + (entry.type === "bullet" ? prose(entry.content, width - 11) : 0),
        0,
      );
    case "quote":
      return prose(block.content, width - 11);
    case "details":
      return LINE + prose(block.content, width);
    case "heading":
      return LINE + 4;
    case "raw":
      return lines(block.value, width) * LINE;
    case "rule":
      return 6;
    case "section":
      return 0;
  }
}

function rowOf(item: Item): number {
  if (item.derived !== null || item.signs !== null) return lines(item.text, BESIDE) * LINE + 5;
  const metrics = new Set([...item.limits, ...item.targets, ...item.expected].map(({ metric }) => metric))
    .size;
  const long = item.captures.filter(({ type }) => type === "text" || type === "location").length;
  const asked =
    Math.max(metrics, item.observe ? 1 : 0) +
    (item.evidence ? 1 : 0) +
    (item.witness ? 1 : 0) +
    item.captures.length -
    long;
  const facts = item.needs.length + item.settings.length > 0 ? LINE : 0;
  const text = lines(item.text, asked > 0 ? NARROW : BESIDE) * LINE + facts + 5;
  const { repeat } = item;
  const readings = repeat ? Math.ceil((repeat.expected ?? 8) / 8) * (LINE + ROW * Math.max(1, metrics)) : 0;
  return Math.max(ROW, text, asked * ROW) + prose(item.body, BESIDE) + long * ROW + readings;
}

function headOf(section: Section, level: number): number {
  const timed = section.duration !== null && secondsOf(section.duration) > 0;
  return (level <= 2 ? 34 : timed ? 28 : 20) + (level > 2 || !timed ? 0 : 4);
}

/** Rows with their heads, and what stands between them. */
function body(checklist: Checklist, chosen: ReadonlySet<string>, level: number): number {
  const { sections, items } = outlineOf(checklist);
  return sections
    .filter(({ id }) => chosen.has(id))
    .reduce((sum, section) => {
      const own = items.filter((item) => item.section === section.id);
      const ticked = own.filter((item) => item.derived === null && item.signs === null).length;
      const reasons = Math.min(4, ticked / 10) * ROW;
      const decides = ["decision", "triggers"].includes(section.role) && ticked > 0 ? 84 : 0;
      const head = section.id === "_root" ? 0 : headOf(section, level + section.number.split(".").length - 1);
      const rows = own.reduce((high, item) => high + rowOf(item), own.length > 0 ? 15 : 0);
      return sum + head + rows + prose(section.content, WIDTH) + reasons + decides;
    }, 0);
}

/** Title, this deployment, how to fill it in, contacts, escalation, people. */
function front({
  fields,
  questions,
  contacts,
  escalation,
  signoffs,
  changes,
  description,
}: Checklist): number {
  const says = [changes, description].reduce((sum, text) => sum + lines(text ?? "", WIDTH) * LINE, 70);
  const own = fields.filter(({ section }) => section === null).length;
  const roles = new Set(signoffs.map(({ role }) => role)).size;
  const tables = [contacts.length, escalation.length, Math.max(5, roles + 2)].filter((count) => count > 0);
  return (
    says +
    (4 + Math.ceil(own / 2)) * ROW +
    questions.length * ROW +
    30 +
    70 +
    tables.reduce((sum, rows) => sum + 42 + rows * ROW, 0)
  );
}

function back({ signoffs }: Checklist): number {
  const places = new Set(signoffs.map(({ before, after }) => `${before} ${after}`)).size;
  const review = 60 + 6 * ROW;
  const annex = 130;
  return places * 42 + signoffs.length * 28.3 + review + annex;
}

/**
 * Pages of an A4 sheet of a checklist: the body, and the rollback card on a leaf of its own, which begins on a
 * right-hand page.
 */
export function pagesNeeded(checklist: Checklist): number {
  const { sections } = outlineOf(checklist);
  const card = new Set(cardSections(sections).map(({ id }) => id));
  for (const { id, parent } of sections) if (parent !== null && card.has(parent)) card.add(id);
  const rest = new Set(sections.filter(({ id }) => !card.has(id)).map(({ id }) => id));
  const main = Math.ceil((front(checklist) + body(checklist, rest, 2) + back(checklist)) / PAGE);
  if (card.size === 0) return main;
  const called = checklist.escalation.length;
  const leaf = 90 + (called > 0 ? 42 + called * ROW : 0) + body(checklist, card, 3);
  return main + (main % 2) + Math.ceil(leaf / PAGE);
}
