// @ts-check
// `npm test`. Plain JavaScript that Node 20 reads: it runs before anything is installed.
// Every stage runs, whatever became of those before it; the last line counts them all.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureChromium } from "./chromium.mjs";
import { ensureInstalled, root } from "./install.mjs";
import { findNode, nodeMissing, runNode } from "./node.mjs";

const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);

if (!ensureInstalled(say)) {
  say("0 passed, 1 failed");
  process.exit(1);
}
const found = findNode();
if (found === undefined) {
  say(`${nodeMissing()}\n0 passed, 1 failed`);
  process.exit(1);
}
const node = found;
const results = mkdtempSync(join(tmpdir(), "countersign-test-"));

/** @typedef {{ name: string, passed: number, failed: number, skipped: number }} Outcome */

/** @type {(path: string) => string} */
const tool = (path) => join(root, "node_modules", path);

/**
 * A tool that says yes or no: it counts as one.
 * @param {string} name
 * @param {string[]} args
 * @returns {Promise<Outcome>}
 */
async function runTool(name, args) {
  say(`\n── ${name}`);
  const passed = (await runNode(node, args, { cwd: root })) === 0;
  return { name, passed: Number(passed), failed: Number(!passed), skipped: 0 };
}

/**
 * @param {string} name
 * @param {string} config relative to the project
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Outcome>}
 */
async function runTests(name, config, env) {
  say(`\n── ${name}`);
  const file = join(results, `${name}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const args = [tool("vitest/vitest.mjs"), "run", "--config", config, ...reporters];
  const code = await runNode(node, args, { cwd: root, env: { ...process.env, ...env } });
  const { passed, failed, skipped } = readCounts(file);
  // A file that does not load, or an error outside of a test, fails no test: it counts as one failure.
  const unseen = failed === 0 && (code !== 0 || passed === 0) ? 1 : 0;
  return { name, passed, failed: failed + unseen, skipped };
}

/** @param {string} file */
function readCounts(file) {
  try {
    const report = JSON.parse(readFileSync(file, "utf8"));
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }; // no report was written: the caller counts that as a failure
  }
}

/** @returns {Promise<Outcome>} */
async function runBrowserTests() {
  const chromium = await ensureChromium(say);
  if (chromium) return runTests("browser", "tests/browser.config.ts", { CHROMIUM_PATH: chromium });
  say("\n── browser\nNo Chromium was found and none could be installed: set CHROMIUM_PATH to one.");
  return { name: "browser", passed: 0, failed: 1, skipped: 0 };
}

// Astro's check comes first: it writes the types of the collections, which the other one reads.
const stages = [
  () =>
    runTool("types of the pages", [
      tool("astro/bin/astro.mjs"),
      "check",
      "--minimumFailingSeverity",
      "warning",
    ]),
  () => runTool("types", [tool("typescript/bin/tsc"), "--noEmit"]),
  () => runTool("lint", [tool("@biomejs/biome/bin/biome"), "ci", "--error-on-warnings"]),
  () => runTests("unit", "tests/vitest.config.ts"),
  () => runTests("documents", "tests/whole.config.ts"),
  runBrowserTests,
];

let interrupted = false;
for (const signal of ["SIGINT", "SIGTERM"])
  process.on(signal, () => {
    interrupted = true; // the running stage gets it too, and ends; no other one begins
  });

/** @type {Outcome[]} */
const outcomes = [];
try {
  for (const stage of stages) if (!interrupted) outcomes.push(await stage());
} finally {
  rmSync(results, { recursive: true, force: true });
}
if (interrupted) process.exit(130);

say("");
for (const { name, passed, failed, skipped } of outcomes)
  say(`${name}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
