/** Files for machines that list what there is: the feed, the sitemap, llms.txt. */
import { type Installation, pairsOf, type VersionEntry } from "../model/entry.ts";
import type { RegisterRow } from "../model/register.ts";
import { seen } from "./html.ts";

function xml(text: string): string {
  return seen(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

interface Post {
  readonly title: string;
  readonly url: string;
  /** RFC 3339. */
  readonly at: string;
  readonly text: string;
}

const POSTS = 50;

/** Atom: versions as they are released, runs as they are recorded, newest first. */
export function renderFeed(
  installation: Installation,
  versions: readonly VersionEntry[],
  register: readonly RegisterRow[],
): string {
  const posts = [
    ...versions.flatMap((entry) => versionPost(installation, entry)),
    ...register.map((row) => recordPost(installation, row)),
  ]
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.url < b.url ? -1 : 1))
    .slice(0, POSTS);
  const author = `<author><name>${xml(installation.organisation)}</name></author>`;
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>${xml(installation.organisation)}: checklists and records</title>
<id>${xml(installation.url)}/</id>
<link href="${xml(installation.url)}/"/>
<link rel="self" href="${xml(installation.url)}/feed.xml"/>
<updated>${posts[0]?.at ?? "1970-01-01T00:00:00Z"}</updated>
${author}
${posts.map((post) => `<entry><title>${xml(post.title)}</title><id>${xml(post.url)}</id><link href="${xml(post.url)}"/><updated>${post.at}</updated><summary>${xml(post.text)}</summary></entry>\n`).join("")}</feed>
`;
}

function versionPost({ url }: Installation, entry: VersionEntry): Post[] {
  if (entry.released === null) return [];
  return [
    {
      title: `${entry.title} ${entry.version}`,
      url: `${url}/checklists/${entry.id}/${entry.version}/`,
      at: `${entry.released.date}T00:00:00Z`,
      text: entry.changes ?? entry.description ?? `Version ${entry.version} was released.`,
    },
  ];
}

function recordPost({ url }: Installation, row: RegisterRow): Post {
  return {
    title: `${row.run}: ${row.outcome}, ${row.finding}`,
    url: `${url}/reports/${row.run}/${row.number}/`,
    at: row.received,
    text: `${row.title} ${row.version} in ${row.environment}: ${row.passed} of ${row.due} due items passed, ${row.exceptions} exceptions.`,
  };
}

const URLS = 10_000;

/** Every address that a search engine may know, in files of a bounded size. Drafts are left out. */
export function sitemapFiles(
  { url }: Installation,
  versions: readonly VersionEntry[],
  register: readonly RegisterRow[],
): readonly string[] {
  const released = versions.filter((entry) => entry.released !== null);
  const addresses = [
    "/",
    "/checklists/",
    "/reports/",
    ...new Set(released.map(({ id }) => `/checklists/${id}/`)),
    ...released.map(({ id, version }) => `/checklists/${id}/${version}/`),
    ...comparePages(versions),
    ...register.map(({ run, number }) => `/reports/${run}/${number}/`),
  ];
  const files: string[] = [];
  for (let at = 0; at < addresses.length; at += URLS) {
    const lines = addresses.slice(at, at + URLS).map((path) => `<url><loc>${xml(url + path)}</loc></url>\n`);
    files.push(
      `<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${lines.join("")}</urlset>\n`,
    );
  }
  return files;
}

/** Pages that compare two released versions, and per checklist the one that compares any two. */
function comparePages(all: readonly VersionEntry[]): readonly string[] {
  return [...Map.groupBy(all, ({ id }) => id)].flatMap(([id, oldestFirst]) => {
    const versions = oldestFirst.toReversed();
    if (versions.filter(({ released }) => released !== null).length < 2) return [];
    const current = versions.find(({ standing }) => standing === "current") ?? null;
    const pairs = pairsOf({ versions, current }).filter(
      ({ older, newer }) => older.released !== null && newer.released !== null,
    );
    return [
      `/checklists/${id}/compare/`,
      ...pairs.map(({ older, newer }) => `/checklists/${id}/compare/${older.version}...${newer.version}/`),
    ];
  });
}

export function renderSitemapIndex({ url }: Installation, files: number): string {
  const lines = Array.from(
    { length: files },
    (_, at) => `<sitemap><loc>${xml(url)}/sitemap-${at}.xml</loc></sitemap>\n`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${lines.join("")}</sitemapindex>\n`;
}

/** What there is, for readers that are programs: Markdown by version, JSON by version and record. */
export function renderLlms(
  { organisation, url }: Installation,
  current: readonly VersionEntry[],
  register: readonly RegisterRow[],
): string {
  const line = (text: string): string => seen(text).replace(/\s+/g, " ").replace(/[[\]]/g, "\\$&");
  const lists = current.map(
    ({ id, version, title, description }) =>
      `- [${line(title)} ${version}](${url}/checklists/${id}/${version}/source.md)${description === null ? "" : `: ${line(description)}`}`,
  );
  const runs = register
    .toReversed()
    .slice(0, POSTS)
    .map(
      ({ run, number, outcome, finding }) =>
        `- [${run}](${url}/reports/${run}/${number}/record.json): ${outcome}, ${finding}`,
    );
  return `# ${line(organisation)}

> Deployment checklists with their versions, and the records of the runs that followed them.

Every version of a checklist stands under \`${url}/checklists/<id>/<version>/\`: \`source.md\` is its Markdown, \`checklist.json\` its model (schema: ${url}/schema/checklist-1.json), \`sheet-a4.pdf\` the sheet to print. \`${url}/checklists/<id>/versions.json\` says which version is current. Every record of a run stands under \`${url}/reports/<run>/<number>/\`: \`record.json\`, \`report.pdf\` (schema: ${url}/schema/run-1.json). The register is \`${url}/reports/register.json\`.

## Current checklists

${lists.join("\n")}

## Newest runs

${runs.join("\n")}
`;
}
