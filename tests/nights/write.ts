/**
 * Writes the samples anew: `content/roles.yaml`, `content/examples/<run>/` from the stories, and `content/runs/`
 * from those by `countersign ingest` itself, each record received three minutes after it is as of.
 *
 *     node tests/nights/write.ts            both
 *     node tests/nights/write.ts runs       only content/runs, from the examples as they are
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Story } from "./edit.ts";
import { rolesYaml } from "./people.ts";
import { stories } from "./stories.ts";
import { minute, offsetOf, timeOf, written } from "./time.ts";
import { versionsIn } from "./versions.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const examples = join(root, "content/examples");
const runs = join(root, "content/runs");

function writeExamples(): void {
  rmSync(examples, { recursive: true, force: true });
  const version = versionsIn(root);
  const told = stories.map((tell) => tell(version));
  for (const story of told) writeStory(story);
  writeFileSync(join(examples, "README.md"), readme(told));
  writeFileSync(join(root, "content/roles.yaml"), rolesYaml());
}

function writeStory({ run, records, proofs }: Story): void {
  const folder = join(examples, run);
  mkdirSync(join(folder, "evidence"), { recursive: true });
  records.forEach((record, index) => {
    const name = records.length === 1 ? "results.json" : `${index + 1}.json`;
    writeFileSync(join(folder, name), `${JSON.stringify(record, null, 2)}\n`);
  });
  for (const { file } of proofs) writeFileSync(join(folder, "evidence", file.name), file.bytes);
}

function readme(told: readonly Story[]): string {
  const lines = [...told]
    .sort((a, b) => (a.run < b.run ? -1 : 1))
    .map(
      ({ run, says, records }) =>
        `- \`${run}\`${records.length > 1 ? ` (${records.length} records)` : ""}: ${says}`,
    );
  return `# Results files to try \`ingest\` with

Invented runs of invented people, as results JSON with their evidence files. Each reads like a night that somebody had:

${lines.join("\n")}

Try one without storing it:

    countersign ingest --dry-run content/examples/${told[0]?.run}/*.json

\`content/runs/\` was made from these files by \`ingest\` itself. To make both anew, after the digest of a checklist has changed: \`node tests/nights/write.ts\`.
`;
}

/** Ingests into a copy of the project first: a sample that is refused must not cost those that are there. */
function writeRuns(): void {
  const copy = mkdtempSync(join(tmpdir(), "countersign-samples-"));
  try {
    const apart = (path: string): boolean => path !== runs;
    cpSync(join(root, "content"), join(copy, "content"), { recursive: true, filter: apart });
    for (const { file, at } of incoming()) ingest(copy, file, at);
    rmSync(runs, { recursive: true, force: true });
    cpSync(join(copy, "content/runs"), runs, { recursive: true });
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** All files in the order in which they came in: a run may carry results over from an earlier one. */
function incoming(): readonly { readonly file: string; readonly at: string }[] {
  const folders = readdirSync(examples, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .flatMap(({ name }) =>
      readdirSync(join(examples, name))
        .filter((file) => file.endsWith(".json"))
        .map((file) => join("content/examples", name, file)),
    )
    .map((file) => {
      const { asOf } = JSON.parse(readFileSync(join(root, file), "utf8")) as { asOf: string };
      return { file, at: written(timeOf(asOf) + 3 * minute, offsetOf(asOf)) };
    })
    .sort((a, b) => timeOf(a.at) - timeOf(b.at));
}

function ingest(cwd: string, file: string, at: string): void {
  const cli = join(root, "scripts/cli.ts");
  const { stdout, stderr, status } = spawnSync(process.execPath, [cli, "ingest", "--received-at", at, file], {
    cwd,
    encoding: "utf8",
  });
  const [first = "", , outcome = "", finding = ""] = stdout.split("\n");
  if (!first.startsWith("STORED")) throw new Error(`${file} was not stored (${status}):\n${stdout}${stderr}`);
  console.log(`${status} ${file}\n    ${outcome}\n    ${finding}`);
}

if (process.argv[2] !== "runs") writeExamples();
writeRuns();
