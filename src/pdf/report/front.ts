import { signOfFinding, signOfOutcome } from "../../model/sign.ts";
import { label } from "../blanks.ts";
import type { Box } from "../flow.ts";
import { lazy, type Tag } from "../lazy.ts";
import { paragraph } from "../paragraph.ts";
import { BODY, GRAY, HEAD, SMALL, TITLE } from "../scale.ts";
import { type Span, setLine } from "../text.ts";
import { countsOfGlance } from "./glance.ts";
import { address, bold, code, moment, type Paper, person, soft, terms, text, words } from "./pieces.ts";

export function putHead(paper: Paper, organisation: string): void {
  const { report, document, flow } = paper;
  const { deployment, checklist } = report;
  const name = checklist.product ?? checklist.title;
  const what =
    deployment.to === null || name.endsWith(` ${deployment.to}`) ? name : `${name} ${deployment.to}`;
  const root: Tag = () => document.root;
  const kind = report.interim ? `interim report ${report.number}` : `report ${report.number}`;
  const title: Span[] = [{ text: `${what} to ${deployment.environment}`, style: "bold", size: TITLE.size }];
  flow.put(
    paragraph(document, title, () => document.root.add("H1"), { width: flow.width, type: TITLE, keep: true }),
    words(paper, [soft(`${organisation} · ${kind} of run ${report.run}`)], root, { keep: true, before: 0 }),
    verdictBox(paper),
    words(paper, [{ text: report.headline, style: "regular", size: BODY.size }], root, {
      type: BODY,
      before: 6,
    }),
  );
}

/** Outcome and finding as the largest words of the page after its title. */
function verdictBox(paper: Paper): Box {
  const { report, document, flow } = paper;
  const { interim } = report;
  const parts = [signOfOutcome(report.outcome), signOfFinding(report.finding)].map(({ mark, word }) =>
    setLine([{ text: `${mark}  ${word}`, style: "bold", size: HEAD.size }], document),
  );
  const heads = ["Outcome", "Finding"].map((head) => label(document, head));
  const mark = setLine(
    [{ text: `INTERIM ${report.number}`, style: "bold", size: HEAD.size, gray: 1 }],
    document,
  );
  const height = 40;
  return {
    height,
    before: 8,
    keep: true,
    draw(page, x, y) {
      const element = lazy(() => document.root.add("P"));
      page.artifact(() => page.rectangle(x, y, flow.width, height, { weight: 1.4 }));
      const column = flow.width / (interim ? 3 : 2);
      parts.forEach((line, i) => {
        const left = x + 10 + i * column;
        if (i > 0) page.artifact(() => page.line(left - 10, y, left - 10, y + height, { weight: 0.6 }));
        const head = heads[i];
        if (head) page.tagged(element(), () => page.text(head.pieces, left, y + 13));
        page.tagged(element(), () => page.text(line.pieces, left, y + 30));
      });
      if (!interim) return;
      const left = x + flow.width - mark.width - 24;
      page.artifact(() => page.fill(left, y + 9, mark.width + 14, 22, 0));
      page.tagged(element(), () => page.text(mark.pieces, left + 7, y + 24.5));
    },
  };
}

export function putIdentity(paper: Paper): void {
  const { report, document } = paper;
  const { deployment, change, window, checklist } = report;
  const begun = window.start ?? window.plannedStart;
  const part = lazy(() => document.root.add("Sect"));
  paper.flow.put({ height: 4, draw: () => undefined });
  terms(
    paper,
    part,
    [
      [
        "Version",
        [bold(`${deployment.from ?? "–"} → ${deployment.to ?? "–"}`), text(` in ${deployment.environment}`)],
      ],
      [
        "Checklist",
        [...address(paper.versionUrl, `${checklist.id} ${checklist.version}`), text(`, ${checklist.title}`)],
      ],
      [
        "Began",
        begun === null
          ? [text("–")]
          : [...moment(begun), ...(window.start === null ? [text(" (planned)")] : [])],
      ],
      ["Ended", moment(window.end)],
      ["Led by", person(report.lead)],
      ["As of", moment(report.asOf)],
      ["Change", [...address(change.url, change.id ?? "without a number"), text(`, ${change.type}`)]],
      ["Commit", deployment.commit === null ? [text("–")] : [code(deployment.commit)]],
    ],
    2,
  );
  paper.flow.put(glanceBox(paper, part));
}

/** Four sums that say how much of it is behind the verdict, so that the first page is enough. */
function glanceBox(paper: Paper, parent: Tag): Box {
  const { document, flow, report } = paper;
  const cells = countsOfGlance(report).map(({ figure, says }) => ({
    figure: setLine([{ text: figure, style: "bold", size: HEAD.size }], document),
    says: paragraph(document, [soft(says)], () => parent().add("P"), {
      width: flow.width / 4 - 12,
      type: SMALL,
    }),
  }));
  const height = 20 + Math.max(...cells.map((cell) => cell.says.height)) + 5;
  return {
    height,
    before: 8,
    draw(page, x, y) {
      page.artifact(() => {
        page.line(x, y, x + flow.width, y, { weight: 0.5, gray: GRAY.rule });
        page.line(x, y + height, x + flow.width, y + height, { weight: 0.5, gray: GRAY.rule });
      });
      cells.forEach(({ figure, says }, i) => {
        const left = x + (i * flow.width) / 4;
        page.tagged(parent().add("P"), () => page.text(figure.pieces, left, y + 16));
        says.draw(page, left, y + 20);
      });
    },
  };
}
