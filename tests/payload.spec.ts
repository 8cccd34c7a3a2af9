/**
 * Hostile content is inert: five hundred payloads in every place for text, in addresses and in what is typed. None
 * runs or asks anybody, with the pages' policy and without it.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningServer, startServer } from "../scripts/server.ts";
import { openBrowser } from "./browser.ts";
import { standingPagesOf } from "./built.ts";
import { buildHostile, records } from "./hostilesite.ts";
import { payloads, stranger } from "./payloads.ts";

/** Polls as long as a busy machine needs. */
const soon = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 20_000, interval: 20 });

let root: string;
let server: RunningServer;
let browser: Browser;
let addresses: readonly string[];
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "countersign-hostile-"));
  await buildHostile(root, join(root, "site"));
  server = await startServer({ dir: join(root, "site"), port: 4621 });
  browser = await openBrowser();
  addresses = standingPagesOf(join(root, "site"))
    // Guides are the product's own; a run's newest report says what its first one said, and each payload is compared once.
    .filter((name) => !/^docs\/|^reports\/[^_/]+\/(?:1\/)?index|2\.0\.0\.\.\.|1\.0\.0\.\.\.4/.test(name))
    .map((name) => server.url + name.replace(/index\.html$/, ""));
});
afterAll(async () => {
  await browser.close();
  await server.close();
  rmSync(root, { recursive: true, force: true });
});

/** What a page must not have, whoever wrote its text; runs in the page. */
function strangeParts(): readonly string[] {
  const known = new Set(["icon", "alternate", "canonical", "stylesheet", "modulepreload", "manifest"]);
  const never =
    "iframe, frame, object, embed, base, area, audio, video, source, template, math, animate, set, use, foreignObject, marquee, noscript, [autofocus], [style], [srcdoc], [srcset], [ping], [action], [formaction], [background], [popovertarget]";
  const own = (url: string): boolean => new URL(url, location.href).origin === location.origin;
  const isKnown = (one: Element): boolean => {
    if (one.matches(never)) return false;
    if (one instanceof HTMLScriptElement)
      return one.src === ""
        ? one.text.startsWith("// Runs before anything is drawn") || one.type === "application/json"
        : own(one.src);
    if (one instanceof HTMLLinkElement)
      return known.has(one.rel) && (one.rel === "canonical" || one.href === "data:," || own(one.href));
    if (one instanceof HTMLMetaElement)
      return one.httpEquiv === "" || one.httpEquiv === "content-security-policy";
    if (one instanceof HTMLImageElement) return own(one.src) || one.src.startsWith("data:image/");
    if (one instanceof HTMLAnchorElement) return one.href === "" || /^(?:https?|mailto|tel):/.test(one.href);
    return true;
  };
  return [...document.querySelectorAll("*")]
    .filter((one) => !isKnown(one) || one.getAttributeNames().some((name) => /^on|^xlink/.test(name)))
    .map((one) => `${location.pathname}: ${one.outerHTML.slice(0, 200)}`);
}

