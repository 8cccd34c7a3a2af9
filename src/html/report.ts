/** The report as one file: no request, no script, opens from a disk, prints in light colours with everything open. */
import type { Element } from "hast";
import type { Checklist } from "../model/checklist.ts";
import type { Diff } from "../model/diff/change.ts";
import type { Redaction } from "../model/redacted.ts";
import type { Report } from "../model/report.ts";
import { type ComparedPages, compareContent } from "./compare.ts";
import { el, type Html, seen, serialize } from "./html.ts";
import {
  renderCommands,
  renderCorrections,
  renderEvidence,
  renderIncidents,
  renderMessages,
  renderReview,
} from "./report/annexes.ts";
import { renderControls } from "./report/controls.ts";
import { renderCopy, renderTaken } from "./report/copy.ts";
import { renderDepartures, renderExceptions, renderSignatures } from "./report/findings.ts";
import {
  renderCounts,
  renderDecisions,
  renderDue,
  renderHead,
  renderIdentity,
  renderWhy,
} from "./report/front.ts";
import { renderItems } from "./report/items.ts";
import { renderLimits } from "./report/limits.ts";
import { chapter } from "./report/pieces.ts";
import { renderChange, renderCompleteness, renderPeople, renderProvenance } from "./report/provenance.ts";
import type { Pictures } from "./report/result.ts";
import { renderTimeline } from "./report/timeline.ts";

export interface ReportOptions {
  /** The styles, which go into the page. */
  readonly css: string;
  /** SHA-256 of the styles in base 64, for the page's own policy; null leaves the policy out (dev puts its script in). */
  readonly styleHash: string | null;
  readonly organisation: string;
  /** Pictures among the evidence, which go into the page. */
  readonly pictures: Pictures;
  /** Address of the published site, without a slash at the end. */
  readonly url: string;
  /** What was taken out, where this is a redacted copy. */
  readonly redacted?: Redaction;
  /** A version of the checklist that the one which was run is held against, by request. */
  readonly against?: Against;
}

export interface Against {
  readonly diff: Diff;
  readonly run: Checklist;
  readonly other: Checklist;
  /** Addresses of the pages of both, each with a slash at the end. */
  readonly pages: ComparedPages;
}

function renderAgainst({ diff, run, other, pages }: Against): Element {
  return chapter(
    "against",
    `What changed from ${run.version}, which was run, to ${other.version}`,
    el(
      "p.soft",
      {},
      `Put in by request. The run is judged against ${run.version} alone; what ${other.version} asks for was not asked of it.`,
    ),
    el("div.compare", {}, compareContent(diff, run, other, pages)),
  );
}

/** @param checklist the version that was run: its text is what was executed */
export function renderReport(report: Report, checklist: Checklist, options: ReportOptions): Html {
  const versionUrl = `${options.url}/checklists/${report.checklist.id}/${report.checklist.version}/`;
  const reportUrl = `${options.url}/reports/${report.run}/${report.number}/`;
  const page = el("html", { lang: checklist.lang }, renderHtmlHead(report, options, reportUrl), [
    el(
      "body",
      {},
      el(
        "main",
        {},
        el(
          "div.front",
          {},
          options.redacted ? renderCopy(options.redacted) : null,
          renderHead(report, checklist.product?.name ?? checklist.title, options.organisation),
          renderIdentity(report, versionUrl),
          renderWhy(report),
          renderCounts(report),
          renderDue(report),
          renderDecisions(report),
          renderLimits(report, checklist),
          renderExceptions(report, options.url),
          renderSignatures(report),
          renderDepartures(report, options.url),
        ),
        renderTimeline(report),
        renderItems(report, checklist, versionUrl, options.pictures),
        renderChange(report),
        renderPeople(report),
        renderCorrections(report),
        renderIncidents(report),
        renderCommands(report),
        renderMessages(report),
        renderReview(report),
        renderEvidence(report),
        renderCompleteness(report),
        renderControls(report, checklist),
        options.against ? renderAgainst(options.against) : null,
        options.redacted ? renderTaken(options.redacted) : null,
        renderProvenance(report, reportUrl, versionUrl),
      ),
    ),
  ]);
  return `<!doctype html>\n${serialize(page)}\n` as Html;
}

function renderHtmlHead(report: Report, { css, styleHash, organisation }: ReportOptions, reportUrl: string) {
  // No script runs here, so nothing is asked for; a tool that examines the page asks for robots.txt from inside of it.
  const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'`;
  return el(
    "head",
    {},
    el("meta", { charSet: "utf-8" }),
    styleHash === null ? null : el("meta", { httpEquiv: "content-security-policy", content: policy }),
    el("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    el("title", {}, `${seen(report.run)}: ${report.outcome}, ${report.finding}`),
    el("meta", {
      name: "description",
      content: `Report ${report.number} of ${seen(report.run)}, ${seen(organisation)}`,
    }),
    el("meta", { name: "color-scheme", content: "light dark" }),
    el("link", { rel: "canonical", href: reportUrl }),
    // Without one a browser would ask the host for it.
    el("link", { rel: "icon", href: "data:," }),
    el("style", {}, css),
  );
}
