/** Reports of stored records. Each is made once and kept: a record never changes, and neither does its report. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson } from "../../src/archive/canonical.ts";
import { readSource } from "../../src/archive/read.ts";
import { type JudgedRecord, judgedRecord } from "../../src/pages/_archive.ts";
import type { Fonts } from "../../src/pdf/fonts.ts";
import { renderReportPdf } from "../../src/pdf/report.ts";
import { keyOf } from "../../src/source/kept.ts";
import { fontsKey, readFonts } from "../fonts.ts";
import { readVersion } from "../tool.ts";
import { type Gathered, home } from "./gather.ts";
import { reportPage } from "./reportpage.ts";
import type { ShownRecord, ShownRun } from "./runs.ts";

const encoder = new TextEncoder();

/** What all reports of a build share; the fonts are read when the first PDF has to be made. */
interface Workshop {
  readonly gathered: Gathered;
  readonly out: string;
  readonly css: string;
  readonly fonts: () => Fonts;
  /** What the add-ons among them are. */
  readonly addOns: string;
}

/** The styles of a report page: those of the site that it needs, and its own. @param more such as `compare` */
export function reportStyles(...more: readonly string[]): string {
  return ["tokens", "base", "checklist", "chips", "blocks", "report", "recorded", ...more, "print"]
    .map((name) => readFileSync(join(home, `src/styles/${name}.css`), "utf8"))
    .join("");
}

/** Page, PDF and record of every report; under the run's own address the newest page. */
export async function writeReports(
  gathered: Gathered,
  runs: readonly ShownRun[],
  out: string,
): Promise<{ reports: number; made: number }> {
  let fonts: Fonts | undefined;
  const workshop: Workshop = {
    gathered,
    out,
    css: reportStyles(),
    addOns: fontsKey(gathered.root, gathered.catalogue.site),
    fonts: () => {
      fonts ??= readFonts(gathered.root, gathered.catalogue.site);
      return fonts;
    },
  };
  let reports = 0;
  let made = 0;
  for (const run of runs)
    for (const record of run.records) {
      if (await writeReport(workshop, run, record)) made += 1;
      reports += 1;
    }
  return { reports, made };
}

/** @returns whether the page or the PDF had to be made */
async function writeReport(
  { gathered, out, css, fonts, addOns }: Workshop,
  { run, records, stored }: ShownRun,
  { n, digest, key }: ShownRecord,
): Promise<boolean> {
  const { kept, root, catalogue } = gathered;
  const { organisation, url, paper } = catalogue.site;
  let judged: JudgedRecord | undefined;
  const judge = (): JudgedRecord => {
    judged ??= judgedRecord(root, stored(), n);
    return judged;
  };
  const record = (): Uint8Array => encoder.encode(canonicalJson(stored().envelopes[n - 1]?.record));
  const folder = join(out, "reports", run, String(n));
  const page = (): Uint8Array => encoder.encode(reportPage(judge(), { css, organisation, url }));
  const pageKey = keyOf(key, "page", organisation, url);
  const madePage = await kept.place("report", pageKey, join(folder, "index.html"), page);
  if (n === records.length)
    await kept.place("report", pageKey, join(out, "reports", run, "index.html"), page);
  const pdfKey = keyOf(key, "pdf", organisation, url, paper, addOns);
  const madePdf = await kept.place("report-pdf", pdfKey, join(folder, "report.pdf"), () => {
    const { report, checklist, pictures } = judge();
    return renderReportPdf(report, checklist, {
      fonts: fonts(),
      paper,
      organisation,
      url,
      record: record(),
      source: readSource(root, run),
      tool: readVersion(),
      pictures,
    });
  });
  await kept.place("record", keyOf("record", digest), join(folder, "record.json"), record);
  return madePage || madePdf;
}
