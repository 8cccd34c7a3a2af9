/**
 * A site whose every place for text holds payloads: four versions of a checklist, and a run of each in two records.
 * It is built as `countersign build` builds it, but for sheets and reports on paper, which no browser runs.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gather } from "../scripts/site/gather.ts";
import { writePages } from "../scripts/site/pages.ts";
import { writeRegister } from "../scripts/site/register.ts";
import { reportPage } from "../scripts/site/reportpage.ts";
import { reportStyles } from "../scripts/site/reports.ts";
import { readShownRuns } from "../scripts/site/runs.ts";
import { writeSearch } from "../scripts/site/search.ts";
import { keepBodies, writeVersions } from "../scripts/site/versions.ts";
import { runOf } from "../src/model/controls.ts";
import { registerView } from "../src/model/registerpages.ts";
import { judgedRecord } from "../src/pages/_archive.ts";
import { payloads, stranger } from "./payloads.ts";
import { type } from "./terminal.ts";

/** So many payloads, from a place of the list on, around its end. */
function some(from: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => payloads[(from + at) % payloads.length] ?? "");
}

/** Versions of the checklist: one file holds a quarter, because `check` bounds what a file may hold. */
const versions = 4;
const each = payloads.length / versions;

/** So many of a run's pieces of evidence are files, named by their payload. */
const WITH_FILES = 20;

/** JSON text is YAML text as well. */
const quote = JSON.stringify;

function frontmatter(shift: number): string {
  const row = (from: number, write: (text: string, at: number) => object) =>
    some(shift + from, 20).map(write);
  const keys = {
    title: some(shift, 12).join(" "),
    description: some(shift + 12, 20).join(" "),
    product: { name: some(shift + 32, 8).join(" "), version: some(shift + 40, 4).join(" ") },
    owner: some(shift + 44, 8).join(" "),
    changes: some(shift + 52, 60).join(" "),
    tags: some(shift + 112, 40),
    controls: some(shift + 152, 40),
    questions: row(192, (label, at) => ({
      id: `q${at}`,
      label,
      type: "choice",
      choices: [label, `not ${label}`],
      by: label,
    })),
    fields: row(232, (label, at) => ({ id: `f${at}`, label, type: "text" })),
    metrics: row(272, (label, at) => ({ id: `m${at}`, label, unit: label, query: label })),
    signoffs: row(312, (role, at) => ({
      id: `s${at}`,
      role,
      meaning: "approval",
      ...(at % 2 ? { before: "part-1" } : {}),
    })),
    escalation: row(352, (role, at) => ({
      level: at + 1,
      role,
      from: `PT${at}M`,
      to: `PT${at + 1}M`,
      channel: role,
    })),
    contacts: some(shift, each).map((role, at) => ({
      role,
      ...(at % 2 ? { for: role } : { channel: role }),
    })),
  };
  return Object.entries(keys)
    .map(([key, value]) => `${key}: ${quote(value)}`)
    .join("\n");
}

/** Text inside an HTML comment must not end it: that is the author's own mistake, and named as such by `check`. */
const inComment = (text: string): string => quote(text.replaceAll("--", "- -"));

/** One section a payload, which stands in its heading, item, demands, body, code and quotation. */
function part(text: string, at: number): string {
  const said = inComment(text);
  // A comment that is opened before an annotation would swallow it.
  const line = text.replaceAll("<!--", "<! --");
  return `## Part ${line} <!-- section: part-${at} -->

${text}

- [ ] Look at ${line} <!-- item: {id: item-${at}, owner: ${said}, check: ${said}, capture: [{id: c, label: ${said}}]} -->

  ${text}

  | Head ${at} | ${text.replaceAll("|", "\\|")} |
  | --- | --- |
  | cell | ${text.replaceAll("|", "\\|")} |

> [!WARNING]
> ${text}

<!-- command: {id: run-${at}, for: item-${at}, expect: ${said}, on: ${said}, danger: true, params: {PLACE: ${said}}} -->
\`\`\`\`sh
# ${text}
run {PLACE} ${text}
\`\`\`\`

\`\`\`\`${text.replaceAll("`", "'")}
${text}
\`\`\`\`
`;
}

function template(text: string, at: number): string {
  return `### Message ${text.replaceAll("<!--", "<! --")} <!-- section: message-${at} -->\n\n\`\`\`\`text\n${text} [${text.replaceAll(/[[\]]/g, "")}] {NAME}\n\`\`\`\`\n`;
}

/** @param shift from where in the list the payloads are taken, so that two versions differ everywhere */
function source(shift: number): string {
  return `---
${frontmatter(shift)}
---

# Night ${some(shift + 7, 3).join(" ")}

${some(shift, each).map(part).join("\n")}

## Messages <!-- section: {id: messages, role: templates} -->

${some(shift + 90, 60)
  .map(template)
  .join("\n")}
`;
}

const minutes = (at: number): string =>
  `2026-05-04T${String(18 + Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}:00Z`;

/** What a disk takes as the name of a file. */
function fileName(text: string): string {
  return `${text.replaceAll(/[/\\]/g, "").slice(0, 100)}.txt`;
}

