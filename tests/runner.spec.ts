/** Working through a checklist in the browser: on a phone, by keyboard, offline, by two people; what is saved is what `ingest` takes. */
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { unzipSync } from "fflate";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright";
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { findChromium } from "../scripts/chromium.mjs";
import { startServer } from "../scripts/server.ts";
import { outlineOf } from "../src/model/outline.ts";
import type { WrittenRecord } from "../src/model/run.schema.ts";
import { openBrowser } from "./browser.ts";
import { answerAll, answerItem, finish, goToNext, openRun, saved } from "./desk.ts";
import { ours } from "./ours.ts";
import { makeProject, type } from "./terminal.ts";
import { overflowOf, violationsOf } from "./visit.ts";

const dir = inject("siteDir");
const site = inject("siteUrl");
const { checklist } = ours("credential-rotation-release", "2024.01.22");
const { item: items } = outlineOf(checklist);
const path = `checklists/${checklist.id}/${checklist.version}/run/`;
/** Browsers of these tests have their clock in a night in March, and let it run. */
const setClock = `{
  const Real = Date;
  const shift = Real.parse("2026-03-04T21:00:00Z") - Real.now();
  globalThis.Date = class extends Real {
    constructor(...given) {
      if (given.length === 0) super(Real.now() + shift + (globalThis.later ?? 0));
      else super(...given);
    }
    static now() {
      return Real.now() + shift + (globalThis.later ?? 0);
    }
  };
}`;
const phone = { viewport: { width: 375, height: 740 }, timezoneId: "Europe/Berlin", hasTouch: true } as const;

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** A project with our content and no runs, to hand results in to. */
function project(): string {
  const root = makeProject({});
  cpSync("content", join(root, "content"), {
    recursive: true,
    filter: (from) => !/content[/\\](?:runs|examples)/.test(from),
  });
  return root;
}

async function lobby(context: BrowserContext, base = site, of = path): Promise<Page> {
  await context.addInitScript(setClock);
  const page = await context.newPage();
  await page.goto(base + of);
  await page.waitForSelector("form.open");
  return page;
}

async function desk(
  options = {},
  of = path,
): Promise<{ readonly context: BrowserContext; readonly page: Page; readonly complaints: string[] }> {
  const context = await browser.newContext({ ...phone, ...options });
  onTestFinished(() => context.close());
  const page = await lobby(context, site, of);
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await openRun(page, { name: "Ada Lovelace", role: "Deployment lead", run: "night" });
  return { context, page, complaints };
}

test("a correction keeps what was there, with a reason; what was a slip is taken back; a later try keeps the earlier", async () => {
  const { page, complaints } = await desk();
  const id = (await goToNext(page)) ?? "";
  const item = items.get(id);
  if (!item) throw new Error("there is an item");
  await answerItem(page, item);
  const row = page.locator(`[id="${id}"]`);
  const dialog = page.locator("dialog.ask");
  const record = async (
    kind: string,
    status: string,
    fill: Readonly<Record<string, string>>,
  ): Promise<void> => {
    await row.locator(":scope > .told button").click();
    await dialog.locator(`[name=kind][value=${kind}]`).check();
    await dialog.locator(`[name=status][value=${status}]`).check();
    for (const [name, value] of Object.entries(fill)) await dialog.locator(`[name=${name}]`).fill(value);
    await dialog.locator("button[type=submit]").click();
  };
  await record("correct", "failed", { reason: "red after all", note: "sigh" });
  expect(await dialog.locator(".wrong").textContent()).toBe("Say why it is corrected.");
  await dialog.locator("[name=why]").fill("misread");
  await dialog.locator("button[type=submit]").click();
  await dialog.waitFor({ state: "detached" });
  await record("correct", "failed", { note: "", why: "said too much" });
  await dialog.waitFor({ state: "detached" });
  await record("again", "passed", { reason: "green now" });
  await dialog.waitFor({ state: "detached" });
  expect(await row.locator(":scope > .told").textContent()).toMatch(/^passed .*2 tries · corrected/);
  const written = await recordOf(page);
  expect(written.amends).toMatchObject([
    { pointer: `/results/${id}/status`, old: "passed", new: "failed", reason: "misread", by: "ada-lovelace" },
    { pointer: `/results/${id}/reason`, new: "red after all" },
    { pointer: `/results/${id}/note`, new: "sigh" },
    { pointer: `/results/${id}/note`, old: "sigh", new: null, reason: "said too much" },
  ]);
  expect(written.results).toMatchObject([{ item: id, status: "passed", attempts: [{ status: "failed" }] }]);
  expect(complaints).toEqual([]);
});