/** A context in which whatever runs, asks, opens or complains is noted. */
async function watched(bypassCSP: boolean) {
  const context = await browser.newContext({ bypassCSP, viewport: { width: 1280, height: 900 } });
  const noted: string[] = [];
  // In every frame, before anything else: the canary sings in the console, where all that is said is noted.
  await context.addInitScript(() => {
    Object.assign(window, { hit: (number: number) => console.log(`${number} ran`) });
  });
  context.on("console", (message) => noted.push(`${message.text()} on ${message.page()?.url()}`));
  context.on("weberror", (error) => noted.push(`error: ${error.error().message}`));
  context.on("dialog", (dialog) => {
    noted.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on("request", (request) => {
    if (!request.url().startsWith(server.url)) noted.push(`asked: ${request.url()}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) noted.push(`not there: ${response.url()}`);
  });
  context.on("page", (page) => page.on("frameattached", () => noted.push(`a frame on ${page.url()}`)));
  return { context, noted };
}

async function open(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address, { waitUntil: "load" });
  return page;
}

/** Lists of so many at a time. */
function inChunks(size: number): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(payloads.length / size) }, (_, at) =>
    payloads.slice(at * size, (at + 1) * size),
  );
}

test("as markup the payloads do run and ask: what follows would notice", async () => {
  expect(payloads.length).toBeGreaterThanOrEqual(500);
  const { context, noted } = await watched(true);
  const page = await context.newPage();
  await page.goto(`${server.url}robots.txt`);
  // The list begins with every vector as it is, and goes on with every vector behind the end of an attribute.
  const bare = payloads.slice(0, 72);
  await page.evaluate((texts) => {
    for (const text of texts) {
      const frame = document.body.appendChild(document.createElement("iframe"));
      frame.srcdoc = `${text}<p title="${text}">`;
    }
  }, bare);
  const found = (pattern: RegExp) => new Set(noted.flatMap((note) => pattern.exec(note)?.[1] ?? [])).size;
  await soon(() => found(/^(\d+) ran/)).toBeGreaterThan(20);
  await soon(() => found(new RegExp(`^asked: .*${stranger}/(\\d+)`))).toBeGreaterThan(12);
  await context.close();
});

describe.each([
  { name: "with the pages' policy", bypassCSP: false },
  { name: "without it", bypassCSP: true },
])("$name", { timeout: 120_000 }, ({ bypassCSP }) => {
  const versionPage = (version: number): string => `${server.url}checklists/night/${version}.0.0/`;

  test("every page is made of what its makers put there", async () => {
    const { context, noted } = await watched(bypassCSP);
    const page = await context.newPage();
    expect(addresses.length).toBeGreaterThan(15);
    for (const address of addresses) {
      await page.goto(address, { waitUntil: "load" });
      expect(await page.evaluate(strangeParts)).toEqual([]);
      expect(page.url()).toBe(address);
    }
    expect(noted).toEqual([]);
    await context.close();
  });

  test("in the fragment of an address, and in each of its parameters", async () => {
    const { context, noted } = await watched(bypassCSP);
    const page = await open(context, versionPage(1));
    await page.locator(".menu").waitFor();
    await page.evaluate(async (texts) => {
      for (const text of texts) {
        location.hash = text;
        await new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
      }
    }, payloads);
    expect(await page.textContent(".strip")).toContain("is not in this version");
    expect(await page.evaluate(strangeParts)).toEqual([]);
    const names = ["checklist", "product", "environment", "outcome", "finding", "person", "from", "to"];
    for (const texts of inChunks(36)) {
      const query = new URLSearchParams(
        names.map((name, at) => [name, texts.slice(at * 4, at * 4 + 5).join(" ")]),
      );
      await page.goto(`${server.url}reports/?${query}`, { waitUntil: "load" });
      await page.locator("form.filters").waitFor();
      const pair = new URLSearchParams({ a: texts.slice(0, 18).join(" "), b: texts.slice(18).join(" ") });
      await page.goto(`${server.url}checklists/night/compare/?${pair}`, { waitUntil: "load" });
      await soon(() => page.textContent("[data-compare]")).toContain("There is no version");
      expect(await page.evaluate(strangeParts)).toEqual([]);
    }
    expect(noted).toEqual([]);
    await context.close();
  });

  test("where a script draws: filters and rows of the register, a comparison, the blanks of a command", async () => {
    const { context, noted } = await watched(bypassCSP);
    const page = await open(context, `${server.url}reports/`);
    const said = page.locator("#_rows");
    for (const select of await page.locator("form.filters select").all())
      for (const index of [1, 0]) {
        await select.selectOption({ index });
        await soon(() => said.textContent()).toContain("Runs found");
        expect(await page.locator(".register tbody tr").count()).toBeGreaterThan(0);
        expect(await page.evaluate(strangeParts)).toEqual([]);
      }
    await page.goto(`${server.url}checklists/night/compare/?a=1.0.0&b=3.0.0`);
    await soon(() => page.textContent("[data-compare]")).toContain("What changed from");
    expect(await page.evaluate(strangeParts)).toEqual([]);
    await page.goto(versionPage(2));
    const parts = page.locator('[data-copy]:not([data-copy="[]"]) > button');
    for (const at of [0, 20, 40, 60]) {
      await parts.nth(at).click();
      for (const input of await page.locator("dialog.fill input").all()) await input.fill(payloads[at] ?? "");
      expect(await page.evaluate(strangeParts)).toEqual([]);
      await page.locator("dialog.fill button[type=submit]").click();
    }
    expect(noted).toEqual([]);
    await context.close();
  });

  test("in a run that is brought to the browser, and in the name of who goes on with it", async () => {
    for (const version of [1, 2, 3, 4]) {
      const { context, noted } = await watched(bypassCSP);
      const page = await open(context, `${versionPage(version)}run/`);
      const name = payloads[version * 9] ?? "";
      await page.locator(".bring input").setInputFiles({
        name: `${name.replaceAll("/", "")}.json`,
        mimeType: "application/json",
        buffer: Buffer.from(JSON.stringify(records(version)[0])),
      });
      await page.locator("dialog.ask [name=name]").fill(name);
      expect(await page.evaluate(strangeParts)).toEqual([]);
      await page.locator("dialog.ask button[type=submit]").click();
      await page.locator(".deskbar").waitFor();
      await soon(() => page.locator(".items > li.recorded").count()).toBeGreaterThan(100);
      expect(await page.evaluate(strangeParts)).toEqual([]);
      await page.reload();
      await soon(() => page.locator(".items > li.recorded").count()).toBeGreaterThan(100);
      expect(await page.evaluate(strangeParts)).toEqual([]);
      expect(noted).toEqual([]);
      await context.close();
    }
  });

  test("typed into the search, and in what it finds", async () => {
    const { context, noted } = await watched(bypassCSP);
    const page = await open(context, server.url);
    await page.keyboard.press("Control+k");
    const input = page.locator("dialog.search input");
    await input.fill("script");
    await soon(() => page.locator("[role=option]").count()).toBeGreaterThan(5);
    expect(await page.evaluate(strangeParts)).toEqual([]);
    for (const texts of inChunks(9)) {
      await input.fill(texts.join(" "));
      await page.waitForTimeout(5);
      expect(await page.evaluate(strangeParts)).toEqual([]);
    }
    await input.fill("onerror");
    await soon(() => page.locator("dialog.search .hint").textContent()).toContain("shown");
    expect(await page.evaluate(strangeParts)).toEqual([]);
    expect(noted).toEqual([]);
    await context.close();
  });
});
