import { relative, resolve } from "node:path";
import { canonicalJson } from "../src/archive/canonical.ts";
import { storedReport } from "../src/archive/judged.ts";
import type { StoredRun } from "../src/archive/read.ts";
import type { Report } from "../src/model/report.ts";
import type { Site } from "../src/model/site.schema.ts";
import { picturesOf } from "../src/pages/_archive.ts";
import type { Unprintable } from "../src/pdf/fonts.ts";
import { renderReportPdf } from "../src/pdf/report.ts";
import { readInstallation } from "../src/source/installation.ts";
import { type BoundChecklist, storedChecklist } from "./bound.ts";
import { type CommandContext, defineCommand, exit } from "./command.ts";
import { readFonts, sayUnprintable } from "./fonts.ts";
import { findProject } from "./project.ts";
import { replaceFile } from "./replace.ts";
import { reportPage } from "./site/reportpage.ts";
import { reportStyles } from "./site/reports.ts";
import { findRun, recordNumber } from "./storedrun.ts";
import { readVersion } from "./tool.ts";

export const report = defineCommand({
  name: "report",
  summary: "writes the report of a run as a page and as a PDF",
  details:
    "What was judged when the record came in is printed from the archive: a newer version of this software changes no old judgement. Without --html, --pdf or --json it writes <run>-<n>.html and <run>-<n>.pdf here; with one of them only what is named. The page needs no network and opens from a disk; the PDF has the record and the checklist inside it. Refuses where a stored file is not what was stored.",
  positionals: [{ name: "run", summary: "id of the run" }],
  options: {
    record: { type: "string", value: "N", summary: "as of this record (default: the newest)" },
    html: { type: "string", value: "FILE", summary: "where the page goes" },
    pdf: { type: "string", value: "FILE", summary: "where the PDF goes" },
    json: { type: "string", value: "FILE", summary: "where the report goes as JSON" },
    paper: {
      type: "string",
      value: "PAPER",
      choices: ["a4", "letter"],
      summary: "a4 or letter (default: as in site.yaml)",
    },
  },
  async run({ positionals: [name = ""], options }, context) {
    const root = findProject(context.cwd);
    const found = findRun(root, name);
    if ("reason" in found) {
      context.stderr.write(`countersign report: ${found.reason}\n`);
      return exit.problems;
    }
    const { stored } = found;
    const n = recordNumber(options.record, stored);
    const bound = storedChecklist(root, stored);
    const made = storedReport(stored, n, bound.checklist);
    if (made.drifted)
      context.stderr.write(
        `note: the rules of today would judge record ${n} otherwise; what was judged when it came in is printed\n`,
      );
    const { site } = readInstallation(`${root}/content`);
    const all = options.html === undefined && options.pdf === undefined && options.json === undefined;
    const work = { root, site, stored, n, bound, report: made.report, context };
    if (all || options.html !== undefined) writePage(work, options.html ?? `${name}-${n}.html`);
    if (all || options.pdf !== undefined)
      await writePdf(
        work,
        options.pdf ?? `${name}-${n}.pdf`,
        options.paper === "a4" || options.paper === "letter" ? options.paper : site.paper,
      );
    if (options.json !== undefined) write(context, options.json, `${JSON.stringify(made.report, null, 2)}\n`);
    return exit.done;
  },
});

interface Work {
  readonly root: string;
  readonly site: Site;
  readonly stored: StoredRun;
  readonly n: number;
  readonly bound: BoundChecklist;
  readonly report: Report;
  readonly context: CommandContext;
}

function writePage({ root, site, stored, n, bound, report: made, context }: Work, file: string): void {
  const { organisation, url } = site;
  const judged = { report: made, checklist: bound.checklist, pictures: picturesOf(root, stored, n) };
  write(context, file, reportPage(judged, { css: reportStyles(), organisation, url }));
}

async function writePdf(
  { root, site, stored, n, bound, report: made, context }: Work,
  file: string,
  paper: "a4" | "letter",
): Promise<void> {
  const unprintable = new Map<string, Unprintable>();
  const bytes = await renderReportPdf(made, bound.checklist, {
    fonts: readFonts(root, site),
    paper,
    organisation: site.organisation,
    url: site.url,
    record: new TextEncoder().encode(canonicalJson(stored.envelopes[n - 1]?.record)),
    source: bound.source,
    tool: readVersion(),
    report: (problem) => unprintable.set(problem.name, problem),
  });
  for (const problem of unprintable.values()) context.stderr.write(sayUnprintable(problem));
  write(context, file, bytes);
}

function write({ cwd, stdout }: CommandContext, file: string, content: string | Uint8Array): void {
  const path = resolve(cwd, file);
  replaceFile(path, content);
  stdout.write(
    `${relative(cwd, path)}  ${content.length} ${typeof content === "string" ? "characters" : "bytes"}\n`,
  );
}
