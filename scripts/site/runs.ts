/** The runs that a build shows. What was read, checked and judged of a run is kept, and holds while no byte of it changes. */
import { join } from "node:path";
import { listRuns, readImprint, readRun, type StoredRun } from "../../src/archive/read.ts";
import type { RunControls } from "../../src/model/controls.ts";
import { compareDiagnostics, compareText, type Diagnostic } from "../../src/model/diagnostic.ts";
import type { RegisterRow } from "../../src/model/register.ts";
import { registeredOf } from "../../src/pages/_archive.ts";
import { keyOf } from "../../src/source/kept.ts";
import type { Gathered } from "./gather.ts";
import { openStamps, stampOf } from "./stamps.ts";

export interface ShownRun {
  readonly run: string;
  readonly row: RegisterRow;
  readonly controls: RunControls["controls"];
  readonly records: readonly ShownRecord[];
  /** Reads the run: only what has to be made anew asks for it. */
  readonly stored: () => StoredRun;
}

export interface ShownRecord {
  readonly n: number;
  readonly digest: string;
  /** Covers everything that this record's report was made from; a later record does not change it. */
  readonly key: string;
}

type Known = Pick<ShownRun, "row" | "controls" | "records">;

/** Every run, in the order in which they were opened here, oldest first; none where reports are not published. */
export async function readShownRuns(
  gathered: Gathered,
  now: Date,
): Promise<{ readonly runs: readonly ShownRun[]; readonly diagnostics: readonly Diagnostic[] }> {
  const { root, layout, cache, catalogue } = gathered;
  const { names, diagnostics: strange } = listRuns(root);
  const diagnostics = [...strange];
  const runs: ShownRun[] = [];
  const remembered = openStamps<Known>(join(cache, "runs.json"), keyOf(layout, root));
  for (const name of names) {
    const stamp = stampOf(join(root, "content/runs", name), now);
    const known = remembered.get(name, stamp);
    if (known) {
      runs.push({ run: name, ...known, stored: () => soundRun(root, name) });
      continue;
    }
    const read = await readShown(gathered, name);
    diagnostics.push(...read.diagnostics);
    if (read.shown === null) continue;
    runs.push(read.shown);
    const { row, controls, records } = read.shown;
    if (read.diagnostics.length === 0) remembered.set(name, stamp, { row, controls, records });
  }
  remembered.save(names);
  return {
    runs: catalogue.site.publish.reports ? runs.sort(byOpening) : [],
    diagnostics: diagnostics.sort(compareDiagnostics),
  };
}

/** One run whose files may have changed: by their bytes. */
async function readShown(
  gathered: Gathered,
  name: string,
): Promise<{ readonly shown: ShownRun | null; readonly diagnostics: readonly Diagnostic[] }> {
  const { root, kept, layout } = gathered;
  try {
    const text = await kept.text("run", keyOf("run", layout, name, readImprint(root, name)), () =>
      JSON.stringify(knownOf(gathered, soundRun(root, name))),
    );
    const shown = { run: name, ...(JSON.parse(text) as Known), stored: () => soundRun(root, name) };
    return { shown, diagnostics: [] };
  } catch (cause) {
    if (!(cause instanceof NotSound)) throw cause;
    // Notes, such as of a write that was never finished, are told every time; errors leave the run out.
    const { run, diagnostics } = cause;
    const isWhole = run !== null && diagnostics.every(({ severity }) => severity !== "error");
    return {
      shown: isWhole ? { run: name, ...knownOf(gathered, run), stored: () => run } : null,
      diagnostics,
    };
  }
}

/** @throws where anything is to be said of the run */
function soundRun(root: string, name: string): StoredRun {
  const { run, diagnostics } = readRun(root, name);
  if (run === null || diagnostics.length > 0) throw new NotSound(run, diagnostics);
  return run;
}

class NotSound extends Error {
  readonly run: StoredRun | null;
  readonly diagnostics: readonly Diagnostic[];
  constructor(run: StoredRun | null, diagnostics: readonly Diagnostic[]) {
    super("there is something to say of how the run is stored");
    this.run = run;
    this.diagnostics = diagnostics;
  }
}

function byOpening(a: ShownRun, b: ShownRun): number {
  return compareText(a.row.received, b.row.received) || compareText(a.run, b.run);
}

function knownOf({ root, layout }: Gathered, stored: StoredRun): Known {
  const { run, envelopes, damaged } = stored;
  return {
    ...registeredOf(root, stored),
    records: envelopes.map(({ n, digest }) => ({
      n,
      digest,
      key: keyOf(layout, run, JSON.stringify(envelopes.slice(0, n)), JSON.stringify(damaged)),
    })),
  };
}
