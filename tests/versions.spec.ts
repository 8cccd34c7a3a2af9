/** Versions that cannot mislead: status in the HTML, the notice, the selector, latest. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { VersionsFile } from "../src/model/entry.ts";
import { openBrowser } from "./browser.ts";
import { isRenamed, pagesOf, standingPagesOf } from "./built.ts";
import { visit } from "./visit.ts";

const site = inject("siteUrl");
const dir = inject("siteDir");
const text = (path: string): string => readFileSync(join(dir, path), "utf8");
const versionPages = standingPagesOf(dir).filter((name) =>
  /^checklists\/[^/]+\/\d[^/]*\/index\.html$/.test(name),
);
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

function fileOf(id: string): VersionsFile {
  return JSON.parse(text(`checklists/${id}/versions.json`)) as VersionsFile;
}

/** The first superseded version there is, with an item that lasted and one that went. */
function superseded() {
  for (const name of versionPages) {
    const [, id = "", version = ""] = name.split("/");
    const file = fileOf(id);
    if (file.versions.find((one) => one.version === version)?.status !== "superseded") continue;
    const ids = [...text(name).matchAll(/<li id="([a-z0-9][^"]*)"><span class="box"/g)].map(
      ([, item = ""]) => item,
    );
    const lasting = ids.find((item) => file.items.includes(item));
    const gone = ids.find((item) => !file.items.includes(item));
    if (lasting !== undefined && gone !== undefined)
      return { id, version, current: file.current ?? "", lasting, gone };
  }
  throw new Error("no superseded version with an item that went");
}

test.each(versionPages)("%s states version and status, and where it stands for ever", (name) => {
  const [, id = "", version = ""] = name.split("/");
  const html = text(name);
  const own = fileOf(id).versions.find((one) => one.version === version);
  if (own?.status === "draft") {
    expect(html).toContain(`Version ${version}, a draft`);
    expect(html).toContain('<meta name="robots" content="noindex">');
  } else {
    expect(html).toContain(`Version ${version}, released <time datetime="${own?.released}">`);
    expect(html).not.toContain("noindex");
  }
  expect(html).toMatch(
    new RegExp(
      `<link rel="canonical" href="https://[^"]*/checklists/${id}/${version.replaceAll(".", "\\.")}/">`,
    ),
  );
  // Its bytes must not know of other versions.
  for (const other of fileOf(id).versions)
    if (other.version !== version) expect(html).not.toContain(`/${id}/${other.version}/`);
});

test("latest is the current version with the canonical link of its own page", () => {
  for (const name of standingPagesOf(dir).filter((page) => page.endsWith("/latest/index.html"))) {
    const [, id = ""] = name.split("/");
    const { current } = fileOf(id);
    if (current === null) continue;
    expect(text(name)).toMatch(
      new RegExp(`<link rel="canonical" href="[^"]*/checklists/${id}/${current.replaceAll(".", "\\.")}/">`),
    );
    const article = (html: string): string => /<article[\s\S]*<\/article>/.exec(html)?.[0] ?? "";
    expect(article(text(name))).toBe(article(text(`checklists/${id}/${current}/index.html`)));
  }
});

test("a superseded page leads to the same item in the current version, or says that it is not there", async () => {
  const { id, version, current, lasting, gone } = superseded();
  const { page, complaints, close } = await visit(
    browser,
    site,
    `${site}checklists/${id}/${version}/#${lasting}`,
  );
  const strip = page.locator(".strip");
  await expect.poll(() => strip.textContent()).toContain("is superseded");
  expect(await strip.getAttribute("data-standing")).toBe("superseded");
  expect(await strip.locator("a.go").getAttribute("href")).toMatch(
    new RegExp(`/checklists/${id}/${current}/#${lasting}$`),
  );
  await page.evaluate((item) => {
    location.hash = item;
  }, gone);
  await expect.poll(() => strip.textContent()).toContain(`“${gone}” is not in this version`);
  await strip.locator("a.go").click();
  await page.waitForURL(`**/checklists/${id}/${current}/`);
  expect(await page.locator(".strip").getAttribute("data-standing")).toBeNull();
  expect(complaints).toEqual([]);
  await close();
});

test("the selector lists every version and keeps the item", async () => {
  const { id, version, lasting } = superseded();
  const { page, close } = await visit(browser, site, `${site}checklists/${id}/${version}/#${lasting}`);
  await page.locator(".menu summary").click();
  const links = page.locator(".menu a");
  const { versions } = fileOf(id);
  expect(await links.count()).toBe(versions.length);
  for (const href of await links.evaluateAll((all) => all.map((link) => link.getAttribute("href"))))
    expect(href).toMatch(new RegExp(`#${lasting}$`));
  await page.keyboard.press("Escape");
  expect(await page.locator(".menu").getAttribute("open")).toBeNull();
  await close();
});

test("the notice does not move what stands below it", async () => {
  const { id, version } = superseded();
  const { page, close } = await visit(browser, site, `${site}checklists/${id}/${version}/`);
  const shift = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(sum), 300);
      }),
  );
  expect(shift).toBeLessThan(0.01);
  await close();
});

test("the addresses that a renamed checklist had lead on, to the same item", async () => {
  const old = pagesOf(dir).filter((name) => isRenamed(dir, name));
  const name = old.find((one) => /\/\d[^/]*\/index\.html$/.test(one)) ?? "";
  const [, , version = ""] = name.split("/");
  const { page, complaints, close } = await visit(
    browser,
    site,
    `${site}${name.replace("index.html", "")}#some-item`,
  );
  await page.waitForURL(/#some-item$/);
  const id = new URL(page.url()).pathname.split("/").at(-3) ?? "";
  expect(page.url()).toBe(`${site}checklists/${id}/${version}/#some-item`);
  expect(pagesOf(dir)).toContain(`checklists/${id}/${version}/index.html`);
  expect(complaints).toEqual([]);
  await close();
  const plain = await visit(browser, site, `${site}checklists/${name.split("/")[1]}/`, {
    javaScriptEnabled: false,
  });
  await plain.page.waitForURL(`${site}checklists/${id}/`);
  await plain.close();
});
