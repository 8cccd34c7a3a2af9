/** What tests of the desk begin with: a browser with its clock in a night in March, a run that is open, a project to hand results in to. */
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright";
import { inject, onTestFinished } from "vitest";
import { outlineOf } from "../src/model/outline.ts";
import type { WrittenRecord } from "../src/model/run.schema.ts";
import { finish, openRun, saved } from "./desk.ts";
import { ours } from "./ours.ts";
import { makeProject } from "./terminal.ts";

const site = inject("siteUrl");
export const { checklist } = ours("credential-rotation-release", "2024.01.22");
export const { item: items } = outlineOf(checklist);
/** Below the site. */
export const path = `checklists/${checklist.id}/${checklist.version}/run/`;
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
export const phone = {
  viewport: { width: 375, height: 740 },
  timezoneId: "Europe/Berlin",
  hasTouch: true,
} as const;

/** A project with our content and no runs, to hand results in to. */
export function project(): string {
  const root = makeProject({});
  cpSync("content", join(root, "content"), {
    recursive: true,
    filter: (from) => !/content[/\\](?:runs|examples)/.test(from),
  });
  return root;
}

/** The page on which runs are opened. */
export async function lobby(context: BrowserContext, base = site, of = path): Promise<Page> {
  await context.addInitScript(setClock);
  const page = await context.newPage();
  await page.goto(base + of);
  await page.waitForSelector("form.open");
  return page;
}

export interface AtDesk {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** A desk with a run that was just opened, on a phone; closed when the test ends. */
export async function openDesk(browser: Browser, of = path): Promise<AtDesk> {
  const context = await browser.newContext(phone);
  onTestFinished(() => context.close());
  const page = await lobby(context, site, of);
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await openRun(page, { name: "Ada Lovelace", role: "Deployment lead", run: "night" });
  return { context, page, complaints };
}

/** The results file as it is saved now. */
export async function recordOf(page: Page): Promise<WrittenRecord> {
  const [download] = await saved(page, 1, () => finish(page, "save"));
  return JSON.parse(readFileSync((await download?.path()) ?? "", "utf8")) as WrittenRecord;
}
