/** What the frontmatter declares: questions, fields, people to reach, what is measured. */
import type { Element } from "hast";
import type { Field, Question } from "../model/checklist.ts";
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
    ...part(
      "_questions",
      rendering.words("Asked when a run opens"),
      checklist.questions.map((question) => questionLine(question, rendering)),
    ),
    ...part(
      "_fields",
      rendering.words("To fill in"),
      fields.map((field) => fieldLine(field, rendering)),
    ),
  ];
}

/** After the text: signatures, people, metrics. */
export function renderClosing(rendering: Rendering): Element[] {
  const { checklist } = rendering;
  const whole = checklist.signoffs.filter((signoff) => signoff.before === null && signoff.after === null);
  return [
    ...renderSignoffs(whole, rendering.words("Signed for the whole run"), rendering),
    ...(checklist.contacts.length + checklist.escalation.length === 0
      ? []
      : [
          furniture(
            "_contacts",
            rendering.words("Contacts and escalation"),
            contacts(rendering),
            escalation(rendering),
          ),
        ]),
    ...(checklist.metrics.length === 0
      ? []
      : [furniture("_metrics", rendering.words("What is measured"), metrics(rendering))]),
    ...[renderFootnotes(rendering)].filter((part) => part !== null),
  ];
}

function furniture(id: string, title: string, ...content: readonly Content[]): Element {
  return el("section.furniture", { id }, el("h2", {}, title), content);
}

function part(id: string, title: string, lines: readonly Element[]): Element[] {
  return lines.length === 0 ? [] : [furniture(id, title, el("ul.lines", { role: "list" }, lines))];
}

function questionLine(question: Question, rendering: Rendering): Element {
  return el(
    "li",
    { id: `_question-${question.id}` },
    el("strong", {}, question.label),
    el(
      "span.choices",
      {},
      question.choices.map((choice) =>
        el(
          "span.choice",
          {},
          el("span.box", { role: "img", ariaLabel: rendering.words("box: {word}", { word: choice }) }),
          choice,
        ),
      ),
    ),
    question.by === null
      ? null
      : el("span.by", {}, rendering.words("answered by {who}", { who: question.by })),
  );
}

function fieldLine(field: Field, rendering: Rendering): Element {
  return el(
    "li",
    { ...rendering.anchor(field.id) },
    el("strong", {}, field.label),
    field.choices.length === 0 ? null : el("span.by", {}, field.choices.join(" / ")),
    field.required ? el("span.by", {}, rendering.words("required")) : null,
    field.authority === null
      ? null
      : el("span.by", {}, rendering.words("decides on {what}", { what: field.authority })),
    el("span.line", { role: "img", ariaLabel: rendering.words("line to write on") }),
  );
}

function contacts(rendering: Rendering): Content {
  const { contacts } = rendering.checklist;
  if (contacts.length === 0) return null;
  return [
    renderTable(
      rendering.words("Contacts"),
      [
        { head: rendering.words("Role"), cell: (row) => row.role },
        { head: rendering.words("For"), cell: (row) => row.for ?? "–" },
        { head: rendering.words("Channel"), cell: (row) => row.channel ?? "–" },
      ],
      contacts,
    ),
    el(
      "p.aside",
      {},
      rendering.words("Names and numbers belong to the run: they stand on its sheet and in its record."),
    ),
  ];
}

function escalation(rendering: Rendering): Content {
  const { escalation } = rendering.checklist;
  if (escalation.length === 0) return null;
  return renderTable(
    rendering.words("Escalation"),
    [
      { head: rendering.words("Level"), cell: (row) => String(row.level) },
      { head: rendering.words("Role"), cell: (row) => row.role },
      {
        head: rendering.words("When"),
        cell: (row) =>
          row.to === null
            ? rendering.words("from {from} on", { from: sayDuration(row.from, rendering.words) })
            : rendering.words("{from} to {to}", {
                from: sayDuration(row.from, rendering.words),
                to: sayDuration(row.to, rendering.words),
              }),
      },
      { head: rendering.words("Channel"), cell: (row) => row.channel ?? "–" },
    ],
    escalation,
  );
}

const BETTER = { lower: "lower is better", higher: "higher is better" } as const;

function metrics(rendering: Rendering): Content {
  const { metrics } = rendering.checklist;
  return renderTable(
    rendering.words("Metrics"),
    [
      { head: rendering.words("Metric"), cell: (row) => row.label },
      { head: rendering.words("Unit"), cell: (row) => row.unit ?? "–" },
      {
        head: rendering.words("Reading"),
        cell: (row) => (row.better === null ? "–" : rendering.words(BETTER[row.better])),
      },
      {
        head: rendering.words("Query"),
        cell: (row) => (row.query === null ? "–" : el("code", {}, row.query)),
      },
    ],
    metrics,
  );
}

export function renderFootnotes(rendering: Rendering): Element | null {
  if (rendering.checklist.footnotes.length === 0) return null;
  return furniture(
    "_notes",
    rendering.words("Footnotes"),
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
            {
              href: `#_note-${note.number}-back`,
              ariaLabel: rendering.words("Back to footnote {number} in the text", { number: note.number }),
            },
            "↩",
          ),
        ),
      ),
    ),
  );
}
