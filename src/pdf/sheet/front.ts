/** The first page: which checklist, which deployment, who can be reached, who signs, how to fill it in. */
import type { Checklist, Field, Question } from "../../model/checklist.ts";
import { headingBeside } from "../../model/outline.ts";
import { sayDuration } from "../../model/say.ts";
import { plainText } from "../../model/text.ts";
import { type Blank, BOX, drawLabel, label, tickBox } from "../blanks.ts";
import type { Box } from "../flow.ts";
import { lazy, type Tag } from "../lazy.ts";
import { paragraph } from "../paragraph.ts";
import { BODY, TITLE, WRITE_IN } from "../scale.ts";
import type { Span } from "../text.ts";
import type { Sheet } from "./context.ts";
import { partHeading } from "./heading.ts";
import { putContacts, putPeople } from "./people.ts";
import { textBox } from "./signs.ts";
import { labelledLines } from "./writein.ts";

function titleBoxes(sheet: Sheet): Box[] {
  const { checklist, document, flow, options } = sheet;
  const big: Span[] = [{ text: checklist.title, style: "bold", size: TITLE.size }];
  const title = paragraph(document, big, () => document.root.add("H1"), {
    width: flow.width,
    type: TITLE,
    keep: true,
  });
  const product = checklist.product
    ? [checklist.product.name, checklist.product.version].filter((part) => part !== null).join(" ")
    : null;
  const status =
    options.released === null
      ? "DRAFT, not released: this text may still change"
      : `released ${options.released}`;
  const line = [product, `${checklist.id} version ${checklist.version}`, status]
    .filter((part) => part !== null)
    .join("  ·  ");
  const root: Tag = () => document.root;
  const boxes = [title, textBox(sheet, line, root, { bold: true, before: 1 })];
  const own = headingBeside(checklist);
  if (own !== null) boxes.push(textBox(sheet, plainText(own), root, { before: 2 }));
  if (checklist.description !== null) boxes.push(textBox(sheet, checklist.description, root, { before: 4 }));
  const facts = [
    ...(checklist.owner === null ? [] : [`Owner: ${checklist.owner}`]),
    ...(checklist.duration === null ? [] : [`planned for ${sayDuration(checklist.duration)} at most`]),
    ...(checklist.controls.length === 0 ? [] : [`supports ${checklist.controls.join(", ")}`]),
  ];
  if (facts.length > 0) boxes.push(textBox(sheet, facts.join(" · "), root, { small: true, before: 3 }));
  if (checklist.changes !== null)
    boxes.push(textBox(sheet, `New in this version: ${checklist.changes}`, root, { small: true, before: 2 }));
  return boxes;
}

type Line = readonly (Blank & { readonly head: string; readonly share?: number })[];

/** What a run states about itself; the field names are those of the results JSON. */
function identityLines(checklist: Checklist): Line[] {
  const blank = (path: string, head: string, share = 1): Line[number] => ({
    name: ["run", ...path.split("/")],
    head,
    label: head,
    share,
  });
  const fields = checklist.fields.filter((field) => field.section === null).map(fieldLine);
  const pairs: Line[] = [];
  for (let i = 0; i < fields.length; i += 2) pairs.push(fields.slice(i, i + 2));
  return [
    [
      blank("deployment/environment", "Environment", 2),
      blank("deployment/from", "Release from", 1.4),
      blank("deployment/to", "to"),
    ],
    [blank("change/id", "Change"), blank("lead", "Deployment lead", 1.5), blank("run", "Run", 1.2)],
    [
      blank("window/plannedStart", "Window, from", 1.3),
      blank("window/plannedEnd", "until"),
      blank("offset", "UTC offset of all times", 1.2),
    ],
    ...pairs,
    [
      blank("source/copy", "Copy no.", 0.7),
      blank("source/issued", "issued to, date", 1.5),
      blank("source/returned", "returned, date", 1.3),
    ],
  ];
}

function fieldLine(field: Field): Line[number] {
  const choices = field.choices.length > 0 ? ` (${field.choices.join(" / ")})` : "";
  return { head: `${field.label}${choices}`, name: ["field", field.id], label: field.label };
}

/** A question with a box for each answer. */
function questionBox(sheet: Sheet, question: Question, parent: Tag): Box {
  const { document, flow } = sheet;
  const answers = question.type === "yes-no" ? ["yes", "no"] : question.choices;
  const lines = answers.map((answer) => ({ answer, line: label(document, answer, { gray: 0, type: BODY }) }));
  const taken = lines.reduce((sum, { line }) => sum + BOX + 5 + line.width + 14, 0);
  const text = `${question.label}${question.by === null ? "" : ` (${question.by})`}`;
  const said = paragraph(document, [{ text, style: "regular", size: BODY.size }], () => parent().add("P"), {
    width: Math.max(flow.width - taken - 12, 120),
    type: BODY,
  });
  const height = Math.max(18, said.height + 5);
  return {
    height,
    draw(page, x, y) {
      said.draw(page, x, y + 3);
      const element = parent().add("P");
      let left = x + flow.width - taken + 14;
      for (const { answer, line } of lines) {
        tickBox(
          document,
          page,
          element,
          { name: ["answer", question.id, answer], label: `${question.label} ${answer}` },
          left,
          y + 3.5,
        );
        drawLabel(page, element, line, left + BOX + 5, y + 12.5);
        left += BOX + 5 + line.width + 14;
      }
    },
  };
}

const RULES = [
  "Tick one box a row. Where a value is asked for, write what you see, not “ok”.",
  "Every fail, N/A or skip needs a reason, with its number, in the lines at the end of the section.",
  "To correct: one line through, so that it can still be read; beside it your initials, the date and the reason.",
  "All times have the one UTC offset written above; the date stands at the start of each section.",
];

export function putFront(sheet: Sheet): void {
  const { flow, document, checklist } = sheet;
  flow.put(...titleBoxes(sheet));
  const part = lazy(() => document.root.add("Sect"));
  flow.put(partHeading(sheet, "This deployment", part, { name: "_deployment", before: 12 }));
  for (const line of identityLines(checklist))
    flow.put(labelledLines(sheet, line, flow.width, part, WRITE_IN));
  for (const question of checklist.questions) flow.put(questionBox(sheet, question, part));
  const rules = lazy(() => document.root.add("Sect"));
  flow.put(partHeading(sheet, "How to fill it in", rules, { name: "_rules" }));
  flow.put(...RULES.map((text) => textBox(sheet, text, rules, { before: 1.5 })));
  putContacts(
    sheet,
    lazy(() => document.root.add("Sect")),
  );
  putPeople(
    sheet,
    lazy(() => document.root.add("Sect")),
  );
}
