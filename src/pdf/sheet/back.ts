/** The end of a sheet: signatures for the whole, review, message templates, how to hand it in. */
import type { Section } from "../../model/checklist.ts";
import { drawLabel, label } from "../blanks.ts";
import type { Box } from "../flow.ts";
import { lazy, type Tag } from "../lazy.ts";
import { paragraph } from "../paragraph.ts";
import { proseBoxes } from "../prose.ts";
import { qrBox } from "../qr.ts";
import { BODY, mm, SMALL, WRITE_IN } from "../scale.ts";
import type { Sheet } from "./context.ts";
import { partHeading } from "./heading.ts";
import { isDeferred, putContent } from "./sections.ts";
import { putSignoffs } from "./signs.ts";
import { LINE_GAP, labelledLines } from "./writein.ts";

/** Signatures over the whole run. */
export function putFinalSignoffs(sheet: Sheet): void {
  const signoffs = sheet.checklist.signoffs.filter(
    (signoff) => signoff.before === null && signoff.after === null,
  );
  if (signoffs.length === 0) return;
  const part = lazy(() => sheet.document.root.add("Sect"));
  sheet.flow.put(partHeading(sheet, "Sign-off", part, { name: "_signoff" }));
  putSignoffs(sheet, signoffs, "For the whole of this deployment", part);
}

const REVIEW = [
  { key: "well", head: "What went well" },
  { key: "improve", head: "What to improve" },
  { key: "actions", head: "Actions, with owner and date" },
] as const;

/** Outermost sections of a role that has pages of its own. */
function deferred(sheet: Sheet, role: Section["role"]): Section[] {
  return sheet.outline.sections.filter((section) => section.role === role && isTop(sheet, section));
}

function isTop(sheet: Sheet, section: Section): boolean {
  return isDeferred(section) && (section.parent === null || !sheet.outline.section.has(section.parent));
}

/** The review: what the checklist says of it, then lines for the three questions of every review. */
export function putReview(sheet: Sheet): void {
  const sections = deferred(sheet, "review");
  const { flow, document } = sheet;
  const part = lazy(() => document.root.add("Sect"));
  if (sections.length === 0) flow.put(partHeading(sheet, "Review", part, { name: "_review" }));
  for (const section of sections)
    putContent(
      sheet,
      section,
      lazy(() => document.root.add("Sect")),
      2,
    );
  const [well, improve, actions] = REVIEW;
  const rows = (pair: readonly (typeof REVIEW)[number][]): Box[] =>
    [1, 2, 3].map((n): Box => {
      const blanks = pair.map(({ key, head }) => ({
        head: `${n}.`,
        name: ["review", key, String(n)],
        label: `Review, ${head}: ${n}`,
      }));
      return { ...labelledLines(sheet, blanks, flow.width, part, WRITE_IN), keep: n < 3 };
    });
  flow.put(headsBox(sheet, [well.head, improve.head], part), ...rows([well, improve]));
  flow.put(headsBox(sheet, [actions.head], part), ...rows([actions]));
}

/** Bold labels in equal columns over labelled lines. */
function headsBox(sheet: Sheet, heads: readonly string[], parent: Tag): Box {
  const lines = heads.map((head) => label(sheet.document, head, { bold: true, type: BODY }));
  return {
    height: BODY.leading,
    before: 8,
    keep: true,
    draw(page, x, y) {
      lines.forEach((line, i) => {
        const left = x + (i * (sheet.flow.width + LINE_GAP)) / lines.length;
        drawLabel(page, parent().add("P"), line, left, y + BODY.leading - 3);
      });
    },
  };
}

export function hasTemplates(sheet: Sheet): boolean {
  return deferred(sheet, "templates").length > 0;
}

export function putTemplates(sheet: Sheet): void {
  for (const section of deferred(sheet, "templates"))
    putContent(
      sheet,
      section,
      lazy(() => sheet.document.root.add("Sect")),
      2,
    );
}

/** Notes that the text refers to. */
export function putFootnotes(sheet: Sheet): void {
  const { footnotes } = sheet.checklist;
  if (footnotes.length === 0) return;
  const part = lazy(() => sheet.document.root.add("Sect"));
  sheet.flow.put(partHeading(sheet, "Notes to the text", part, { name: "_footnotes" }));
  for (const footnote of footnotes) {
    const note = lazy(() => part().add("Note", { id: `note-${footnote.number}` }));
    const mark = paragraph(
      sheet.document,
      [{ text: `[${footnote.number}]`, style: "bold", size: BODY.size }],
      () => note().add("P"),
      { width: sheet.flow.width, type: BODY, keep: true, before: 4 },
    );
    const named: Box = {
      ...mark,
      draw(page, x, y) {
        sheet.document.destination(`_note-${footnote.number}`, page, y);
        mark.draw(page, x, y);
      },
    };
    sheet.flow.put(named, ...proseBoxes(sheet.prose, footnote.content, note, sheet.flow.width));
  }
}

const QR = mm(28);

/** How the results get in, and how anybody can check this paper. */
export function putAnnex(sheet: Sheet): void {
  const { checklist, flow, permalink, document } = sheet;
  const part = lazy(() => document.root.add("Sect"));
  const run = `${permalink}run/`;
  const left = flow.width - QR - 14;
  const say = (text: string, style: "regular" | "mono" = "regular"): Box =>
    paragraph(document, [{ text, style, size: SMALL.size }], () => part().add("P"), {
      width: left,
      type: SMALL,
      before: style === "mono" ? 0.5 : 2.5,
    });
  const texts = [
    say("The version this sheet was printed from, and whether it is still the current one:"),
    say(permalink, "mono"),
    say("To record in a browser, also without a network: the code beside this, or run/ behind that address."),
    say("From this paper: fill in the results file, then store it with whatever evidence belongs to it:"),
    say(`countersign template ${checklist.id}@${checklist.version} > results.json`, "mono"),
    say("countersign ingest results.json --evidence evidence/", "mono"),
    say("The first line of the answer is STORED or NOT STORED. Until it says STORED, the record is not in."),
    say(
      "This paper was made from one Markdown file, attached to the PDF as source.md. Its digest (sha256sum source.md) is, here as on the page that every foot names:",
    ),
    say(checklist.digest.replace(/^sha256:/, ""), "mono"),
  ];
  const height = Math.max(
    QR,
    texts.reduce((sum, box, i) => sum + box.height + (i === 0 ? 0 : (box.before ?? 0)), 0),
  );
  const code = qrBox(run, `QR code that leads to ${run}`, QR, part);
  const body: Box = {
    height,
    draw(page, x, y) {
      let at = y;
      texts.forEach((box, i) => {
        at += i === 0 ? 0 : (box.before ?? 0);
        box.draw(page, x, at);
        at += box.height;
      });
      code.draw(page, x + flow.width - QR, y);
    },
  };
  flow.put(partHeading(sheet, "Handing in the results", part, { name: "_results" }), body);
}
