/** What every built page allows itself, and what a checklist's page weighs. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, inject, test } from "vitest";
import type { VersionsFile } from "../src/model/entry.ts";
import { pagesOf } from "./built.ts";
import { decode } from "./markup.ts";

const dir = inject("siteDir");
const pages = pagesOf(dir).map((name) => ({ name, html: readFileSync(join(dir, name), "utf8") }));

test("every page has a policy without anything unsafe but what the search's WebAssembly needs", () => {
  for (const { name, html } of pages) {
    const policy = decode(
      /<meta http-equiv="content-security-policy" content="([^"]*)">/i.exec(html)?.[1] ?? "",
    );
    expect(policy, name).toContain("default-src 'none'");
    expect(policy.replace("'wasm-unsafe-eval'", ""), name).not.toContain("unsafe");
    expect(policy, name).not.toMatch(/https?:|\*/);
  }
});

test("no page has inline handlers or styles, and inline code only by its hash", () => {
  for (const { name, html } of pages) {
    expect(html, name).not.toMatch(/<[^>]*\s(?:style|on[a-z]+)="/);
    const policy = decode(
      /<meta http-equiv="content-security-policy" content="([^"]*)">/i.exec(html)?.[1] ?? "",
    );
    for (const [, code = ""] of html.matchAll(/<(?:script|style)>([\s\S]*?)<\/(?:script|style)>/g))
      expect(policy, name).toContain(`'sha256-${createHash("sha256").update(code).digest("base64")}'`);
  }
});

test("pages of the site need trusted types", () => {
  for (const { name, html } of pages)
    if (!/^reports\/[^_]/.test(name) || name === "reports/index.html")
      expect(decode(html), name).toContain("require-trusted-types-for 'script'");
});

/** Bytes of a file as a host sends it. */
function weight(path: string): number {
  return gzipSync(readFileSync(join(dir, path))).length;
}

/** Every version that is current, and every draft: what somebody reads before a deployment. */
const versionPages = pages.filter(({ name }) => {
  const [, id, version] = /^checklists\/([^/]+)\/(\d[^/]*)\/index\.html$/.exec(name) ?? [];
  if (id === undefined || !existsSync(join(dir, `checklists/${id}/versions.json`))) return false;
  const file = JSON.parse(readFileSync(join(dir, `checklists/${id}/versions.json`), "utf8")) as VersionsFile;
  const status = file.versions.find((one) => one.version === version)?.status;
  return status === "current" || status === "draft";
});

test.each(versionPages)(
  "$name weighs at most 60 kB with everything, 10 kB of it script",
  ({ name, html }) => {
    const parts = (pattern: RegExp): readonly string[] =>
      [...html.matchAll(pattern)].map(([, path = ""]) => path);
    const scripts = parts(/<(?:script[^>]* src|link rel="modulepreload"[^>]* href)="\/([^"]+)"/g).map(weight);
    const styles = parts(/<link rel="stylesheet" href="\/([^"]+)"/g).map(weight);
    const fonts = ["fonts/text-regular.woff2", "fonts/text-semibold.woff2"].map(
      (path) => readFileSync(join(dir, path)).length,
    );
    const sum = (bytes: readonly number[]): number => bytes.reduce((total, size) => total + size, 0);
    expect(styles).toHaveLength(1);
    expect(scripts).toHaveLength(1);
    expect(sum(scripts)).toBeLessThan(10_000);
    expect(sum(fonts)).toBeLessThan(40_000);
    const versions = weight(name.replace(/[^/]+\/index\.html$/, "versions.json"));
    expect(weight(name) + sum(scripts) + sum(styles) + sum(fonts) + versions).toBeLessThan(60_000);
  },
);
