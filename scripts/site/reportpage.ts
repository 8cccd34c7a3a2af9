/** The report page as one file: what `src/html` renders, with its styles and the policy that allows just them. */
import { createHash } from "node:crypto";
import { type Against, renderReport } from "../../src/html/report.ts";
import type { Redaction } from "../../src/model/redacted.ts";
import type { JudgedRecord } from "../../src/pages/_archive.ts";

export interface ReportPageOptions {
  readonly css: string;
  readonly organisation: string;
  readonly url: string;
  readonly redacted?: Redaction;
  readonly against?: Against;
}

export function reportPage(
  { report, checklist, pictures }: JudgedRecord,
  options: ReportPageOptions,
): string {
  const styleHash = createHash("sha256").update(options.css).digest("base64");
  return renderReport(report, checklist, { ...options, styleHash, pictures });
}
