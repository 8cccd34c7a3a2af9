/** What the frontmatter declares: questions, fields, people to reach, what is measured. */
import type { Element } from "hast";
import type { Checklist, Field, Question } from "../model/checklist.ts";
import { sayDuration } from "../model/say.ts";
import { type Content, el } from "./html.ts";
import type { Rendering } from "./rendering.ts";
import { renderSignoffs } from "./signoffs.ts";
import { renderTable } from "./table.ts";

/** Before the text: what is asked when a run opens, and what is filled in. */
export function renderOpening(rendering: Rendering): Element[] {
  const { checklist } = rendering;
  const fields = checklist.fields.filter((field) => field.section === null);
  return [
    ...part("_questions", "Asked when a run opens", checklist.questions.map(questionLine)),
    ...part(
      "_fields",
      "To fill in",
      fields.map((field) => fieldLine(field, rendering)),
    ),
  ];
}

/** After the text: signatures, people, metrics. */
export function renderClosing(rendering: Rendering): Element[] {
  const { checklist } = rendering;
  const whole = checklist.signoffs.filter((signoff) => signoff.before === null && signoff.after === null);
  return [
    ...renderSignoffs(whole, "Signed for the whole run", rendering),
    ...(checklist.contacts.length + checklist.escalation.length === 0
      ? []
      : [furniture("_contacts", "Contacts and escalation", contacts(checklist), escalation(checklist))]),
    ...(checklist.metrics.length === 0
      ? []
      : [furniture("_metrics", "What is measured", metrics(checklist))]),
    ...[renderFootnotes(rendering)].filter((part) => part !== null),
  ];
}

function furniture(id: string, title: string, ...content: readonly Content[]): Element {
  return el("section.furniture", { id }, el("h2", {}, title), content);
}

function part(id: string, title: string, lines: readonly Element[]): Element[] {
  return lines.length === 0 ? [] : [furniture(id, title, el("ul.lines", { role: "list" }, lines))];
}

function questionLine(question: Question): Element {
  return el(
    "li",
    { id: `_question-${question.id}` },
    el("strong", {}, question.label),
    el(
      "span.choices",
      {},
      question.choices.map((choice) =>
        el("span.choice", {}, el("span.box", { role: "img", ariaLabel: `box: ${choice}` }), choice),
      ),
    ),
    question.by === null ? null : el("span.by", {}, `answered by ${question.by}`),
  );
}

function fieldLine(field: Field, rendering: Rendering): Element {
  return el(
    "li",
    { ...rendering.anchor(field.id) },
    el("strong", {}, field.label),
    field.choices.length === 0 ? null : el("span.by", {}, field.choices.join(" / ")),
    field.required ? el("span.by", {}, "required") : null,
    field.authority === null ? null : el("span.by", {}, `decides on ${field.authority}`),
    el("span.line", { role: "img", ariaLabel: "line to write on" }),
  );
}

function contacts({ contacts }: Checklist): Content {
  if (contacts.length === 0) return null;
  return [
    renderTable(
      "Contacts",
      [
        { head: "Role", cell: (row) => row.role },
        { head: "For", cell: (row) => row.for ?? "–" },
        { head: "Channel", cell: (row) => row.channel ?? "–" },
      ],
      contacts,
    ),
    el("p.aside", {}, "Names and numbers belong to the run: they stand on its sheet and in its record."),
  ];
}

function escalation({ escalation }: Checklist): Content {
  if (escalation.length === 0) return null;
  return renderTable(
    "Escalation",
    [
      { head: "Level", cell: (row) => String(row.level) },
      { head: "Role", cell: (row) => row.role },
      {
        head: "When",
        cell: (row) =>
          row.to === null
            ? `from ${sayDuration(row.from)} on`
            : `${sayDuration(row.from)} to ${sayDuration(row.to)}`,
      },
      { head: "Channel", cell: (row) => row.channel ?? "–" },
    ],
    escalation,
  );
}

const BETTER = { lower: "lower is better", higher: "higher is better" } as const;

function metrics({ metrics }: Checklist): Content {
  return renderTable(
    "Metrics",
    [
      { head: "Metric", cell: (row) => row.label },
      { head: "Unit", cell: (row) => row.unit ?? "–" },
      { head: "Reading", cell: (row) => (row.better === null ? "–" : BETTER[row.better]) },
      { head: "Query", cell: (row) => (row.query === null ? "–" : el("code", {}, row.query)) },
    ],
    metrics,
  );
}

export function renderFootnotes(rendering: Rendering): Element | null {
  if (rendering.checklist.footnotes.length === 0) return null;
  return furniture(
    "_notes",
    "Footnotes",
    el(
      "ol.notes",
      {},
      rendering.checklist.footnotes.map((note) =>
        el(
          "li",
          { id: `_note-${note.number}` },
          rendering.blocks(note.content),
          el(
            "a.back",
            { href: `#_note-${note.number}-back`, ariaLabel: `Back to footnote ${note.number} in the text` },
            "↩",
          ),
        ),
      ),
    ),
  );
}
