/** For everybody: narrow, magnified, in forced colours, without motion, and by keyboard alone. */
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openBrowser } from "./browser.ts";
import { kindsOf } from "./built.ts";
import { overflowOf, violationsOf, visit } from "./visit.ts";

const site = inject("siteUrl");
const all = kindsOf(inject("siteDir"));
/** One page of each kind: the longest of the checklists, one list, one comparison, one report, one guide. */
const kinds = [
  "",
  ...[
    /^checklists\/[^/]+\/$/,
    /^checklists\/pos-platform\/2\.1/,
    /\.\.\./,
    /\/compare\/$/,
    /^reports\/[^_]/,
  ].flatMap((kind) => all.find((path) => kind.test(path)) ?? []),
  "reports/",
  "reports/_controls/",
  "docs/start/",
];
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Marks that stand for something must be seen: an edge, or text. */
function unseenMarks(): readonly string[] {
  return [
    ...document.querySelectorAll<HTMLElement>(".box, .derived, .sign, .line, .blank, .status, .chip, .band"),
  ]
    .filter((one) => one.getClientRects().length > 0)
    .filter((one) => {
      const { borderBottomStyle, borderBottomWidth } = getComputedStyle(one);
      return borderBottomStyle === "none" || Number.parseFloat(borderBottomWidth) < 1;
    })
    .map((one) => one.outerHTML.slice(0, 120));
}

/** What moves or scrolls by itself. */
function movingParts(): readonly string[] {
  return [...document.querySelectorAll("*")]
    .filter((one) => {
      const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(one);
      const isStill = /^(?:0s(?:, )?)+$/.test(transitionDuration);
      return animationName !== "none" || !isStill || scrollBehavior !== "auto";
    })
    .map((one) => one.outerHTML.slice(0, 120));
}

test.each(kinds)("/%s: magnified, in forced colours, without motion", async (path) => {
  // A window of 1280 pixels at 200 % is one of 640 with two dots a pixel.
  const { page, close } = await visit(browser, site, site + path, {
    viewport: { width: 640, height: 400 },
    deviceScaleFactor: 2,
    reducedMotion: "reduce",
    bypassCSP: true,
  });
  expect(await overflowOf(page)).toBe(0);
  expect(await page.evaluate(movingParts)).toEqual([]);
  for (const width of [640, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.evaluate(() => {
      document.documentElement.style.fontSize = "200%";
    });
    expect(["text of twice the size", width, await overflowOf(page)]).toEqual([
      "text of twice the size",
      width,
      0,
    ]);
  }
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "";
  });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, forcedColors: "active" });
    expect([colorScheme, await violationsOf(page)]).toEqual([colorScheme, []]);
  }
  expect(await page.evaluate(unseenMarks)).toEqual([]);
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.matches(":focus-visible") ?? false)).toBe(true);
  await close();
});

/** Where the focus is, and whether one sees it; runs in the page. */
function lookAtFocus() {
  const one = document.activeElement as HTMLElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  const { top, bottom } = one.getBoundingClientRect();
  const isOutlined = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
  return {
    at: one.dataset.testAt,
    isSeen: isOutlined && bottom > 0 && top < innerHeight,
    html: one.outerHTML.slice(0, 120),
  };
}

/** Presses Tab (a date takes some) until the focus has been everywhere; what is reached, and what shows no sign of it. */
async function tabThrough(page: Page) {
  const expected = await page.evaluate(() => {
    const found = [
      ...document.querySelectorAll<HTMLElement>("a[href], button, input, select, summary, [tabindex='0']"),
    ];
    const open = found.filter(
      (one) =>
        one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: false }) &&
        !one.hasAttribute("disabled"),
    );
    open.forEach((one, at) => {
      one.dataset.testAt = String(at);
    });
    return open.length;
  });
  const reached = new Set<string>();
  const unseen: string[] = [];
  for (let presses = 0; presses < expected * 2 + 20 && reached.size < expected; presses += 1) {
    await page.keyboard.press("Tab");
    let now = await page.evaluate(lookAtFocus);
    // What is laid out only now may move it once more.
    if (!now.isSeen) {
      await page.waitForTimeout(100);
      now = await page.evaluate(lookAtFocus);
    }
    if (now.at === undefined) continue;
    reached.add(now.at);
    if (!now.isSeen) unseen.push(now.html);
  }
  return { expected, reached: reached.size, unseen };
}

test.each(kinds)("/%s: Tab reaches everything, and one sees where one is", async (path) => {
  const { page, close } = await visit(browser, site, site + path, { viewport: { width: 375, height: 700 } });
  const { expected, reached, unseen } = await tabThrough(page);
  expect(expected).toBeGreaterThan(3);
  expect(unseen).toEqual([]);
  expect(reached).toBe(expected);
  await close();
});
