/** How long the register takes for one run more, by the number of runs there are: rows made up from real ones. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { registerFrame } from "../src/html/register.ts";
import type { RegisterRow } from "../src/model/register.ts";
import { registerView } from "../src/model/registerpages.ts";
import { openKept } from "../src/source/kept.ts";
import { writeRegister } from "./site/register.ts";

const HOUR = 3_600_000;

/** `count` rows an hour apart, each like one of `like` but for its name and its time. */
export function manyRows(like: readonly RegisterRow[], count: number): readonly RegisterRow[] {
  return Array.from({ length: count }, (_, at) => {
    const row = like[at % like.length];
    if (!row) throw new RangeError("there is no row to make others like");
    const received = new Date(Date.UTC(2020, 0, 1) + at * HOUR).toISOString();
    const [day = "", time = ""] = received.split("T");
    const run = `${day}-${row.checklist}-${at}`.slice(0, 63);
    return { ...row, run, received, day, when: `${day} ${time.slice(0, 5)} UTC` };
  });
}

export interface RegisterMeasure {
  /** For one run more, with everything before it kept. */
  readonly seconds: number;
  /** Pages and shards that had to be made for it. */
  readonly made: number;
  /** Characters of what goes through Astro. */
  readonly handed: number;
}

export async function measureRegister(like: readonly RegisterRow[], runs: number): Promise<RegisterMeasure> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-register-"));
  const rows = manyRows(like, runs + 1);
  const write = async (shown: readonly RegisterRow[], name: string): Promise<{ made: number }> => {
    const out = join(folder, name);
    const frame = join(out, "reports", registerFrame.page);
    mkdirSync(frame, { recursive: true });
    writeFileSync(join(frame, "index.html"), `<main>${registerFrame.body}</main>`);
    return writeRegister(
      { kept: openKept(join(folder, "kept")), layout: "bench" },
      { rows: shown, controls: [] },
      out,
    );
  };
  try {
    await write(rows.slice(0, -1), "before");
    const from = performance.now();
    const { made } = await write(rows, "after");
    const seconds = (performance.now() - from) / 1000;
    return { seconds, made, handed: JSON.stringify(registerView(rows)).length };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
