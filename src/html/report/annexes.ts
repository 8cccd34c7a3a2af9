/** What follows the items: corrections, messages, what went wrong, the review, the evidence. */
import type { Report } from "../../model/report.ts";
import type { Tone } from "../../model/sign.ts";
import { type Content, el } from "../html.ts";
import { chapter, digest, itemLink, joined, moment, person, reportTable, status } from "./pieces.ts";

export function renderCorrections({ corrections }: Report): Content {
  return chapter(
    "corrections",
    "Corrections",
    corrections.length === 0
      ? el("p", {}, "None.")
      : reportTable(
          "Corrections",
          [
            {
              head: "What",
              cell: ({ item, pointer }) => [
                item === null ? null : [itemLink(item), " "],
                el("code", {}, pointer),
              ],
            },
            { head: "Old", cell: ({ old }) => (old === null ? "–" : el("s", {}, old)) },
            { head: "New", cell: ({ new: now }) => now ?? "–" },
            { head: "By", cell: ({ by }) => person(by) },
            { head: "At", cell: ({ at }) => moment(at) },
            { head: "Why", cell: ({ reason }) => reason },
            { head: "Record", cell: ({ record }) => String(record) },
          ],
          corrections,
        ),
  );
}

export function renderIncidents({ incidents }: Report): Content {
  if (incidents.length === 0) return null;
  return chapter(
    "incidents",
    "Incidents",
    reportTable(
      "Incidents",
      [
        { head: "At", cell: ({ at }) => moment(at) },
        { head: "Severity", cell: ({ severity }) => severity ?? "–" },
        {
          head: "What",
          cell: ({ text, item }) => [text, item === null ? null : [" (", itemLink(item), ")"]],
        },
        {
          head: "Notified",
          cell: ({ notified }) =>
            joined(
              notified.map(({ who, level, at, acknowledged }) => [
                who,
                level === null ? null : ` (level ${level})`,
                at === null ? null : [" ", moment(at)],
                acknowledged === null ? null : [", acknowledged ", moment(acknowledged)],
              ]),
            ),
        },
      ],
      incidents,
    ),
  );
}

export function renderCommands({ commands, evidence }: Report): Content {
  if (commands.length === 0) return null;
  return chapter(
    "commands",
    "Commands as they were run",
    reportTable(
      "Commands as they were run",
      [
        { head: "Command", cell: ({ command }) => el("a", { href: `#${command}` }, command) },
        { head: "Ran", cell: ({ ran }) => (ran === null ? "–" : el("code", {}, ran)) },
        { head: "By", cell: ({ by }) => person(by) },
        { head: "At", cell: ({ at }) => moment(at) },
        { head: "Exit", cell: ({ exit }) => (exit === null ? "–" : String(exit)), isRight: true },
        {
          head: "Output",
          cell: ({ output }) =>
            evidence.some(({ id }) => id === output)
              ? el("a", { href: `#_evidence-${output}` }, output ?? "")
              : (output ?? "–"),
        },
      ],
      commands,
    ),
  );
}

export function renderMessages({ messages }: Report): Content {
  if (messages.length === 0) return null;
  return chapter(
    "messages",
    "Messages sent",
    messages.map(({ title, text, at, by, channel }) =>
      el(
        "figure.template",
        {},
        el(
          "figcaption",
          {},
          el("span.title", {}, title),
          el("span", {}, moment(at)),
          el("span", {}, person(by)),
          channel === null ? null : el("span", {}, `by ${channel}`),
        ),
        el("pre.wrap", { tabIndex: 0 }, el("code", {}, text)),
      ),
    ),
  );
}

export function renderReview({ review, actions }: Report): Content {
  if (review === null && actions.length === 0) return null;
  const list = (title: string, lines: readonly string[]): Content =>
    lines.length === 0
      ? null
      : [
          el("h3", {}, title),
          el(
            "ul",
            {},
            lines.map((line) => el("li", {}, line)),
          ),
        ];
  return chapter(
    "review",
    "Review and actions",
    review === null
      ? null
      : [
          review.at === null ? null : el("p.soft", {}, "Held ", moment(review.at)),
          list("What went well", review.well),
          list("What to improve", review.improve),
          review.next === null
            ? null
            : el(
                "p",
                {},
                `Next: ${[review.next.version, review.next.date, review.next.lead].filter((part) => part !== null).join(", ")}`,
              ),
        ],
    review === null || review.actions.length === 0
      ? null
      : reportTable(
          "Actions of the review",
          [
            { head: "Action", cell: ({ text }) => text },
            { head: "Owner", cell: ({ owner }) => owner ?? el("b", {}, "NOBODY") },
            { head: "Due", cell: ({ due }) => due ?? "–" },
            { head: "Done", cell: ({ done }) => done ?? "open" },
          ],
          review.actions,
        ),
    actions.length === 0
      ? null
      : reportTable(
          "Items that outlive the run",
          [
            { head: "Item", cell: ({ item }) => itemLink(item) },
            { head: "Owner", cell: ({ owner }) => owner ?? el("b", {}, "NOBODY") },
            { head: "Due", cell: ({ due }) => due ?? "–" },
            { head: "Reason", cell: ({ reason }) => reason ?? "–" },
          ],
          actions,
        ),
  );
}

const KEPT = {
  matches: ["✓", "matches", "good"],
  differs: ["✕", "DIFFERS", "bad"],
  missing: ["✕", "MISSING", "bad"],
  unchecked: ["?", "not checked", "quiet"],
} as const satisfies Record<string, readonly [string, string, Tone]>;

export function renderEvidence({ evidence }: Report): Content {
  return chapter(
    "evidence",
    "Evidence",
    evidence.length === 0
      ? el("p", {}, "None was handed in.")
      : reportTable(
          "Evidence",
          [
            {
              head: "Name",
              cell: ({ id, name, pair }) => [
                el("span", { id: `_evidence-${id}` }, name),
                pair === null ? null : el("b", {}, ` ${pair}`),
              ],
            },
            { head: "Type", cell: ({ type }) => type ?? "–" },
            { head: "Bytes", cell: ({ bytes }) => (bytes === null ? "–" : String(bytes)), isRight: true },
            { head: "Items", cell: ({ items }) => joined(items.map(itemLink)) },
            { head: "By", cell: ({ by, at }) => [person(by), at === null ? null : [", ", moment(at)]] },
            { head: "Kept", cell: ({ kept }) => status(KEPT[kept][0], KEPT[kept][1], KEPT[kept][2]) },
            { head: "SHA-256", cell: ({ sha256 }) => digest(sha256) },
          ],
          evidence,
        ),
  );
}
