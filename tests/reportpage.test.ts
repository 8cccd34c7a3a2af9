/** The report page: one file, nothing asked of anybody, every item once, hostile text inert. */
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { renderReport } from "../src/html/report.ts";
import { outlineOf } from "../src/model/outline.ts";
import { at, type Changes, checklist, night, report } from "./build.ts";
import { decode, tagsOf } from "./markup.ts";

const shop = checklist(`
metrics:
  - {id: error_rate, label: Error rate, unit: "%", better: lower}
signoffs:
  - {id: lead, role: Engineering lead, meaning: approval, before: work}
  - {id: cto, role: CTO, meaning: review}
---
## Before <!-- section: {id: before, stage: before} -->

- [ ] Backup taken <!-- item: backup -->
- [ ] Parts <!-- item: parts -->
  - [ ] First part <!-- item: first -->
  - [ ] Second part <!-- item: second -->

## Work <!-- section: {id: work, stage: change, duration: PT30M} -->

- [ ] Error rate stays low <!-- item: {id: errors, limit: "error_rate < 1 %"} -->

## Triggers <!-- section: {id: triggers, role: triggers, rule: any, when-met: rollback} -->

- [ ] Data is lost <!-- item: lost -->

## Rollback <!-- section: {id: back, role: contingency} -->

- [ ] Switch back <!-- item: {id: switch, verifies: rollback} -->
`);

const css = "p { color: red }";
const styleHash = createHash("sha256").update(css).digest("base64");

function page(changes: Changes = {}): string {
  const judged = report(shop, night(shop, changes));
  return renderReport(judged, shop, {
    css,
    styleHash,
    pictures: new Map([["shot", "data:image/png;base64,AAAA"]]),
    organisation: "Acme & Sons",
    url: "https://runs.example.com/x",
  });
}

function textOf(html: string): string {
  return decode(html.replace(/<style>.*?<\/style>/s, "").replace(/<[^>]*>/g, " ")).replace(/\s+/g, " ");
}

test("each rule leads to its page on the published site", () => {
  const links = tagsOf(page()).flatMap(({ attributes }) => attributes.get("href") ?? []);
  expect(links).toContain("https://runs.example.com/x/docs/judgement/signature-missing/");
});

test("each cell of a table has the head of its column, for pages that are narrow", () => {
  const html = page();
  const tables = html.match(/<div class="table stacked".*?<\/table>/gs) ?? [];
  expect(tables.length).toBeGreaterThan(2);
  for (const table of tables) {
    const heads = [...table.matchAll(/<th scope="col"[^>]*>(.*?)<\/th>/g)].map(([, head]) => head);
    const cells = [...table.matchAll(/<td[^>]*data-head="([^"]*)"/g)].map(([, head]) => head);
    expect(cells.length % (heads.length - 1)).toBe(0);
    expect(new Set(cells)).toEqual(new Set(heads.slice(1)));
  }
});

