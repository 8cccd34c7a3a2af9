// @ts-check
// Plain JavaScript that Node 20 reads: `npm test` finds its browser with it.
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root } from "./install.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const places = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * A Chromium that is here already: the one named by CHROMIUM_PATH, the system's, or the one Playwright keeps.
 * @returns {Promise<string | undefined>} a path to an executable
 */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return named; // if it is wrong, the launch says so: another browser would be a surprise
  const onPath = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const playwright = await import("playwright").catch(() => undefined);
  const kept = playwright ? [playwright.chromium.executablePath()] : [];
  return [...onPath, ...places, ...kept].find(isExecutable);
}

/**
 * The same, and installs one if there is none: from Debian's packages as root, else with Playwright.
 * @param {(line: string) => void} say takes a line of progress
 */
export async function ensureChromium(say) {
  const there = await findChromium();
  if (there) return there;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    say("chromium     apt-get install chromium (once)");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const apt = (/** @type {string[]} */ args) =>
      spawnSync("apt-get", args, { stdio: ["ignore", "ignore", 2], env }).status === 0;
    if (apt(["update", "-q"]) && apt(["install", "-q", "-y", "chromium"])) return findChromium();
  }
  say("chromium     playwright install chromium (once)");
  const cli = join(root, "node_modules", "playwright", "cli.js");
  spawnSync(process.execPath, [cli, "install", "chromium"], { stdio: ["ignore", 2, 2] });
  return findChromium();
}

/**
 * A browser that prints pages as PDF, to be compared with ours.
 * @returns {Promise<{print(url: string): Promise<Uint8Array>, close(): Promise<void>} | undefined>} undefined where there is none
 */
export async function openPrinter() {
  const playwright = await import("playwright").catch(() => undefined);
  const executablePath = await findChromium();
  if (!playwright || executablePath === undefined) return undefined;
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await playwright.chromium.launch({ executablePath, args });
  return {
    async print(url) {
      const page = await browser.newPage();
      const response = await page.goto(url);
      if (!response?.ok()) throw new Error(`there is no page ${url} to print`);
      const bytes = await page.pdf({ format: "A4", tagged: true });
      await page.close();
      return bytes;
    },
    close: () => browser.close(),
  };
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
