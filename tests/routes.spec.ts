/** Every kind of page in a real browser: four widths, both themes. */
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openBrowser } from "./browser.ts";
import { kindsOf } from "./built.ts";
import { overflowOf, violationsOf, visit } from "./visit.ts";

const site = inject("siteUrl");
const kinds = kindsOf(inject("siteDir"));
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

test.each(kinds)(
  "/%s: nothing in the console, nobody else asked, nothing sticks out, axe-core content",
  async (path) => {
    const { page, complaints, strangers, close } = await visit(browser, site, site + path);
    expect(await page.title()).not.toBe("");
    for (const width of [1280, 768, 375, 320]) {
      await page.setViewportSize({ width, height: 800 });
      expect([width, await overflowOf(page)]).toEqual([width, 0]);
    }
    expect(complaints).toEqual([]);
    expect(strangers).toEqual([]);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect([colorScheme, await violationsOf(page)]).toEqual([colorScheme, []]);
    }
    await close();
  },
);

test("without scripts every page still says which version it is and where the others are", async () => {
  const path = kinds.find((one) => /^checklists\/[^/]+\/\d/.test(one));
  const { page, close } = await visit(browser, site, site + path, { javaScriptEnabled: false });
  expect(await page.textContent(".strip")).toMatch(/Version \S+/);
  expect(await page.locator(".strip a").count()).toBe(1);
  expect(await page.locator("button:visible").count()).toBe(0);
  await close();
});

test("an address that is not there gets the 404 page", async () => {
  const response = await fetch(`${site}checklists/none/`);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain("There is no page at this address");
});

test("the register adds up, filters, sorts, and gives the filtered rows as files", async () => {
  const { page, complaints, close } = await visit(browser, site, `${site}reports/`);
  const counts = (await page.locator(".totals dd").allTextContents()).map(Number);
  const [runs = 0, ...parts] = counts;
  expect(parts.reduce((sum, count) => sum + count, 0)).toBe(runs * 2);
  await page.selectOption("select[name=outcome]", "deployed");
  const rows = page.locator(".register tbody tr");
  await expect.poll(() => rows.count()).toBeLessThan(runs);
  const shown = await rows.count();
  expect(shown).toBeGreaterThan(0);
  expect(await page.locator(".register tbody .status:text-is('deployed')").count()).toBe(shown);
  expect(await page.locator(".totals dd").first().textContent()).toBe(String(shown));
  await page.click('[data-sort="run"]');
  await page.waitForSelector('th[aria-sort="ascending"]');
  const names = await page.locator(".register tbody th a:first-child").allTextContents();
  expect(names).toEqual([...names].sort());
  const [download] = await Promise.all([page.waitForEvent("download"), page.click('[data-file="csv"]')]);
  expect(download.suggestedFilename()).toBe("register.csv");
  const text = await (await download.createReadStream()).toArray();
  expect(Buffer.concat(text).toString().trimEnd().split("\r\n")).toHaveLength(shown + 1);
  await page.reload({ waitUntil: "networkidle" });
  expect(await rows.count()).toBe(shown);
  expect(complaints).toEqual([]);
  await close();
});

test("a report opens from the disk as it is", async () => {
  const path = kinds.find((one) => one.startsWith("reports/2"));
  const { page, complaints, strangers, close } = await visit(
    browser,
    "file:",
    `file://${inject("siteDir")}/${path}index.html`,
    {
      javaScriptEnabled: false,
    },
  );
  expect(await page.locator("h1").count()).toBe(1);
  expect(await page.locator("svg.timeline").count()).toBe(1);
  expect(complaints).toEqual([]);
  expect(strangers).toEqual([]);
  await close();
});

test("printed, a page is light, open, and shows where its links lead", async () => {
  const path = kinds.find((one) => /^checklists\/[^/]+\/\d/.test(one));
  const { page, close } = await visit(browser, site, site + path, { colorScheme: "dark" });
  await page.emulateMedia({ media: "print" });
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toMatch(
    /255, 255, 255/,
  );
  expect(
    await page.locator(".bar:visible, .contents:visible, .downloads:visible, button:visible").count(),
  ).toBe(0);
  await close();
});
