/** Reports of stored records. Each is made once and kept: a record never changes, and neither does its report. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson } from "../../src/archive/canonical.ts";
import type { StoredRun } from "../../src/archive/read.ts";
import { type RegisterRow, registerRow } from "../../src/model/register.ts";
import { type JudgedRecord, judgedRecord } from "../../src/pages/_archive.ts";
import { keyOf } from "../../src/source/kept.ts";
import { type Gathered, home } from "./gather.ts";
import { reportPage } from "./reportpage.ts";

const encoder = new TextEncoder();

/** The key of what record `n` of a run says: everything it was judged from is in its envelopes. */
function recordKey(
  { layout }: Gathered,
  { run, envelopes, damaged }: StoredRun,
  n: number,
  ...more: readonly string[]
): string {
  return keyOf(layout, run, JSON.stringify(envelopes.slice(0, n)), JSON.stringify(damaged), ...more);
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

/** Page, PDF and record of every report; under the run's own address the newest page. */
export async function writeReports(
  gathered: Gathered,
  out: string,
): Promise<{ reports: number; made: number }> {
  const { kept, runs, root, catalogue } = gathered;
  const { organisation, url } = catalogue.site;
  const css = readFileSync(join(home, "src/styles/report.css"), "utf8");
  let reports = 0;
  let made = 0;
  for (const stored of runs)
    for (const envelope of stored.envelopes) {
      const { n } = envelope;
      let judged: JudgedRecord | undefined;
      const judge = (): JudgedRecord => {
        judged ??= judgedRecord(root, stored, n);
        return judged;
      };
      const folder = join(out, "reports", stored.run, String(n));
      const key = recordKey(gathered, stored, n, "page", organisation, url);
      const page = (): Uint8Array => encoder.encode(reportPage(judge(), { css, organisation, url }));
      if (await kept.place("report", key, join(folder, "index.html"), page)) made += 1;
      if (n === stored.envelopes.length)
        await kept.place("report", key, join(out, "reports", stored.run, "index.html"), page);
      await kept.place("record", keyOf("record", envelope.digest), join(folder, "record.json"), () =>
        encoder.encode(canonicalJson(envelope.record)),
      );
      reports += 1;
    }
  return { reports, made };
}
