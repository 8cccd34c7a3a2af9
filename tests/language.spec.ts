/** A site in German, as somebody meets it: the pages, their scripts, the desk; what is not translated says so by its `lang`. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningServer, startServer } from "../scripts/server.ts";
import { openBrowser } from "./browser.ts";
import { buildSite } from "./buildsite.ts";
import { openRun } from "./desk.ts";
import { violationsOf, visit } from "./visit.ts";

let browser: Browser;
let server: RunningServer;
let root: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "countersign-german-"));
  const id = "credential-rotation-release";
  const source = readFileSync(`content/checklists/${id}/2024.01.22.md`, "utf8");
  mkdirSync(join(root, `content/checklists/${id}`), { recursive: true });
  writeFileSync(
    join(root, `content/checklists/${id}/1.0.0.md`),
    source.replace("status: released", "status: draft").replace("lang: en", "lang: de"),
  );
  cpSync("content/roles.yaml", join(root, "content/roles.yaml"));
  writeFileSync(
    join(root, "content/site.yaml"),
    "organisation: Betrieb\nurl: https://b.example.com\nlang: de\n",
  );
  await buildSite(["--content", root, "--out", join(root, "site")]);
  server = await startServer({ dir: join(root, "site"), port: 4560 });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
  rmSync(root, { recursive: true, force: true });
});

test("the first page, a checklist's page and its scripts speak German", async () => {
  const { page, complaints, close } = await visit(browser, server.url, server.url);
  expect(await page.getAttribute("html", "lang")).toBe("de");
  expect(await page.textContent("h1")).toBe("Deployment-Checklisten");
  await page.goto(`${server.url}checklists/credential-rotation-release/1.0.0/`);
  expect(await page.textContent(".strip .says")).toContain("ein Entwurf");
  expect(await page.locator(".chip .word").allTextContents()).toContain("Grenzwert");
  await expect.poll(() => page.getAttribute('[data-open="theme"]', "aria-label")).toBe("Darstellung: System");
  await page.keyboard.press("Control+k");
  await expect
    .poll(() => page.getAttribute("dialog.search input", "aria-label"))
    .toBe("Checklisten durchsuchen");
  expect(complaints).toEqual([]);
  await close();
});

test("the desk speaks German, and passes axe in it", async () => {
  const address = `${server.url}checklists/credential-rotation-release/1.0.0/run/`;
  const { page, complaints, close } = await visit(browser, server.url, address, { bypassCSP: true });
  await page.waitForSelector("form.open");
  expect(await page.textContent("form.open h2")).toBe("Einen Lauf beginnen");
  await openRun(page, { name: "Ada", run: "nacht" });
  await page.locator('[id="cors-origins"] > .work [data-say=passed]').click();
  await expect
    .poll(() => page.locator('[id="cors-origins"] > .told .status').textContent())
    .toBe("bestanden");
  await page.locator('[id="credential-rotation"] > .work input').fill("3");
  expect(await page.locator('[id="credential-rotation"] > .work output').textContent()).toBe(
    "✕ verletzt: > 7 d",
  );
  await page.locator(".deskbar .danger").click();
  expect(await page.textContent("dialog.ask button.danger")).toBe("Jetzt zurück");
  expect(await violationsOf(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await close();
});

test("the register, which is in English, says so", async () => {
  const { page, close } = await visit(browser, server.url, `${server.url}reports/`);
  expect(await page.getAttribute("html", "lang")).toBe("en");
  expect((await page.textContent("nav a"))?.trim()).toBe("Checklists");
  await close();
});