async function recordOf(page: Page): Promise<WrittenRecord> {
  const [download] = await saved(page, 1, () => finish(page, "save"));
  return JSON.parse(readFileSync((await download?.path()) ?? "", "utf8")) as WrittenRecord;
}

test("a whole run on a phone, by keyboard, without a network, the tab killed twice: what is saved is what ingest takes", {
  timeout: 180_000,
}, async () => {
  const home = mkdtempSync(join(tmpdir(), "countersign-desk-"));
  const server = await startServer({ dir, port: 4530 });
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const executablePath = await findChromium();
  const context = await chromium.launchPersistentContext(home, {
    ...phone,
    args,
    acceptDownloads: true,
    ...(executablePath ? { executablePath } : {}),
  });
  onTestFinished(async () => {
    await context.close();
    rmSync(home, { recursive: true, force: true });
  });
  let page = await lobby(context, server.url);
  await openRun(page, { name: "Ada Lovelace", role: "Deployment lead", run: "night" });
  await page.waitForSelector(":root[data-offline=ready]");
  await server.close();

  const address = page.url();
  await answerAll(page, checklist, items, 5);
  await page.close();
  page = await context.newPage();
  await page.goto(address);
  await page.waitForSelector(".items > li.recorded");
  expect(await page.locator(".items > li.recorded").count()).toBe(5);
  await answerAll(page, checklist, items, 5);
  await page.close({ runBeforeUnload: false });
  page = await context.newPage();
  await page.goto(address);
  await page.waitForSelector(".items > li.recorded");
  await answerAll(page, checklist, items);
  for (const { id } of checklist.signoffs) {
    await page.locator(`[id="_sign-${id}"] .signing button`).click();
    await page.locator("dialog.ask [name=name]").fill(`Signer ${id}`);
    await page.locator("dialog.ask button[type=submit]").click();
    await page.waitForSelector(`[id="_sign-${id}"] .status.good`);
  }
  const files = await saved(page, 2, async () => {
    await finish(page, "close");
    await page.locator("dialog.ask h2", { hasText: "Close the run" }).waitFor();
    for (const why of await page.locator("dialog.ask [name^='reason ']").all())
      await why.fill("left for tomorrow");
    await page.locator("dialog.ask button[type=submit]").click();
  });
  const root = project();
  for (const file of files) {
    const bytes = readFileSync(await file.path());
    if (file.suggestedFilename().endsWith(".zip"))
      for (const [name, content] of Object.entries(unzipSync(new Uint8Array(bytes))))
        writeFileSync(join(root, name), content);
    else writeFileSync(join(root, file.suggestedFilename()), bytes);
  }
  const { code, stdout, stderr } = await type(root, ["ingest", "night.json", "--evidence", "."], {
    now: "2026-03-04T23:00:00Z",
  });
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^STORED sha256:/);
  expect(code).toBe(3);
  expect(stdout).toContain("deployed");
});

