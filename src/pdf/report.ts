/** A judged run as a report on paper: the same facts in the same order as its page. */
import type { Checklist } from "../model/checklist.ts";
import { outlineOf } from "../model/outline.ts";
import type { Report } from "../model/report.ts";
import type { ProseContext } from "./command.ts";
import { Document, PAPER } from "./document.ts";
import { Flow } from "./flow.ts";
import { type Fonts, parseFonts, type Unprintable } from "./fonts.ts";
import { drawFurniture, frameFor, type Identity } from "./furniture.ts";
import { type Against, putAgainst } from "./report/against.ts";
import {
  putCommands,
  putCorrections,
  putEvidence,
  putIncidents,
  putMessages,
  putReview,
} from "./report/annexes.ts";
import { putControls } from "./report/controls.ts";
import { putNotes } from "./report/findings.ts";
import { CUTS, type Cut, LEAST, putFirst, putRest } from "./report/first.ts";
import { putHead, putIdentity } from "./report/front.ts";
import { putItems } from "./report/items.ts";
import { putLimits } from "./report/limits.ts";
import type { Paper } from "./report/pieces.ts";
import { putChange, putCompleteness, putPeople, putProvenance } from "./report/provenance.ts";
import { putTimeline } from "./report/timeline.ts";

export interface ReportPdfOptions {
  readonly fonts: Fonts;
  readonly paper: "a4" | "letter";
  readonly organisation: string;
  /** Address of the published site, without a slash at the end. */
  readonly url: string;
  /** The bytes of the newest record, attached as record.json. */
  readonly record: Uint8Array;
  /** The Markdown that was run, attached as source.md. */
  readonly source: Uint8Array;
  /** Version of this software, for the metadata. */
  readonly tool: string;
  /** Pictures among the evidence, as `data:` addresses in base64 by id; without it all are only named. */
  readonly pictures?: ReadonlyMap<string, string>;
  /** A version that the one which was run is held against, by request. */
  readonly against?: Against;
  /** Told of every character that could not be printed as it is written. */
  readonly report?: (problem: Unprintable) => void;
}

function identityOf(report: Report, reportUrl: string): Identity {
  const change = report.change.id === null ? [] : [report.change.id];
  return {
    title: `${report.checklist.product ?? report.checklist.title}, ${report.deployment.environment}`,
    detail: [...change, `${report.checklist.id} ${report.checklist.version}`].join(" · "),
    digest: report.checklist.digest.replace(/^sha256:/, "").slice(0, 12),
    foot: `Printed copies: check at ${reportUrl}`,
    mark: report.interim ? "INTERIM" : null,
  };
}

function openPaper(
  report: Report,
  checklist: Checklist,
  options: ReportPdfOptions,
  date: Date,
): { paper: Paper; identity: Identity } {
  const reportUrl = `${options.url}/reports/${report.run}/${report.number}/`;
  const versionUrl = `${options.url}/checklists/${report.checklist.id}/${report.checklist.version}/`;
  const identity = identityOf(report, reportUrl);
  const kind = report.interim ? `interim report ${report.number}` : `report ${report.number}`;
  const document = new Document({
    fonts: parseFonts(options.fonts),
    size: PAPER[options.paper],
    ...(options.report ? { report: options.report } : {}),
    metadata: {
      title: `${report.run}: ${report.outcome}, ${report.finding} (${kind})`,
      author: options.organisation,
      subject: report.headline,
      keywords: [
        report.run,
        report.checklist.id,
        report.checklist.version,
        report.checklist.digest,
        ...report.provenance.records.slice(-1).map(({ digest }) => digest),
      ].join(", "),
      creator: `Countersign ${options.tool}`,
      producer: `Countersign ${options.tool} with PDFKit`,
      lang: checklist.lang,
      date,
    },
  });
  const outline = outlineOf(checklist);
  const prose: ProseContext = {
    document,
    blanks: false,
    // The blanks of an executed checklist were filled in elsewhere: what they hold stands under "The change".
    field: () => null,
    hasTarget: (id) => outline.section.has(id) || outline.item.has(id),
  };
  const flow = new Flow(document, frameFor(document, identity));
  return { paper: { report, checklist, outline, document, flow, prose, reportUrl, versionUrl }, identity };
}

function picturesOf({ pictures = new Map() }: ReportPdfOptions): Map<string, Uint8Array> {
  return new Map(
    [...pictures].map(([id, address]) => [
      id,
      Uint8Array.from(atob(address.slice(address.indexOf(",") + 1)), (char) => char.charCodeAt(0)),
    ]),
  );
}

/**
 * The report as PDF/A-3a and PDF/UA-1, with the record and the source inside.
 * @param checklist the version that was run: its text is what was executed
 */
export async function renderReportPdf(
  report: Report,
  checklist: Checklist,
  options: ReportPdfOptions,
): Promise<Uint8Array> {
  const date = new Date(report.asOf.at);
  const open = (): ReturnType<typeof openPaper> => openPaper(report, checklist, options, date);
  const front = (paper: Paper, cut: Cut): void => {
    putHead(paper, options.organisation);
    putIdentity(paper);
    putFirst(paper, cut);
    paper.flow.flush();
  };
  // The longest lists with which everything that page one has to say stands on it.
  const fits = CUTS.find((cut) => {
    const { paper: trial } = open();
    front(trial, cut);
    return trial.document.pages.length === 1;
  });
  const cut = fits ?? LEAST;
  const { against } = options;
  const { paper, identity } = open();
  front(paper, cut);
  putRest(paper, cut);
  for (const put of [
    putLimits,
    putNotes,
    putTimeline,
    putItems,
    putChange,
    putPeople,
    putCorrections,
    putIncidents,
    putCommands,
    putMessages,
    putReview,
    (on: Paper) => putEvidence(on, picturesOf(options)),
    putCompleteness,
    putControls,
    ...(against ? [(on: Paper) => putAgainst(on, against)] : []),
    putProvenance,
  ]) {
    put(paper);
  }
  paper.flow.flush();
  drawFurniture(paper.document, paper.flow.frame, identity);
  const { document } = paper;
  document.attach({
    name: "record.json",
    bytes: options.record,
    type: "application/json",
    description: `The record of run ${report.run}, number ${report.number}`,
    relationship: "Data",
    date,
  });
  document.attach({
    name: "source.md",
    bytes: options.source,
    type: "text/markdown",
    description: `The Markdown source of ${checklist.id} ${checklist.version}, ${checklist.digest}`,
    relationship: "Source",
    date,
  });
  return document.finish();
}
