/** What a redacted copy says of itself: that it is one, of which original, and where something was taken out. */
import type { Element } from "hast";
import type { Redaction } from "../../model/redacted.ts";
import { el } from "../html.ts";
import { chapter, digest, reportTable } from "./pieces.ts";

export function renderCopy({ kinds, places, pictures, original }: Redaction): Element {
  const count = places.reduce((sum, { count: times }) => sum + times, 0);
  return el(
    "p.copy",
    { role: "note" },
    el("b", {}, `REDACTED COPY: ${kinds.join(" and ")} taken out`),
    `, in ${count} places (`,
    el("a", { href: "#_taken" }, "where"),
    `)${pictures === 0 ? "" : ", and its pictures left out"}. Nothing else was changed, and outcome, finding and counts are those of the original. The whole report is the page with SHA-256 `,
    digest(original.page),
    ".",
  );
}

export function renderTaken({ places, pictures }: Redaction): Element {
  return chapter(
    "taken",
    "What was taken out of this copy",
    reportTable(
      "Where something was taken out",
      [
        { head: "Where", cell: ({ where }) => where },
        { head: "What", cell: ({ kind }) => kind },
        { head: "Places", cell: ({ count }) => String(count), isRight: true },
      ],
      places,
    ),
    pictures === 0
      ? null
      : el(
          "p",
          {},
          `${pictures} ${pictures === 1 ? "picture" : "pictures"} of the evidence: nobody can tell from outside what a picture shows.`,
        ),
    el(
      "p.soft",
      {},
      "A person is the same number everywhere, so that who did what and who approved it can still be told apart. The record, the sources and the PDF are not part of this copy: they hold what was taken out.",
    ),
  );
}