describe("one file", () => {
  test("asks nobody for anything, and its policy allows its own styles only", () => {
    const html = page();
    const tags = tagsOf(html);
    const policy = tags.find(({ attributes }) => attributes.get("http-equiv") === "content-security-policy");
    expect(policy?.attributes.get("content")).toContain(`style-src 'sha256-${styleHash}'`);
    expect(policy?.attributes.get("content")).toContain("default-src 'none'");
    expect(tags.filter(({ name }) => ["script", "img", "iframe", "object", "form"].includes(name))).toEqual(
      [],
    );
    const links = tags
      .filter(({ name }) => name === "link")
      .map(({ attributes }) => [attributes.get("rel"), attributes.get("href")]);
    expect(links).toEqual([
      ["canonical", "https://runs.example.com/x/reports/night/1/"],
      ["icon", "data:,"],
    ]);
  });

  test("ids are given once, and every link inside leads to one", () => {
    const tags = tagsOf(page());
    const ids = tags.flatMap(({ attributes }) => attributes.get("id") ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const inside = tags
      .flatMap(({ attributes }) => attributes.get("href") ?? [])
      .filter((href) => href.startsWith("#"));
    expect(inside.filter((href) => !ids.includes(href.slice(1)))).toEqual([]);
  });

  test("the same run gives the same bytes", () => {
    expect(page()).toBe(page());
  });
});

describe("what it says", () => {
  test("every item exactly once, with the text that was executed", () => {
    const tags = tagsOf(page());
    for (const { id } of outlineOf(shop).items)
      expect(
        tags.filter(({ name, attributes }) => name === "li" && attributes.get("id") === id),
      ).toHaveLength(1);
  });

  test("the counts add up to the number of items that are not derived", () => {
    const text = textOf(page({ results: { backup: { status: "skipped", reason: "late" } } }));
    const counts = /Items ((?:\d+ [^\d=]+)+)= (\d+) items/.exec(text);
    const sum = [...(counts?.[1] ?? "").matchAll(/\d+/g)].reduce(
      (total, [count]) => total + Number(count),
      0,
    );
    expect(sum).toBe(6);
    expect(counts?.[2]).toBe("6");
  });

  test("a value stands beside its limit with a picture that says the same", () => {
    const html = page({ results: { errors: { status: "passed", observed: [{ value: "3", unit: "%" }] } } });
    expect(textOf(html)).toContain("breached 3 % Error rate < 1 %");
    const names = tagsOf(html).map(({ attributes }) => attributes.get("aria-label"));
    expect(names).toContain("3 % seen, Error rate < 1 %: breached");
  });

  test("a signature that is not there is NOT SIGNED", () => {
    expect(textOf(page({ signatures: [] }))).toContain("NOT SIGNED");
  });

  test("the timeline is a picture with a text, and a list", () => {
    const html = page({ sections: [{ section: "work", start: at("22:00"), end: at("22:45") }] });
    expect(html).toMatch(/<svg class="timeline"[^>]* role="img" aria-label="Timeline from /);
    expect(textOf(html)).toContain("The timeline as a list");
  });
});

test("pictures among the evidence stand side by side with their names", () => {
  const evidence = [
    { id: "later", name: "later.png", pair: "after" as const },
    { id: "shot", name: "first <b>.png", pair: "before" as const },
  ];
  const html = page({ evidence, results: { backup: { evidence: ["later", "shot"] } } });
  const pictures = tagsOf(html).filter(({ name }) => name === "img");
  expect(pictures.map(({ attributes }) => attributes.get("alt"))).toEqual(["Evidence: first <b>.png"]);
  expect(textOf(html)).toContain("before: first <b>.png");
});

test("footnotes of the checklist are there when its text refers to them", () => {
  const noted = checklist(
    "## Do <!-- section: do -->\n\n- [ ] It[^1] <!-- item: it -->\n\n[^1]: With care.\n",
  );
  const html = renderReport(report(noted, night(noted)), noted, {
    css,
    styleHash,
    pictures: new Map(),
    organisation: "A",
    url: "https://a.example",
  });
  const ids = tagsOf(html).flatMap(({ attributes }) => attributes.get("id") ?? []);
  expect(ids).toContain("_note-1");
  expect(textOf(html)).toContain("With care.");
});

test("hostile text in a record is shown and does nothing", () => {
  const evil = `</style><script>hit()</script><img src=x onerror=hit()> [a](javascript:hit()) **b** "'>\u202etxt\u0007`;
  const html = page({
    results: {
      backup: { status: "skipped", reason: evil, note: evil },
      errors: { status: "passed", observed: [{ value: "0.1", unit: "%", source: evil }] },
    },
    people: [{ id: "ada", name: evil, role: evil }],
    deployment: { environment: evil, from: evil, to: evil, commit: evil, artifacts: [{ name: evil }] },
    change: { id: evil, url: "javascript:hit()", reason: evil, description: evil },
    incidents: [{ at: at("22:10"), severity: evil, text: evil }],
    review: { well: [evil], improve: [evil], actions: [{ text: evil, owner: evil }] },
    evidence: [{ id: "e1", name: evil }],
  });
  // tagsOf throws at the first `<` that begins no tag of the allow-list, and at any address that is not on its list.
  const tags = tagsOf(html);
  expect(tags.filter(({ name }) => name === "script" || name === "img")).toEqual([]);
  expect(textOf(html)).toContain("<script>hit()</script>");
  expect(textOf(html)).toContain("**b**");
  expect(html).toContain('<span class="unseen">U+202E</span>');
});
