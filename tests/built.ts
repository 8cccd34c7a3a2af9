/** The built site as files: which pages there are, and what they link to. */
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import type { RegisterRow } from "../src/model/register.ts";
import { decode } from "./markup.ts";

export function pagesOf(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true })
    .map((name) => String(name).split(sep).join("/"))
    .filter((name) => name.endsWith(".html") && !name.startsWith("pagefind/"))
    .sort();
}

/** Without those that only lead on from the addresses of a renamed checklist. */
export function standingPagesOf(dir: string): readonly string[] {
  return pagesOf(dir).filter((name) => !isRenamed(dir, name));
}

/** Is this a page that leads on from an address that a checklist had before it was renamed? */
export function isRenamed(dir: string, name: string): boolean {
  return readFileSync(join(dir, name), "utf8").includes("<h1>This checklist was renamed</h1>");
}

export function registerOf(dir: string): readonly RegisterRow[] {
  return JSON.parse(readFileSync(join(dir, "reports/register.json"), "utf8")) as RegisterRow[];
}

/** One page of every kind, and a report of every outcome. Addresses below the site, without a slash in front. */
export function kindsOf(dir: string): readonly string[] {
  const pages = standingPagesOf(dir).map((name) => name.replace(/index\.html$/, ""));
  const versions = pages.filter((path) => /^checklists\/[^/]+\/\d[^/]*\/$/.test(path));
  const rows = registerOf(dir);
  const reports = [...Map.groupBy(rows, ({ outcome }) => outcome).values()].flatMap(([row]) =>
    row ? [`reports/${row.run}/${row.number}/`] : [],
  );
  const registers = pages.filter((path) => path.startsWith("reports/_pages/")).slice(0, 1);
  const [latest] = pages.filter((path) => path.endsWith("/latest/"));
  const [list] = pages.filter((path) => /^checklists\/[^/]+\/$/.test(path));
  const [pair] = pages.filter((path) => path.includes("/compare/") && path.includes("..."));
  const [anyTwo] = pages.filter((path) => path.endsWith("/compare/"));
  return [
    "",
    ...[pair, anyTwo].filter((path) => path !== undefined),
    "checklists/",
    list ?? "",
    latest ?? "",
    ...versions,
    "reports/",
    "reports/_controls/",
    ...registers,
    ...reports,
    "404.html",
  ];
}

const REFERENCE = /<(?:a|link|img|script|source)\b[^>]*?\s(?:href|src)="([^"]*)"/g;

/** Links inside the site that lead nowhere: to no file, or to no element of it. */
export function deadLinks(dir: string, base: string, permalinks: string): readonly string[] {
  const ids = new Map<string, ReadonlySet<string>>();
  const idsOf = (name: string): ReadonlySet<string> => {
    const known = ids.get(name);
    if (known) return known;
    const found = new Set(
      [...readFileSync(join(dir, name), "utf8").matchAll(/\sid="([^"]*)"/g)].map(([, id = ""]) => decode(id)),
    );
    ids.set(name, found);
    return found;
  };
  const files = new Set(
    readdirSync(dir, { recursive: true }).map((name) => String(name).split(sep).join("/")),
  );
  return pagesOf(dir).flatMap((name) => {
    const html = readFileSync(join(dir, name), "utf8");
    const here = new URL(`http://site${base}${name.replace(/index\.html$/, "")}`);
    return [...html.matchAll(REFERENCE)].flatMap(([, written = ""]) => {
      const reference = decode(written);
      if (/^(?:data:|mailto:|tel:)/.test(reference)) return [];
      const local = reference.startsWith(`${permalinks}/`)
        ? `${base}${reference.slice(permalinks.length + 1)}`
        : reference;
      const url = new URL(local, here);
      if (url.host !== "site") return [];
      if (!url.pathname.startsWith(base)) return [`${name}: ${written} leads out of ${base}`];
      const path = decodeURIComponent(url.pathname.slice(base.length));
      const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
      if (!files.has(file)) return [`${name}: ${written} leads to no file`];
      const id = decodeURIComponent(url.hash.slice(1));
      return id === "" || !file.endsWith(".html") || idsOf(file).has(id)
        ? []
        : [`${name}: ${written} leads to no element`];
    });
  });
}
