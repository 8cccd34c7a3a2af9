import { createHash } from "node:crypto";
import { relative, resolve } from "node:path";
import { runAsOf, storedReport } from "../src/archive/judged.ts";
import { renderCtrf } from "../src/formats/ctrf.ts";
import { type Exported, recordDigest } from "../src/formats/exported.ts";
import { renderStatement } from "../src/formats/intoto.ts";
import { renderJunit } from "../src/formats/junit.ts";
import { renderOscal } from "../src/formats/oscal.ts";
import { renderTable } from "../src/formats/table.ts";
import { renderTicket } from "../src/formats/ticket.ts";
import { picturesOf } from "../src/pages/_archive.ts";
import { readInstallation } from "../src/source/installation.ts";
import { storedChecklist } from "./bound.ts";
import { defineCommand, exit } from "./command.ts";
import { findProject } from "./project.ts";
import { replaceFile } from "./replace.ts";
import { reportPage } from "./site/reportpage.ts";
import { reportStyles } from "./site/reports.ts";
import { findRun, recordNumber } from "./storedrun.ts";
import { readVersion } from "./tool.ts";

const formats = {
  ctrf: (exported) => renderCtrf(exported, readVersion()),
  oscal: renderOscal,
  "in-toto": (exported) => renderStatement(exported).text,
  junit: renderJunit,
  csv: renderTable,
  md: renderTicket,
} as const satisfies Readonly<Record<string, (exported: Exported) => string>>;

type Format = keyof typeof formats | "html";

export const exporting = defineCommand({
  name: "export",
  summary: "writes the report of a run in a format of other tools",
  details: `ctrf: Common Test Report Format; what was recorded stands under 'extra', and reading it back loses no status, id, time or value. junit: JUnit XML; a gap is an error, what is not due is skipped. in-toto: a Statement with a test-result predicate, unsigned, about the artifacts with a digest and the commit that were deployed. oscal: OSCAL assessment-results; items are observations, exceptions are risks. csv: one row an item, safe to open in a spreadsheet. md: page one of the report for a change ticket. html: the report page, one file that asks nobody for anything.

What was judged when the record came in is exported; nothing is judged anew. The same record gives the same bytes.`,
  positionals: [{ name: "run", summary: "id of the run" }],
  options: {
    format: {
      type: "string",
      value: "FORMAT",
      choices: [...Object.keys(formats), "html"],
      required: true,
      summary: "ctrf, oscal, in-toto, junit, csv, md or html",
    },
    record: { type: "string", value: "N", summary: "as of this record (default: the newest)" },
    output: { type: "string", short: "o", value: "FILE", summary: "where to (default: standard output)" },
  },
  async run({ positionals: [name = ""], options }, context) {
    const root = findProject(context.cwd);
    const found = findRun(root, name);
    if ("reason" in found) {
      context.stderr.write(`countersign export: ${found.reason}\n`);
      return exit.problems;
    }
    const { stored } = found;
    const n = recordNumber(options.record, stored);
    const { checklist } = storedChecklist(root, stored);
    const { report, drifted } = storedReport(stored, n, checklist);
    if (drifted)
      context.stderr.write(
        `note: the rules of today would judge record ${n} otherwise; what was judged when it came in is exported\n`,
      );
    const { site } = readInstallation(`${root}/content`);
    const digest = recordDigest(report);
    const exported: Exported = {
      report,
      checklist,
      results: runAsOf(stored, n).results,
      url: site.url,
      uuid: (part) => uuidOf(`${digest} ${part}`),
    };
    if (options.format === "in-toto" && renderStatement(exported).aboutRecord)
      context.stderr.write(
        "note: the run names no artifact with a SHA-256 and no whole commit: the statement is about the record itself\n",
      );
    const format = options.format as Format;
    const text =
      format === "html"
        ? reportPage(
            { report, checklist, pictures: picturesOf(root, stored, n) },
            { css: reportStyles(), organisation: site.organisation, url: site.url },
          )
        : formats[format](exported);
    if (options.output === undefined || options.output === "-") context.stdout.write(text);
    else {
      const path = resolve(context.cwd, options.output);
      replaceFile(path, text);
      context.stdout.write(`${relative(context.cwd, path)}  ${text.length} characters\n`);
    }
    return exit.done;
  },
});

/** A UUID of version 5 (RFC 9562) in the name space of URLs. */
function uuidOf(name: string): string {
  const space = Buffer.from("6ba7b8119dad11d180b400c04fd430c8", "hex");
  const hash = createHash("sha1").update(space).update(`urn:countersign:${name}`).digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
