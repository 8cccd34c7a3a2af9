/** The small tools of a page: search, copying, the theme, the list of sections. */
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openBrowser } from "./browser.ts";
import { kindsOf } from "./built.ts";
import { violationsOf, visit } from "./visit.ts";

const site = inject("siteUrl");
const paths = kindsOf(inject("siteDir"));
const version = `${site}${paths.find((path) => path.startsWith("checklists/restaurant-os/6.0.4")) ?? ""}`;
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

test("search opens on Ctrl-K, finds items, and goes there with the keyboard alone", async () => {
  const { page, complaints, strangers, close } = await visit(browser, site, site);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("rollback");
  const options = page.locator("dialog.search [role=option]");
  await expect.poll(() => options.count(), { timeout: 20_000 }).toBeGreaterThan(2);
  expect(await options.first().textContent()).toMatch(/\d.* · .+\(current\)/);
  expect(await options.first().getAttribute("aria-selected")).toBe("true");
  await page.keyboard.press("ArrowDown");
  expect(await options.nth(1).getAttribute("aria-selected")).toBe("true");
  const target = await options.nth(1).getAttribute("href");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${target}`);
  expect(await page.locator(":target").count()).toBe(1);
  expect(complaints).toEqual([]);
  expect(strangers).toEqual([]);
  await close();
});

test("the search dialog passes axe, and Escape closes it", async () => {
  const { page, close } = await visit(browser, site, site, { bypassCSP: true });
  await page.click('[data-open="search"]');
  await page.keyboard.type("database");
  await expect.poll(() => page.locator("[role=option]").count(), { timeout: 20_000 }).toBeGreaterThan(0);
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect.poll(() => page.locator("dialog").count()).toBe(0);
  await close();
});

test("every part of a command is copied by itself, without its comments", async () => {
  const { page, complaints, close } = await visit(browser, site, version, {
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const part = page.locator('[data-copy="[]"]').first();
  await part.locator("button").click();
  await expect.poll(() => part.locator("button").textContent()).toBe("Copied");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await part.locator("pre").textContent());
  expect(complaints).toEqual([]);
  await close();
});

test("a command with parameters is copied when all of them have a value", async () => {
  const { page, close } = await visit(browser, site, version, {
    permissions: ["clipboard-read", "clipboard-write"],
    bypassCSP: true,
  });
  const part = page.locator('[data-copy]:not([data-copy="[]"])').first();
  await part.locator("button").click();
  const dialog = page.locator("dialog.fill");
  const submit = dialog.locator("button[type=submit]");
  expect(await submit.isDisabled()).toBe(true);
  expect(await violationsOf(page)).toEqual([]);
  const inputs = await dialog.locator("input").all();
  for (const [place, input] of inputs.entries()) await input.fill(`value-${place}`);
  await submit.click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain("value-0");
  for (const blank of JSON.parse((await part.getAttribute("data-copy")) ?? "[]"))
    expect(copied).not.toContain(blank);
  await close();
});

test("the theme is chosen, kept for the next page, and given back to the system", async () => {
  const { page, close } = await visit(browser, site, site, { colorScheme: "light" });
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  const button = page.locator('[data-open="theme"]');
  await button.click();
  await button.click();
  expect(await button.getAttribute("aria-label")).toBe("Theme: dark");
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.goto(`${site}checklists/`);
  expect(await background()).toBe(dark);
  await page.locator('[data-open="theme"]').click();
  expect(await background()).toBe(light);
  await close();
});

test("on a phone the list of sections opens over the text and closes when one is chosen", async () => {
  const { page, close } = await visit(browser, site, version, { viewport: { width: 375, height: 700 } });
  const details = page.locator(".contents details");
  expect(await details.getAttribute("open")).toBeNull();
  await details.locator("summary").click();
  const link = details.locator("a").nth(3);
  const href = await link.getAttribute("href");
  await link.click();
  expect(await details.getAttribute("open")).toBeNull();
  expect(new URL(page.url()).hash).toBe(href);
  await close();
});

test("what one touches is 44 pixels high on a phone", async () => {
  const { page, close } = await visit(browser, site, version, { viewport: { width: 375, height: 700 } });
  const small = await page.evaluate(() =>
    [...document.querySelectorAll("button, .button, summary, .bar a")]
      .map((one) => ({ name: one.textContent?.trim() ?? "", box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && box.height < 44)
      .map(({ name, box }) => `${name}: ${box.height}`),
  );
  expect(small).toEqual([]);
  await close();
});