test("a tap is taken back while it was the last thing done; focus stays at the item", async () => {
  const { page } = await desk();
  const plain = outlineOf(checklist).items.find(({ id }) => id === "cors-origins");
  if (!plain) throw new Error("the checklist has this item");
  const row = page.locator(`[id="${plain.id}"]`);
  await answerItem(page, plain);
  expect(await row.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  await page.locator(".deskbar button", { hasText: "Undo" }).click();
  await page.waitForFunction((id) => !document.getElementById(id)?.classList.contains("recorded"), plain.id);
  expect((await recordOf(page)).results).toEqual([]);
});

test("a value is judged at the keystroke beside its limit, and is there again after a closed tab", async () => {
  const { page, context } = await desk();
  const input = page.locator('[id="credential-rotation"] > .work input');
  const says = page.locator('[id="credential-rotation"] > .work output');
  for (const [typed, verdict] of [
    ["3", "✕ breaches: > 7 d"],
    ["1 week", "✕ breaches: > 7 d"],
    ["8", "✓ holds: > 7 d"],
    ["many", "? cannot tell: 'many' is no decimal number"],
    ["2 weeks", "✓ holds: > 7 d"],
  ] as const) {
    await input.fill(typed);
    expect(await says.textContent(), typed).toBe(verdict);
  }
  await input.blur();
  await page.waitForTimeout(100);
  const again = await context.newPage();
  await page.close();
  await again.goto(`${site}${path}?run=night`);
  await expect
    .poll(() => again.locator('[id="credential-rotation"] > .work input').inputValue())
    .toBe("2 weeks");
});

test("two tabs on one run add to it, and each shows what the other did", async () => {
  const { page, context } = await desk();
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
  const ada = await desk();
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

test.each(["light", "dark"] as const)(
  "every state passes axe and fits the phone, %s",
  { timeout: 120_000 },
  async (colorScheme) => {
    const context = await browser.newContext({
      ...phone,
      viewport: { width: 320, height: 640 },
      colorScheme,
      bypassCSP: true,
    });
    onTestFinished(() => context.close());
    const page = await lobby(context);
    const states: Record<string, readonly string[]> = {};
    const look = async (name: string): Promise<void> => {
      // At the top nothing lies half behind the bar at the foot.
      await page.evaluate(() => scrollTo(0, 0));
      states[name] = [
        ...(await violationsOf(page)),
        ...((await overflowOf(page)) > 0 ? ["wider than the window"] : []),
      ];
    };
    await look("lobby");
    await page.locator("form.open button[type=submit]").click();
    await look("lobby, with a fault");
    await openRun(page, { name: "Ada", run: "night" });
    await look("desk, empty");
    await page.locator('[id="credential-rotation"] > .work input').fill("3");
    await page.locator('[id="cors-origins"] > .work [data-say=passed]').click();
    await page.waitForSelector(".items > li.recorded");
    await look("desk, begun");
    await page.locator('[id="api-rate-limits"] > .work [data-say=failed]').click();
    await look("what was found");
    await page.keyboard.press("Escape");
    for (const [name, at] of [
      ["roll back", 1],
      ["incident", 2],
      ["save", 3],
    ] as const) {
      await page.locator(".deskbar .line").last().locator("button").nth(at).click();
      await page.locator("dialog.ask").waitFor();
      await look(name);
      await page.keyboard.press("Escape");
    }
    await page.locator(".signing button").first().click();
    await look("sign");
    expect(Object.fromEntries(Object.entries(states).filter(([, found]) => found.length > 0))).toEqual({});
  },
);

test("the way back is one tap away: it is decided, its path opens, and the run is rolled back", async () => {
  const { checklist } = ours("restaurant-os", "6.0.4");
  const { page } = await desk({}, `checklists/${checklist.id}/${checklist.version}/run/`);
  const say = (id: string, status: string): Promise<void> =>
    page.locator(`[id="${id}"] > .work [data-say=${status}]`).click();
  const path = page.locator('section[data-role="contingency"] .items > li[data-status="not-needed"]');
  const before = await path.count();
  expect(before).toBeGreaterThan(0);
  const trigger = outlineOf(checklist).items.find(
    ({ role, derived }) => role === "triggers" && derived === null,
  );
  if (!trigger) throw new Error("the checklist has triggers");
  await say(trigger.id, "fired");
  await page.locator(".deskbar .danger").click();
  const dialog = page.locator("dialog.ask");
  await dialog.waitFor();
  expect(await dialog.locator("[name=trigger]").inputValue()).toBe(trigger.id);
  await dialog.locator("[name=by]").fill("Rob");
  await dialog.locator("[name=basis]").fill("payments fail");
  await dialog.locator("button[type=submit]").click();
  await expect.poll(() => path.count()).toBeLessThan(before);
  await expect.poll(() => new URL(page.url()).hash).not.toBe("");
  const steps = outlineOf(checklist).items.filter(({ id, role }) => role === "contingency" && id !== "");
  for (const item of steps) {
    const row = page.locator(`[id="${item.id}"]`);
    if (!(await row.locator(":scope > .work").isVisible())) continue;
    await answerItem(page, item);
  }
  const record = await recordOf(page);
  expect(record.decisions).toMatchObject([{ decision: "rollback", by: "rob", basis: "payments fail" }]);
  expect(record.rollback).toMatchObject({ trigger: trigger.id });
  const root = project();
  writeFileSync(join(root, "night.json"), JSON.stringify(record));
  for (const { file = "", name = "" } of record.evidence ?? [])
    writeFileSync(join(root, file), `proof of ${name.replace(".txt", "")}`);
  const { stdout, stderr } = await type(root, ["ingest", "night.json"], { now: "2026-03-04T23:00:00Z" });
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^STORED/);
  expect(stdout).toContain("trigger-fired");
  expect(stdout).not.toMatch(/contingency-incomplete|rollback-not-verified|fired-without-decision/);
});

test("all that may be passed at once is, and nothing else; the rest is recorded one by one", async () => {
  const { page } = await desk();
  const section = page.locator('[id="security-credentials"]');
  expect(await section.locator(":scope > .stage [data-do=all]").count()).toBe(0);
  await page.locator('[id="pos-health"] > .stage [data-do=all]').click();
  expect(await page.locator("dialog.ask li").allTextContents()).toHaveLength(3);
  await page.locator("dialog.ask button[type=submit]").click();
  await page.waitForSelector('[id="pos-fudo"].recorded');
  const { results } = await recordOf(page);
  expect(results.map(({ item }) => item)).toEqual(["pos-fudo", "pos-maxirest", "pos-bistrsoft"]);
});

test("a printed desk shows what was recorded, and boxes for the rest", async () => {
  const { page } = await desk();
  await page.locator('[id="cors-origins"] > .work [data-say=passed]').click();
  await page.waitForSelector(".items > li.recorded");
  await page.emulateMedia({ media: "print" });
  expect(await page.locator('[id="cors-origins"] > .told').isVisible()).toBe(true);
  expect(await page.locator('[id="edge-functions"] > .box').isVisible()).toBe(true);
  for (const hidden of [".deskbar", ".work", ".told button", ".stage button"])
    expect(await page.locator(hidden).first().isVisible(), hidden).toBe(false);
});

test("the first script of the desk weighs at most 40 kB, what comes when it is idle aside", async () => {
  const { page } = await desk();
  const html = readFileSync(join(dir, path, "index.html"), "utf8");
  const first = [...html.matchAll(/<script[^>]* src="\/([^"]+)"/g)].map(([, name = ""]) => name);
  const all = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .flatMap(({ name }) => (name.endsWith(".js") ? [new URL(name).pathname.slice(1)] : [])),
  );
  const later = /_assets\/(?:lobby|transfer|found|back|finish|evidence|zip|sha2)\./;
  const bytes = [...new Set([...first, ...all])]
    .filter((name) => !later.test(name))
    .map((name) => gzipSync(readFileSync(join(dir, name))).length);
  expect(bytes.length).toBeGreaterThan(2);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(40 * 1024);
});

test("a closed run takes follow-ups alone, until the close is taken back", async () => {
  const { page } = await desk();
  await saved(page, 1, async () => {
    await finish(page, "close");
    await page.locator("dialog.ask h2", { hasText: "Close the run" }).waitFor();
    for (const why of await page.locator("dialog.ask [name^='reason ']").all())
      await why.fill("stopped here");
    await page.locator("dialog.ask button[type=submit]").click();
  });
  const work = page.locator('[id="cors-origins"] > .work');
  // What the close lists as open may still come.
  expect(await work.isVisible()).toBe(true);
  const optional = outlineOf(checklist).items.find(({ role }) => role === "bands");
  if (optional) expect(await page.locator(`[id="${optional.id}"] > .work`).isVisible()).toBe(false);
  await page.locator(".deskbar .line").last().locator("button").last().click();
  await page.locator("dialog.ask input[value=open]").check();
  await page.locator("dialog.ask button[type=submit]").click();
  await expect.poll(() => page.locator(".deskbar .said").textContent()).toBe("The run is open again");
  expect((await recordOf(page)).closed).toBeUndefined();
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

test("readings of what repeats are counted, and called for when their time has come", async () => {
  const { checklist } = ours("xianfeast", "1.0.0");
  const repeated = outlineOf(checklist).items.find(
    ({ repeat, role }) => repeat !== null && role !== "triggers",
  );
  if (!repeated) throw new Error("the checklist has an item that repeats");
  const { page } = await desk({}, `checklists/${checklist.id}/${checklist.version}/run/`);
  const due = page.locator(".deskbar .due");
  await answerItem(page, repeated);
  expect(await due.textContent()).toBe("");
  await page.evaluate("globalThis.later = 25 * 3600 * 1000");
  await page.locator(".stage [data-do=time]").first().click();
  await expect.poll(() => due.textContent()).toContain(repeated.number);
  expect(await page.title()).toMatch(/^\(\d+\) /);
  await answerItem(page, repeated);
  await expect.poll(() => due.textContent()).not.toContain(repeated.number);
  expect(await page.locator(`[id="${repeated.id}"] > .told`).textContent()).toContain("2 readings");
  const { results } = await recordOf(page);
  expect(results.filter(({ item }) => item === repeated.id)).toHaveLength(2);
});
