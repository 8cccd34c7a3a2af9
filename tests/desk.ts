/** A person at the desk: opens a run, answers item after item with the keyboard, saves. */
import type { Download, Page } from "playwright";
import type { Checklist, Item } from "../src/model/checklist.ts";
import type { Limit } from "../src/model/limit.ts";

export interface Opening {
  readonly name: string;
  readonly role?: string;
  readonly environment?: string;
  readonly run?: string;
}

/** Opens a run in the lobby that is on screen; questions get their last answer. */
export async function openRun(page: Page, { name, role, environment, run }: Opening): Promise<void> {
  const form = page.locator("form.open");
  await form.locator('[name="name"]').fill(name);
  if (role !== undefined) await form.locator('[name="role"]').fill(role);
  if (environment !== undefined) await form.locator('[name="environment"]').fill(environment);
  if (run !== undefined) await form.locator('[name="run"]').fill(run);
  for (const group of await form.locator("fieldset").all()) {
    const last = group.locator("input").last();
    if ((await last.getAttribute("name")) !== "type") await last.check();
  }
  await form.locator("button[type=submit]").click();
  await page.waitForSelector(".deskbar");
}

/** A value that a limit lets pass. */
export function goodValue({ bound }: Limit): string {
  switch (bound.type) {
    case "compare": {
      const step = { "<": -1, "<=": 0, "==": 0, ">=": 0, ">": 1, "!=": 1 }[bound.op];
      // Small figures have room below them as well: half of 1 is less than 1.
      return step < 0 ? String(Number(bound.value) / 2) : String(Number(bound.value) + step);
    }
    case "between":
      return bound.low;
    case "about":
      return bound.value;
    case "relative":
      return "1";
    default:
      return bound satisfies never;
  }
}

/** Goes to the next open item by its key. @returns its id; null where nothing is open */
export async function goToNext(page: Page): Promise<string | null> {
  await page.keyboard.press("Alt+n");
  if ((await page.locator(".deskbar .said").textContent()) === "Nothing is open.") return null;
  return page.evaluate(() => document.activeElement?.closest(".items > li[id]")?.id ?? null);
}

/** Answers the item that has the focus as one does when all is well, with the keyboard; a file is chosen where one is asked for. */
export async function answerItem(
  page: Page,
  { id, role, limits, captures, evidence, witness }: Item,
): Promise<void> {
  const row = page.locator(`[id="${id}"]`);
  const said = await page.locator(".deskbar .said").textContent();
  for (const input of await row.locator(":scope > .work input").all()) {
    await input.focus();
    const metric = await input.getAttribute("name");
    const limit = limits.find((one) => one.metric === metric);
    await page.keyboard.type(limit ? goodValue(limit) : "1");
  }
  // The first of its buttons says that all is well.
  await row.locator(":scope > .work button").first().focus();
  await page.keyboard.press("Enter");
  const isAsked =
    role !== "triggers" &&
    (evidence ||
      witness ||
      captures.some(({ required }) => required) ||
      limits.some((limit) => limit.for !== null));
  if (isAsked) {
    const dialog = page.locator("dialog.ask");
    await dialog.waitFor();
    for (const capture of captures)
      await dialog.locator(`[name="capture ${capture.id}"]`).fill(capture.type === "number" ? "1" : "2.0.0");
    if (evidence)
      await dialog
        .locator("[name=files]")
        .setInputFiles({ name: `${id}.txt`, mimeType: "text/plain", buffer: Buffer.from(`proof of ${id}`) });
    if (witness) await dialog.locator("[name=witness]").fill("Wanda");
    if (await dialog.locator("[name=since]").count())
      await dialog.locator("[name=since]").fill("2026-03-04T18:00:00");
    await dialog.locator("[name=note]").focus();
    await dialog.locator("button[type=submit]").focus();
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
  }
  await page.waitForFunction(
    (before) => document.querySelector(".deskbar .said")?.textContent !== before,
    said,
  );
}

/** Answers items until nothing is open, or `most` of them. @returns how many */
export async function answerAll(
  page: Page,
  checklist: Checklist,
  items: ReadonlyMap<string, Item>,
  most = 1000,
): Promise<number> {
  for (let count = 0; count < most; count += 1) {
    const id = await goToNext(page);
    if (id === null) return count;
    const item = items.get(id);
    if (!item) throw new Error(`${id} is no item of ${checklist.id}`);
    await answerItem(page, item);
    if (await page.evaluate(() => document.activeElement === document.body))
      throw new Error(`the focus is lost after ${id}`);
  }
  return most;
}

/** What is chosen in the dialog behind "Save". */
export async function finish(page: Page, what: "save" | "close"): Promise<void> {
  await page.locator(".deskbar .line").last().locator("button").last().click();
  await page.locator(`dialog.ask input[value=${what}]`).check();
  await page.locator("dialog.ask button[type=submit]").click();
}

/** Does something that saves files, and gives them by their names' ends. */
export async function saved(
  page: Page,
  count: number,
  work: () => Promise<void>,
): Promise<readonly Download[]> {
  const downloads: Download[] = [];
  const all = new Promise<void>((resolve) => {
    page.on("download", (download) => {
      downloads.push(download);
      if (downloads.length === count) resolve();
    });
  });
  await work();
  await all;
  return downloads;
}
