/** The report page as one file: what `src/html` renders, with its styles and the policy that allows just them. */
import { createHash } from "node:crypto";
import { renderReport } from "../../src/html/report.ts";
import type { JudgedRecord } from "../../src/pages/_archive.ts";

export interface ReportPageOptions {
  readonly css: string;
  readonly organisation: string;
  readonly url: string;
}

export function reportPage(
  { report, checklist, pictures }: JudgedRecord,
  { css, organisation, url }: ReportPageOptions,
): string {
  const styleHash = createHash("sha256").update(css).digest("base64");
  return renderReport(report, checklist, { css, styleHash, organisation, url, pictures });
}
