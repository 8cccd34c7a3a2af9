/** Working through a checklist in the browser: on a phone, by keyboard, offline; what is saved is what `ingest` takes. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { unzipSync } from "fflate";
import { type Browser, chromium } from "playwright";
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { findChromium } from "../scripts/chromium.mjs";
import { startServer } from "../scripts/server.ts";
import { outlineOf } from "../src/model/outline.ts";
import { openBrowser } from "./browser.ts";
import { answerAll, answerItem, finish, goToNext, openRun, saved } from "./desk.ts";
import { checklist, items, lobby, openDesk, path, phone, project, recordOf } from "./deskside.ts";
import { ours } from "./ours.ts";
import { type } from "./terminal.ts";
import { overflowOf, violationsOf } from "./visit.ts";

const dir = inject("siteDir");
const site = inject("siteUrl");

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

test("a correction keeps what was there, with a reason; what was a slip is taken back; a later try keeps the earlier", async () => {
  const { page, complaints } = await openDesk(browser);
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
  const { page } = await openDesk(browser);
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
  const { page, context } = await openDesk(browser);
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

test.each([
  ["light", {}],
  ["dark", { colorScheme: "dark" }],
  ["forced colours", { forcedColors: "active" }],
] as const)("every state passes axe and fits the phone, %s", { timeout: 120_000 }, async (_, appearance) => {
  const context = await browser.newContext({
    ...phone,
    viewport: { width: 320, height: 640 },
    ...appearance,
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
});

test("the way back is one tap away: it is decided, its path opens, and the run is rolled back", async () => {
  const { checklist } = ours("restaurant-os", "6.0.4");
  const { page } = await openDesk(browser, `checklists/${checklist.id}/${checklist.version}/run/`);
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
  const { page } = await openDesk(browser);
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
  const { page } = await openDesk(browser);
  await page.locator('[id="cors-origins"] > .work [data-say=passed]').click();
  await page.waitForSelector(".items > li.recorded");
  await page.emulateMedia({ media: "print" });
  expect(await page.locator('[id="cors-origins"] > .told').isVisible()).toBe(true);
  expect(await page.locator('[id="edge-functions"] > .box').isVisible()).toBe(true);
  for (const hidden of [".deskbar", ".work", ".told button", ".stage button"])
    expect(await page.locator(hidden).first().isVisible(), hidden).toBe(false);
});

test("the first script of the desk weighs at most 40 kB, what comes when it is idle aside", async () => {
  const { page } = await openDesk(browser);
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
  const { page } = await openDesk(browser);
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

test("readings of what repeats are counted, and called for when their time has come", async () => {
  const { checklist } = ours("xianfeast", "1.0.0");
  const repeated = outlineOf(checklist).items.find(
    ({ repeat, role }) => repeat !== null && role !== "triggers",
  );
  if (!repeated) throw new Error("the checklist has an item that repeats");
  const { page } = await openDesk(browser, `checklists/${checklist.id}/${checklist.version}/run/`);
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
