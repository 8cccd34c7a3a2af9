/** The Chromium of the browser tests. */
import { type Browser, chromium } from "playwright";
import { findChromium } from "../scripts/chromium.mjs";

/** @throws if there is no Chromium: `npm test` would have installed one */
export async function openBrowser(): Promise<Browser> {
  const executablePath = await findChromium();
  if (executablePath === undefined)
    throw new Error('there is no Chromium: run "npm test", or set CHROMIUM_PATH');
  // Chromium refuses its sandbox to root, which is who runs tests in a container.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args });
}
