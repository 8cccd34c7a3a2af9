/** Every link and anchor of the built site leads somewhere, at the root and below another base. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startServer } from "../scripts/server.ts";
import type { VersionsFile } from "../src/model/entry.ts";
import { openBrowser } from "./browser.ts";
import { buildSite } from "./buildsite.ts";
import { deadLinks, kindsOf, pagesOf, registerOf, standingPagesOf } from "./built.ts";
import { visit } from "./visit.ts";

const permalinks =
  /<link rel="canonical" href="([^"]*)\/">/.exec(
    readFileSync(join(inject("siteDir"), "index.html"), "utf8"),
  )?.[1] ?? "";
const base = "/deep/runbooks/";
let temporary: string;
let browser: Browser;
beforeAll(async () => {
  temporary = mkdtempSync(join(tmpdir(), "countersign-base-"));
  await buildSite(["--out", join(temporary, "site"), "--base", base]);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  rmSync(temporary, { recursive: true, force: true });
});

test("no dead link or anchor at the root", () => {
  expect(deadLinks(inject("siteDir"), "/", permalinks)).toEqual([]);
});

test("no dead link or anchor below another base", () => {
  expect(deadLinks(join(temporary, "site"), base, permalinks)).toEqual([]);
});

test("what machines read names addresses that are there: sitemap, feed, llms.txt", () => {
  const dir = inject("siteDir");
  const names = ["sitemap-0.xml", "sitemap-index.xml", "feed.xml", "llms.txt"];
  const addresses = names.flatMap((name) =>
    [...readFileSync(join(dir, name), "utf8").matchAll(/https?:\/\/[^\s<>")\]`]+/g)].map(([address]) => ({
      name,
      address,
    })),
  );
  const own = addresses.filter(({ address }) => address.startsWith(`${permalinks}/`));
  expect(new Set(own.map(({ name }) => name)).size).toBe(names.length);
  const dead = own.filter(({ address }) => {
    const path = decodeURIComponent(new URL(address).pathname.slice(new URL(permalinks).pathname.length + 1));
    return !existsSync(join(dir, path === "" || path.endsWith("/") ? `${path}index.html` : path));
  });
  expect(dead).toEqual([]);
});

test("below another base every kind of page works, and asks for nothing above it", async () => {
  const server = await startServer({ dir: join(temporary, "site"), base, port: 4521 });
  const kinds = kindsOf(join(temporary, "site")).filter(
    (path) => !/^checklists\/[^/]+\/\d/.test(path) || path.startsWith("checklists/pos-platform/1."),
  );
  for (const path of [...kinds, "checklists/pos-platform/1.9.0/run/", "docs/", "docs/start/"]) {
    const { page, complaints, strangers, close } = await visit(browser, server.url, server.url + path);
    expect([path, complaints, strangers]).toEqual([path, [], []]);
    const links = await page
      .locator("a[href]")
      .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href));
    const origin = new URL(server.url).origin;
    expect([path, links.filter((href) => href.startsWith(origin) && !href.startsWith(server.url))]).toEqual([
      path,
      [],
    ]);
    await close();
  }
  await server.close();
});

test("below another base permalinks, reports, sheets and models are the same bytes", () => {
  const [row] = registerOf(inject("siteDir"));
  const [version] = pagesOf(inject("siteDir")).filter((name) => /^checklists\/[^/]+\/\d/.test(name));
  const folder = version?.replace("index.html", "") ?? "";
  const kept = [
    `${folder}checklist.json`,
    `${folder}source.md`,
    `${folder}sheet-a4.pdf`,
    `${folder}sheet-letter.pdf`,
    `reports/${row?.run}/${row?.number}/index.html`,
    `reports/${row?.run}/${row?.number}/report.pdf`,
    `reports/${row?.run}/${row?.number}/record.json`,
  ];
  for (const name of kept) {
    const here = readFileSync(join(inject("siteDir"), name));
    expect(here.equals(readFileSync(join(temporary, "site", name))), name).toBe(true);
  }
});

test("versions, search and the register work below another base", async () => {
  const server = await startServer({ dir: join(temporary, "site"), base, port: 4521 });
  const { page, complaints, close } = await visit(browser, server.url, `${server.url}reports/`);
  await page.selectOption("select[name=finding]", { index: 1 });
  await expect
    .poll(() => page.locator(".register tbody a").first().getAttribute("href"))
    .toMatch(/^\/deep\/runbooks\/reports\//);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("rollback");
  const first = page.locator("[role=option]").first();
  await expect.poll(() => first.count(), { timeout: 20_000 }).toBe(1);
  await page.keyboard.press("Enter");
  await page.waitForURL(`${server.url}checklists/**`);
  await expect.poll(() => page.locator(".menu").count()).toBe(1);
  expect(complaints).toEqual([]);
  await close();
  await server.close();
});

test("every version has all of its files, and every record of a run", () => {
  const dir = inject("siteDir");
  const there = (path: string): boolean => existsSync(join(dir, path));
  const ids = new Set(
    standingPagesOf(dir).flatMap((name) => /^checklists\/([^/]+)\/\d/.exec(name)?.[1] ?? []),
  );
  for (const id of ids) {
    const { versions } = JSON.parse(
      readFileSync(join(dir, `checklists/${id}/versions.json`), "utf8"),
    ) as VersionsFile;
    expect(there(`checklists/${id}/latest/index.html`)).toBe(true);
    // Neighbours are compared, and each with the current one.
    const names = versions.map(({ version }) => version).reverse();
    for (const [at, version] of names.entries())
      if (at > 0)
        expect(there(`checklists/${id}/compare/${names[at - 1]}...${version}/index.html`), version).toBe(
          true,
        );
    for (const { version } of versions)
      for (const file of [
        "index.html",
        "run/index.html",
        "checklist.json",
        "source.md",
        "sheet-a4.pdf",
        "sheet-letter.pdf",
      ])
        expect(there(`checklists/${id}/${version}/${file}`), `${id} ${version} ${file}`).toBe(true);
  }
  for (const { run, number } of registerOf(dir))
    for (let n = 1; n <= number; n += 1)
      for (const file of ["index.html", "report.pdf", "record.json"])
        expect(there(`reports/${run}/${n}/${file}`)).toBe(true);
  for (const file of [
    "feed.xml",
    "sitemap-index.xml",
    "sitemap-0.xml",
    "llms.txt",
    "404.html",
    "_headers",
    "schema/checklist-1.json",
    "schema/run-1.json",
  ])
    expect(there(file), file).toBe(true);
});
