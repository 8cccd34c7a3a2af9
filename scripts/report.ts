import { relative, resolve } from "node:path";
import { canonicalJson, digestOf } from "../src/archive/canonical.ts";
import { storedReport } from "../src/archive/judged.ts";
import type { StoredRun } from "../src/archive/read.ts";
import type { Against } from "../src/html/report.ts";
import { diffChecklists } from "../src/model/diff.ts";
import { type Redactable, type Redaction, redactable, redacted } from "../src/model/redacted.ts";
import type { Report } from "../src/model/report.ts";
import type { Site } from "../src/model/site.schema.ts";
import { picturesOf } from "../src/pages/_archive.ts";
import type { Unprintable } from "../src/pdf/fonts.ts";
import { renderReportPdf } from "../src/pdf/report.ts";
import { readChecklists } from "../src/source/checklists.ts";
import { readInstallation } from "../src/source/installation.ts";
import { type BoundChecklist, storedChecklist } from "./bound.ts";
import { type CommandContext, defineCommand, exit, UsageError } from "./command.ts";
import { sayBroken } from "./diagnostics.ts";
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
    "What was judged when the record came in is printed from the archive: a newer version of this software changes no old judgement. Without --html, --pdf or --json it writes <run>-<n>.html and <run>-<n>.pdf here; with one of them only what is named. The page needs no network and opens from a disk; the PDF has the record and the checklist inside it. Refuses where a stored file is not what was stored. With --redact the page is a copy that says what was taken out, and where, and names the digest of the page it is a copy of; a person is the same number everywhere, and pictures are left out.",
  positionals: [{ name: "run", summary: "id of the run" }],
  options: {
    record: { type: "string", value: "N", summary: "as of this record (default: the newest)" },
    html: { type: "string", value: "FILE", summary: "where the page goes" },
    pdf: { type: "string", value: "FILE", summary: "where the PDF goes" },
    json: { type: "string", value: "FILE", summary: "where the report goes as JSON" },
    redact: {
      type: "string",
      value: "WHAT",
      summary: "takes out people, commands, or both (people,commands), and says where",
    },
    against: {
      type: "string",
      value: "VERSION",
      summary: "puts in what changed from the version that was run to this one",
    },
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
    const installation = readInstallation(`${root}/content`);
    const broken = sayBroken(installation);
    if (broken !== null) {
      context.stderr.write(broken);
      return exit.problems;
    }
    const { site } = installation;
    const kinds = kindsOf(options.redact);
    if (kinds.length > 0 && options.pdf !== undefined)
      throw new UsageError(
        "--redact makes a page or JSON: a PDF has the whole record inside it; print the page where you need paper",
      );
    const all = options.html === undefined && options.pdf === undefined && options.json === undefined;
    const work: Work = { root, site, stored, n, bound, report: made.report, context };
    const against = options.against === undefined ? null : againstOf(work, options.against, kinds);
    const page = pageOf(work, kinds, against);
    if (all || options.html !== undefined) {
      const ending = kinds.length > 0 ? "-redacted" : "";
      write(context, options.html ?? `${name}-${n}${ending}.html`, page.html);
    }
    if ((all && kinds.length === 0) || options.pdf !== undefined)
      await writePdf(
        { ...work, against },
        options.pdf ?? `${name}-${n}.pdf`,
        options.paper === "a4" || options.paper === "letter" ? options.paper : site.paper,
      );
    if (options.json !== undefined) write(context, options.json, `${JSON.stringify(page.report, null, 2)}\n`);
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

interface PageOf {
  readonly html: string;
  /** What the page shows; a copy says in it what was taken out. */
  readonly report: Report & { readonly redacted?: Redaction };
}

function pageOf(work: Work, kinds: readonly Redactable[], against: Against | null): PageOf {
  const { root, site, stored, n, bound, report: made } = work;
  const { organisation, url } = site;
  const options = { css: reportStyles(), organisation, url };
  const pictures = picturesOf(root, stored, n);
  const original = reportPage({ report: made, checklist: bound.checklist, pictures }, options);
  const copy =
    kinds.length === 0
      ? { report: made, checklist: bound.checklist, places: [] }
      : redacted(made, bound.checklist, kinds);
  const more = {
    ...(against === null ? {} : { against }),
    ...(kinds.length === 0
      ? {}
      : {
          redacted: {
            kinds,
            places: copy.places,
            pictures: pictures.size,
            original: { page: digestOf(original) },
          },
        }),
  };
  if (Object.keys(more).length === 0) return { html: original, report: made };
  const shown = { ...copy, pictures: kinds.length === 0 ? pictures : new Map<string, string>() };
  const css = against === null ? options.css : reportStyles("compare");
  return {
    html: reportPage(shown, { ...options, ...more, css }),
    report: "redacted" in more ? { ...copy.report, redacted: more.redacted } : copy.report,
  };
}

function kindsOf(written: string | undefined): readonly Redactable[] {
  if (written === undefined) return [];
  const asked = written.split(",").map((part) => part.trim());
  const unknown = asked.find((part) => !redactable.some((kind) => kind === part));
  if (unknown !== undefined)
    throw new UsageError(
      `--redact takes out ${redactable.join(" or ")}, or both with a comma; not "${unknown}"`,
    );
  return redactable.filter((kind) => asked.includes(kind));
}

/** The version that is asked about, beside the one that was run; what is taken out is taken out of both. */
function againstOf(
  { root, site, bound, report: made }: Work,
  version: string,
  kinds: readonly Redactable[],
): Against {
  const { id } = made.checklist;
  const { checklists } = readChecklists(root);
  const other = checklists.find((one) => one.id === id && one.version === version);
  if (!other) {
    const known = checklists.filter((one) => one.id === id).map((one) => one.version);
    throw new UsageError(`--against: there is no version ${version} of ${id}; it has ${known.join(", ")}`);
  }
  const [run, then] = [bound.checklist, other].map((one) =>
    kinds.length === 0 ? one : redacted(made, one, kinds).checklist,
  );
  if (!run || !then) throw new RangeError("two versions are compared");
  const page = (one: string): string => `${site.url}/checklists/${id}/${one}/`;
  return {
    diff: diffChecklists(run, then),
    run,
    other: then,
    pages: { before: page(run.version), after: page(version) },
  };
}

async function writePdf(
  {
    root,
    site,
    stored,
    n,
    bound,
    report: made,
    context,
    against,
  }: Work & { readonly against: Against | null },
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
    pictures: picturesOf(root, stored, n),
    ...(against === null ? {} : { against }),
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