/** The night of one version, told in payloads. The second record amends the first one and closes the run. */
export function records(version: number): readonly [first: object, second: object] {
  const shift = (version - 1) * each;
  const texts = some(shift, each);
  const run = {
    schema: "countersign/run@1",
    run: `night-${version}`,
    checklist: { id: "night", version: `${version}.0.0` },
  };
  const place = {
    environment: texts[0],
    from: texts[1],
    to: texts[2],
    commit: texts[3],
    artifacts: texts.slice(0, 20).map((name) => ({ name })),
  };
  const event = (from: number, write: (text: string, at: number) => object) =>
    some(shift + from, 40).map(write);
  const first = {
    ...run,
    asOf: minutes(200),
    deployment: place,
    change: {
      id: texts[4],
      url: `https://${stranger}/`,
      reason: texts[5],
      description: texts[6],
      impact: texts[7],
      securityImpact: texts[8],
      expected: texts[9],
      work: event(0, (url) => ({ url, tests: url })),
    },
    answers: Object.fromEntries(some(shift + 192, 20).map((answer, at) => [`q${at}`, answer])),
    fields: Object.fromEntries(some(shift + 10, 20).map((text, at) => [`f${at}`, text])),
    people: texts.map((name, at) => ({ id: `p${at}`, name, role: name, by: name, phone: name })),
    results: texts.map((text, at) => ({
      item: `item-${at}`,
      status: at % 3 === 0 ? "passed" : "failed",
      by: `p${at}`,
      at: minutes(at),
      reason: text,
      note: text,
      evidence: [text],
      capture: { c: text },
    })),
    evidence: texts.map((text, at) => ({
      id: text,
      name: text,
      type: text,
      ...(at < WITH_FILES ? { file: fileName(text) } : {}),
    })),
    commands: event(40, (ran, at) => ({
      command: `run-${at}`,
      by: `p${at}`,
      at: minutes(at),
      ran,
      output: ran,
    })),
    incidents: event(60, (text, at) => ({
      at: minutes(at),
      severity: text,
      text,
      notified: [{ who: text, at: minutes(at) }],
    })),
    decisions: event(100, (basis, at) => ({ decision: "continue", by: `p${at}`, at: minutes(at), basis })),
    messages: event(0, (text, at) => ({
      template: `message-${at}`,
      at: minutes(at),
      by: `p${at}`,
      channel: text,
      values: { [text]: text },
    })),
    review: {
      at: minutes(190),
      well: texts.slice(0, 40),
      improve: texts.slice(40, 80),
      actions: event(80, (text) => ({ text, owner: text, due: text })),
      next: { version: texts[11], lead: texts[12] },
    },
    dispositions: texts.slice(0, 40).map((text, at) => ({
      rule: "failed",
      item: `item-${at * 3 + 1}`,
      by: `p${at}`,
      at: minutes(195),
      accepted: text,
      action: text,
    })),
  };
  const second = {
    ...run,
    asOf: minutes(210),
    deployment: place,
    results: [],
    amends: texts.slice(0, 40).map((text, at) => ({
      pointer: `/results/item-${at}/note`,
      old: text,
      new: `Not ${text}`,
      by: `p${at}`,
      at: minutes(205),
      reason: text,
    })),
    closed: { at: minutes(209), by: "p0" },
  };
  return [first, second];
}

/** Writes the project into `root`, releases its versions, and hands its results in. */
async function fillProject(root: string): Promise<void> {
  const write = (path: string, text: string): void => {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const typed = async (argv: readonly string[]): Promise<void> => {
    const { code, stderr } = await type(root, argv, { now: "2026-05-05T12:00:00Z" });
    // What was judged is anything but clean.
    if (code !== 0 && code !== 3) throw new Error(`${argv.join(" ")} ended with ${code}: ${stderr}`);
  };
  const [organisation = "", author = "", approver = ""] = payloads.slice(36);
  write("content/site.yaml", `organisation: ${quote(organisation)}\nurl: https://runs.example.com\n`);
  for (let version = 1; version <= versions; version += 1) {
    const number = `${version}.0.0`;
    write(`content/checklists/night/${number}.md`, source((version - 1) * each));
    const people = ["--author", author, "--approved-by", approver];
    await typed(["release", `night@${number}`, "--date", `2026-03-0${version}`, ...people]);
    const texts = records(version).map((record) => JSON.stringify(record));
    texts.forEach((text, at) => {
      write(`in/${version}-${at}.json`, text);
    });
    for (const text of some((version - 1) * each, WITH_FILES)) write(`in/${fileName(text)}`, text);
    await typed(["ingest", ...texts.map((_, at) => `in/${version}-${at}.json`)]);
  }
}

/** Builds the hostile site into `site`, from a project in `root`. */
export async function buildHostile(root: string, site: string): Promise<void> {
  await fillProject(root);
  const gathered = gather(root, "2026-05-05");
  const { runs, diagnostics } = await readShownRuns(gathered, new Date("2026-05-05T12:00:00Z"));
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics[0]));
  const rows = runs.map(({ row }) => row);
  const controls = runs.map(({ row, controls: found }) => ({ ...runOf(row), controls: found }));
  await keepBodies(gathered);
  mkdirSync(gathered.cache, { recursive: true });
  const scratch = mkdtempSync(join(gathered.cache, "building-"));
  try {
    await writePages(gathered, registerView(rows, true), { out: site, scratch, base: "/" });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  await writeRegister(gathered, { rows, controls }, site);
  await writeVersions(gathered, site);
  const { organisation, url } = gathered.catalogue.site;
  for (const { run, records: kept, stored } of runs)
    for (const { n } of kept) {
      mkdirSync(join(site, "reports", run, String(n)), { recursive: true });
      const page = reportPage(judgedRecord(root, stored(), n), { css: reportStyles(), organisation, url });
      writeFileSync(join(site, "reports", run, "index.html"), page);
      writeFileSync(join(site, "reports", run, String(n), "index.html"), page);
    }
  await writeSearch(gathered, site);
}
