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

test("search is narrowed to a product, a version and a section, by keyboard alone", async () => {
  const { page, complaints, close } = await visit(browser, site, site);
  await page.keyboard.press("Control+k");
  const options = page.locator("dialog.search [role=option]");
  const places = () => options.locator("small").allTextContents();
  const choose = async (name: string, text: string) => {
    const select = page.getByRole("combobox", { name, exact: true });
    await expect.poll(() => select.isEnabled(), { timeout: 20_000 }).toBe(true);
    for (let presses = 0; presses < 6; presses += 1) {
      if (await select.evaluate((one) => one === document.activeElement)) break;
      await page.keyboard.press("Tab");
    }
    await page.keyboard.type(text);
    await expect.poll(() => select.evaluate((one) => (one as HTMLSelectElement).value)).toContain(text);
  };
  await choose("Product", "Restaurant");
  await expect.poll(places, { timeout: 20_000 }).not.toEqual([]);
  for (const place of await places()) expect(place).toMatch(/^Restaurant OS · .+ \(current\)/);
  await choose("Version", "6.0.3");
  await expect
    .poll(async () => (await places()).every((place) => place.includes("6.0.3 (superseded)")))
    .toBe(true);
  await choose("Section", "Rollback");
  await expect.poll(() => page.textContent("dialog.search [role=status]")).toMatch(/^\d+(?: of \d+)? shown/);
  const inSection = await options.count();
  for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press("Shift+Tab");
  await page.keyboard.type("database");
  await expect.poll(() => options.count()).toBeLessThan(inSection);
  for (const place of await places()) expect(place).toContain("6.0.3 (superseded)");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/checklists/restaurant-os/6.0.3/#*");
  expect(complaints).toEqual([]);
  await close();
});

test("search says that nothing is found, that it is loading, and that its index is away until it is there", async () => {
  const { page, close } = await visit(browser, site, site, { serviceWorkers: "block" });
  const said = () => page.textContent("dialog.search [role=status]");
  await page.context().route("**/pagefind/pagefind.js", (route) => route.abort());
  await page.keyboard.press("Control+k");
  await expect.poll(said).toContain("could not be loaded");
  await page.keyboard.type("r");
  await expect.poll(said).toContain("type again");
  expect(await page.getAttribute("dialog.search input", "aria-expanded")).toBe("false");
  await page.context().unroute("**/pagefind/pagefind.js");
  await page.context().route("**/searchbox*.js", (route) => route.abort());
  await page.reload();
  await page.keyboard.press("Control+k");
  await expect.poll(() => page.textContent("dialog.search")).toContain("could not be loaded");
  await page.keyboard.press("Escape");
  await page.context().unroute("**/searchbox*.js");
  await page.reload();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("rollback");
  await expect.poll(said).toMatch(/Searching|shown/);
  await expect.poll(said, { timeout: 20_000 }).toMatch(/^12 of \d+ shown/);
  await page.fill("dialog.search input", "qqqzzzxxx");
  await expect.poll(said).toBe("Nothing found for “qqqzzzxxx”.");
  expect(await page.locator("dialog.search [role=option]").count()).toBe(0);
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
