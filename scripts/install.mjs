// @ts-check
// Plain JavaScript that Node 20 reads: it runs before the project's own Node is there.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the project, whatever the working directory. */
export const root = fileURLToPath(new URL("..", import.meta.url));

const lockfile = join(root, "package-lock.json");
const stamp = join(root, "node_modules", ".countersign-install");
/** npm writes this one at the very end of an install that went well. */
const npmsOwnRecord = join(root, "node_modules", ".package-lock.json");

/** Whether anything was ever installed here. As a package inside another project there is no lockfile to install from. */
export function isInstalled() {
  return existsSync(npmsOwnRecord) || !existsSync(lockfile);
}

/**
 * Installs the locked dependencies, unless the last install that went well was of this very lockfile.
 * @param {(line: string) => void} say takes a line of progress
 * @returns {boolean} false if npm failed; it has said why on stderr
 */
export function ensureInstalled(say) {
  if (!existsSync(lockfile)) return true;
  const wanted = stampOf(readFileSync(lockfile));
  if (existsSync(stamp) && isInstalled() && readFileSync(stamp, "utf8") === wanted) return true;
  if (!matchesLockfile()) {
    say("install      npm ci (once, and when package-lock.json changes)");
    if (!runNpmCi()) return false;
  }
  writeFileSync(stamp, wanted);
  return true;
}

/** @param {Uint8Array} bytes */
function stampOf(bytes) {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")} ${process.platform}-${process.arch}\n`;
}

function matchesLockfile() {
  if (!existsSync(npmsOwnRecord)) return false;
  try {
    return holdsWhatIsLocked(
      JSON.parse(readFileSync(lockfile, "utf8")),
      JSON.parse(readFileSync(npmsOwnRecord, "utf8")),
    );
  } catch {
    return false; // unreadable JSON: npm ci makes it good, or says what is wrong
  }
}

/**
 * Whether an install by hand (`npm install some-package`) has left exactly what the lockfile asks for. Optional
 * packages may be absent: they are those of other machines.
 * @typedef {{ packages: Record<string, { integrity?: string, optional?: boolean }> }} Lockfile
 * @param {Lockfile} lock package-lock.json
 * @param {Lockfile} record npm's own record of the install, without the project itself
 */
export function holdsWhatIsLocked(lock, record) {
  const wanted = Object.entries(lock.packages).filter(([name]) => name !== "");
  const there = record.packages;
  return (
    wanted.every(([name, one]) =>
      there[name] ? there[name].integrity === one.integrity : one.optional === true,
    ) && Object.keys(there).every((name) => name in lock.packages)
  );
}

function runNpmCi() {
  // Started by npm, this is the npm that started us; otherwise the one on the PATH.
  const cli = process.env.npm_execpath;
  const args = ["ci", "--include=dev", "--include=optional", "--ignore-scripts", "--loglevel=error"];
  const viaNode = cli !== undefined && /npm-cli\.[cm]?js$/.test(cli);
  const done = spawnSync(
    viaNode ? process.execPath : "npm",
    viaNode ? [cli, ...args] : args,
    // What npm prints goes to stderr: the stdout of a command is its result.
    { cwd: root, stdio: ["ignore", 2, 2], shell: !viaNode && process.platform === "win32" },
  );
  if (done.status === 0) return true;
  const reason = done.error ? done.error.message : `npm ci ended with ${done.status ?? done.signal}`;
  process.stderr.write(
    `The dependencies could not be installed: ${reason}. Run "npm ci" in ${root} to see why.\n`,
  );
  return false;
}
