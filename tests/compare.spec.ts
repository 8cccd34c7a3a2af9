/** Any two versions, compared in the browser as the pages of pairs compare them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openBrowser } from "./browser.ts";
import { pagesOf } from "./built.ts";
import { overflowOf, violationsOf, visit } from "./visit.ts";

const site = inject("siteUrl");
const dir = inject("siteDir");
const pairs = pagesOf(dir).filter((name) => /\/compare\/.+\.\.\..+\/index\.html$/.test(name));
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

function partsOf(name: string) {
  const [, id = "", , range = ""] = name.split("/");
  const [a = "", b = ""] = range.split("...");
  return { id, a, b };
}

test.each(pairs)("%s says the same by script, with links that lead to the same places", async (name) => {
  const { id, a, b } = partsOf(name);
  const { page, complaints, close } = await visit(browser, site, site + name.replace("index.html", ""));
  const shown = async () => ({
    text: await page.locator(".compare").evaluate((place) => {
      const parts = place.querySelectorAll(".counts, .looser, .group, .numbers");
      return [...parts].map((part) => part.textContent);
    }),
    links: await page
      .locator(".compare a")
      .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href)),
  });
  const written = await shown();
  await page.goto(`${site}checklists/${id}/compare/?a=${a}&b=${b}`, { waitUntil: "networkidle" });
  await expect.poll(() => page.textContent("[role=status]")).toBe(`What changed from ${a} to ${b}:`);
  expect(await shown()).toEqual(written);
  expect(complaints).toEqual([]);
  for (const width of [1280, 768, 375]) {
    await page.setViewportSize({ width, height: 800 });
    expect([width, await overflowOf(page)]).toEqual([width, 0]);
  }
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect([colorScheme, await violationsOf(page)]).toEqual([colorScheme, []]);
  }
  await close();
});

test("sides swap, equal versions have no differences, an unknown one is said, and the address follows", async () => {
  const { id, a, b } = partsOf(pairs[0] ?? "");
  const start = `${site}checklists/${id}/compare/?a=${a}&b=${b}`;
  const { page, complaints, close } = await visit(browser, site, start);
  const said = () => page.textContent("[role=status]");
  await page.getByRole("button", { name: "Swap" }).click();
  await expect.poll(said).toBe(`What changed from ${b} to ${a}:`);
  expect(new URL(page.url()).search).toBe(`?a=${b}&b=${a}`);
  await page.selectOption("select[name=b]", b);
  await expect.poll(said).toBe(`No differences: both sides are version ${b}.`);
  await page.goto(`${site}checklists/${id}/compare/?a=9.9.9-none&b=%3Cimg%20src=x%3E`, {
    waitUntil: "networkidle",
  });
  await expect.poll(said).toContain("There is no version “9.9.9-none” of this checklist.");
  expect(await page.locator(".compare img").count()).toBe(0);
  expect(complaints).toEqual([]);
  await close();
});

test("without scripts the page says so and leads to the pairs that have pages", async () => {
  const { id } = partsOf(pairs[0] ?? "");
  const { page, close } = await visit(browser, site, `${site}checklists/${id}/compare/`, {
    javaScriptEnabled: false,
  });
  expect(await page.textContent("[data-compare]")).toContain("by a script, which has not run");
  expect(await page.locator(".pairs a").count()).toBeGreaterThan(0);
  await close();
});

test("the sitemap names the pages that compare released versions", () => {
  const sitemap = readFileSync(join(dir, "sitemap-0.xml"), "utf8");
  const isListed = (name: string) => sitemap.includes(`/${name.replace("index.html", "")}</loc>`);
  const isDraft = (name: string) => readFileSync(join(dir, name), "utf8").includes('content="noindex"');
  const compared = pagesOf(dir).filter((name) => name.includes("/compare/"));
  expect(compared.filter((name) => isListed(name) === isDraft(name))).toEqual([]);
});
