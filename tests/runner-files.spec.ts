/** Runs of several tabs and several people, and the files that come and go: merged, refused by name, hashed. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { WrittenRecord } from "../src/model/run.schema.ts";
import { openBrowser } from "./browser.ts";
import { answerItem, finish, openRun, saved } from "./desk.ts";
import { checklist, items, lobby, openDesk, phone, project, recordOf } from "./deskside.ts";
import { type } from "./terminal.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

test("two tabs on one run add to it, and each shows what the other did", async () => {
  const { page, context } = await openDesk(browser);
  const other = await context.newPage();
  await other.goto(page.url());
  await other.waitForSelector(".deskbar");
  const tap = (where: Page, id: string): Promise<void> =>
    where.locator(`[id="${id}"] > .work [data-say=passed]`).click();
  await Promise.all([tap(page, "cors-origins"), tap(other, "api-rate-limits")]);
  await Promise.all([tap(page, "edge-functions"), tap(other, "circuit-breakers")]);
  for (const tab of [page, other])
    await expect.poll(() => tab.locator(".items > li.recorded").count()).toBe(4);
  expect((await recordOf(other)).results.map(({ item }) => item).sort()).toEqual([
    "api-rate-limits",
    "circuit-breakers",
    "cors-origins",
    "edge-functions",
  ]);
});

test("what two people recorded apart is merged: who agrees is an observer, who does not is asked about", async () => {
  const root = project();
  const ada = await openDesk(browser);
  const tap = (where: Page, id: string, say: string): Promise<void> =>
    where.locator(`[id="${id}"] > .work [data-say=${say}]`).click();
  for (const id of ["cors-origins", "api-rate-limits"]) await tap(ada.page, id, "passed");
  const hers = await recordOf(ada.page);
  const bob = await browser.newContext(phone);
  onTestFinished(() => bob.close());
  const page = await lobby(bob);
  const opened = { ...hers, results: [], people: hers.people ?? [] };
  const input = page.locator(".bring input");
  await input.setInputFiles({
    name: "night.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(opened)),
  });
  await page.locator("dialog.ask [name=name]").fill("Bob");
  await page.locator("dialog.ask button[type=submit]").click();
  await page.waitForSelector(".deskbar");
  await tap(page, "cors-origins", "passed");
  await tap(page, "api-rate-limits", "failed");
  await page.locator("dialog.ask [name=reason]").fill("no burst was tried");
  await page.locator("dialog.ask button[type=submit]").click();
  await page.locator("dialog.ask").waitFor({ state: "detached" });
  await ada.page.locator(".deskbar .line").last().locator("button").last().click();
  await ada.page.locator("dialog.ask input[value=merge]").check();
  await ada.page.locator("dialog.ask button[type=submit]").click();
  await ada.page.locator("dialog.ask [name=file]").setInputFiles({
    name: "bob.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(await recordOf(page))),
  });
  await ada.page.locator("dialog.ask button[type=submit]").click();
  await ada.page.locator("dialog.ask [value=theirs]").check();
  await ada.page.locator("dialog.ask button[type=submit]").click();
  await expect.poll(() => ada.page.locator(".deskbar .said").textContent()).toBe("bob.json is merged.");
  const both = await recordOf(ada.page);
  expect(both.results.map(({ item, status, by }) => [item, status, by])).toEqual([
    ["cors-origins", "passed", "ada-lovelace"],
    ["api-rate-limits", "failed", "bob"],
    ["cors-origins", "passed", "bob"],
  ]);
  writeFileSync(join(root, "night.json"), JSON.stringify(both));
  const { stdout, stderr } = await type(root, ["ingest", "night.json"], { now: "2026-03-04T23:00:00Z" });
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^STORED/);
});

test("a file that is none, or of something else, is refused by name, and nothing is kept of it", async () => {
  const context = await browser.newContext(phone);
  onTestFinished(() => context.close());
  const page = await lobby(context);
  const file = {
    schema: "countersign/run@1",
    run: "night",
    asOf: "2026-03-04T22:00:00Z",
    checklist: { id: checklist.id, version: checklist.version },
    deployment: { environment: "production" },
    results: [],
  };
  const refused = page.locator(".bring .wrong");
  for (const [text, reason] of [
    ["{", "it is no JSON"],
    ["[]", "it holds no results"],
    ['{"schema":"x"}', 'expected "countersign/run@1"'],
    ['{"schema":"countersign/run@1","checklist":{"id":"other","version":"1"}}', "it is of other@1"],
    [
      JSON.stringify({
        schema: "countersign/run@1",
        run: "n",
        asOf: "2026-03-04T22:00:00Z",
        deployment: { environment: "x" },
        checklist: { id: checklist.id, version: checklist.version },
        results: [{ item: "nothing", status: "passed" }],
      }),
      "/results/0 is about no item",
    ],
    [JSON.stringify({ ...file, results: {} }), "/results is no list of entries"],
    [JSON.stringify({ ...file, results: undefined }), "it has no list of results"],
    [JSON.stringify({ ...file, people: "ada" }), "/people is no list of entries"],
    [JSON.stringify({ ...file, decisions: [null] }), "/decisions is no list of entries"],
    [
      JSON.stringify({ ...file, results: [{ item: "cors-origins", status: "passed", at: "yesterday" }] }),
      "/results/0/at is no time",
    ],
    [
      JSON.stringify({ ...file, results: [{ item: "cors-origins", status: "fired" }] }),
      '/results/0/status is "fired", which 1.1.4 cannot be',
    ],
  ] as const) {
    await page
      .locator(".bring input")
      .setInputFiles({ name: "a.json", mimeType: "application/json", buffer: Buffer.from(text) });
    await expect.poll(() => refused.textContent(), { message: reason }).toContain(reason);
  }
  await page.reload();
  await page.waitForSelector("form.open");
  expect(await page.locator(".runs li").count()).toBe(0);
});

test("without the browser's own cryptography, as over plain http, evidence is hashed all the same", async () => {
  const context = await browser.newContext(phone);
  onTestFinished(() => context.close());
  await context.addInitScript(`Object.defineProperty(crypto, "subtle", { value: undefined });`);
  const page = await lobby(context);
  await openRun(page, { name: "Ada", run: "night" });
  const item = items.get("secret-scan");
  if (!item) throw new Error("the checklist has this item");
  await answerItem(page, item);
  const [results, archive] = await saved(page, 2, () => finish(page, "save"));
  const record = JSON.parse(readFileSync((await results?.path()) ?? "", "utf8")) as WrittenRecord;
  const sha256 = createHash("sha256").update("proof of secret-scan").digest("hex");
  expect(record.evidence).toMatchObject([{ name: "secret-scan.txt", bytes: 20, sha256 }]);
  expect(archive?.suggestedFilename()).toBe("night-evidence.zip");
});
