/** Reports of stored records. Each is made once and kept: a record never changes, and neither does its report. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson } from "../../src/archive/canonical.ts";
import { readSource, type StoredRun } from "../../src/archive/read.ts";
import { type RegisterRow, registerRow } from "../../src/model/register.ts";
import { type JudgedRecord, judgedRecord } from "../../src/pages/_archive.ts";
import type { Fonts } from "../../src/pdf/fonts.ts";
import { renderReportPdf } from "../../src/pdf/report.ts";
import { keyOf } from "../../src/source/kept.ts";
import { readFonts } from "../fonts.ts";
import { readVersion } from "../tool.ts";
import { type Gathered, home } from "./gather.ts";
import { reportPage } from "./reportpage.ts";

const encoder = new TextEncoder();

/** The key of what record `n` of a run says: everything it was judged from is in its envelopes. */
function recordKey(gathered: Gathered, stored: StoredRun, n: number, ...more: readonly string[]): string {
  const { run, envelopes, damaged } = stored;
  return keyOf(gathered.layout, run, JSON.stringify(envelopes.slice(0, n)), JSON.stringify(damaged), ...more);
}

/** One row a run, oldest first. */
export async function keepRegister(gathered: Gathered): Promise<readonly RegisterRow[]> {
  const rows: RegisterRow[] = [];
  for (const stored of gathered.runs) {
    const n = stored.envelopes.length;
    const text = await gathered.kept.text("row", recordKey(gathered, stored, n, "row"), () => {
      const { report } = judgedRecord(gathered.root, stored, n);
      return JSON.stringify(registerRow(report, stored.envelopes[0]?.receivedAt ?? ""));
    });
    rows.push(JSON.parse(text) as RegisterRow);
  }
  return rows;
}

/** What all reports of a build share; the fonts are read when the first PDF has to be made. */
interface Workshop {
  readonly gathered: Gathered;
  readonly out: string;
  readonly css: string;
  readonly fonts: () => Fonts;
}

/** The styles of a report page: those of the site that it needs, and its own. */
export function reportStyles(): string {
  return ["tokens", "base", "checklist", "chips", "blocks", "report", "recorded", "print"]
    .map((name) => readFileSync(join(home, `src/styles/${name}.css`), "utf8"))
    .join("");
}

/** Page, PDF and record of every report; under the run's own address the newest page. */
export async function writeReports(
  gathered: Gathered,
  out: string,
): Promise<{ reports: number; made: number }> {
  let fonts: Fonts | undefined;
  const workshop: Workshop = {
    gathered,
    out,
    css: reportStyles(),
    fonts: () => {
      fonts ??= readFonts(gathered.root, gathered.catalogue.site);
      return fonts;
    },
  };
  let reports = 0;
  let made = 0;
  for (const stored of gathered.runs)
    for (const { n } of stored.envelopes) {
      if (await writeReport(workshop, stored, n)) made += 1;
      reports += 1;
    }
  return { reports, made };
}

/** @returns whether the page or the PDF had to be made */
async function writeReport(
  { gathered, out, css, fonts }: Workshop,
  stored: StoredRun,
  n: number,
): Promise<boolean> {
  const { kept, root, catalogue } = gathered;
  const { organisation, url, paper, fonts: addOns } = catalogue.site;
  const envelope = stored.envelopes[n - 1];
  if (!envelope) throw new RangeError(`the run '${stored.run}' has no record ${n}`);
  const record = encoder.encode(canonicalJson(envelope.record));
  let judged: JudgedRecord | undefined;
  const judge = (): JudgedRecord => {
    judged ??= judgedRecord(root, stored, n);
    return judged;
  };
  const folder = join(out, "reports", stored.run, String(n));
  const page = (): Uint8Array => encoder.encode(reportPage(judge(), { css, organisation, url }));
  const pageKey = recordKey(gathered, stored, n, "page", organisation, url);
  const madePage = await kept.place("report", pageKey, join(folder, "index.html"), page);
  if (n === stored.envelopes.length)
    await kept.place("report", pageKey, join(out, "reports", stored.run, "index.html"), page);
  const pdfKey = recordKey(gathered, stored, n, "pdf", organisation, url, paper, JSON.stringify(addOns));
  const madePdf = await kept.place("report-pdf", pdfKey, join(folder, "report.pdf"), () => {
    const { report, checklist } = judge();
    const source = readSource(root, stored.run);
    return renderReportPdf(report, checklist, {
      fonts: fonts(),
      paper,
      organisation,
      url,
      record,
      source,
      tool: readVersion(),
    });
  });
  await kept.place("record", keyOf("record", envelope.digest), join(folder, "record.json"), () => record);
  return madePage || madePdf;
}
