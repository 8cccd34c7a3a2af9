/**
 * Writes the samples anew: `content/roles.yaml`, `content/examples/<run>/` from the stories, and `content/runs/`
 * from those by `countersign ingest` itself, each record received three minutes after it is as of.
 *
 *     node tests/nights/write.ts            both
 *     node tests/nights/write.ts runs       only content/runs, from the examples as they are
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

function writeRuns(): void {
  rmSync(runs, { recursive: true, force: true });
  const all = readdirSync(examples, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const files = all.flatMap(({ name }) =>
    readdirSync(join(examples, name))
      .filter((file) => file.endsWith(".json"))
      .map((file) => join("content/examples", name, file)),
  );
  const received = (file: string): string => {
    const { asOf } = JSON.parse(readFileSync(join(root, file), "utf8")) as { asOf: string };
    return written(timeOf(asOf) + 3 * minute, offsetOf(asOf));
  };
  // In the order in which they came in: a run may carry results over from an earlier one.
  const order = files
    .map((file) => ({ file, at: received(file) }))
    .sort((a, b) => timeOf(a.at) - timeOf(b.at));
  for (const { file, at } of order) {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ["scripts/cli.ts", "ingest", "--received-at", at, file],
      { cwd: root, encoding: "utf8" },
    );
    const [first = "", , outcome = "", finding = ""] = stdout.split("\n");
    if (!first.startsWith("STORED"))
      throw new Error(`${file} was not stored (${status}):\n${stdout}${stderr}`);
    console.log(`${status} ${file}\n    ${outcome}\n    ${finding}`);
  }
}

if (process.argv[2] !== "runs") writeExamples();
writeRuns();
