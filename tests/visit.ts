/** Pages of the built site in a real browser: what they say in the console and whom they ask is always noted. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContextOptions, Page } from "playwright";

export interface Visit {
  readonly page: Page;
  /** Console messages, errors of scripts, answers that are none. */
  readonly complaints: readonly string[];
  /** Addresses outside of the site that were asked for. */
  readonly strangers: readonly string[];
  close(): Promise<void>;
}

/** @param address whole, below `site` */
export async function visit(
  browser: Browser,
  site: string,
  address: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const strangers: string[] = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("requestfailed", (request) => {
    // A page that is left for another one lets go of what it was still asking for.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") complaints.push(`failed: ${request.url()}`);
  });
  page.on("request", (request) => {
    const isOurs = request.url().startsWith(site) || /^(?:data|blob):/.test(request.url());
    if (!isOurs) strangers.push(request.url());
  });
  await page.goto(address, { waitUntil: "networkidle" });
  return { page, complaints, strangers, close: () => context.close() };
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** Lays out what is not near the window yet, so that what is measured is the whole page. */
async function layOutAll(page: Page): Promise<void> {
  await page.evaluate(() => {
    const [sheet] = document.styleSheets;
    sheet?.insertRule("* { content-visibility: visible !important; }", sheet.cssRules.length);
  });
}

/** What axe-core finds wrong. The page must have been opened with `bypassCSP`. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  await layOutAll(page);
  await page.evaluate(axe);
  const violations = (await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(standards)} }).then((result) => result.violations)`,
  )) as readonly Violation[];
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary.split("\n")[1] ?? ""}`,
    ),
  );
}

/** By how many pixels the page is wider than the window. */
export async function overflowOf(page: Page): Promise<number> {
  await layOutAll(page);
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));
}
