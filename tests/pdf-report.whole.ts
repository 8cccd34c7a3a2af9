/** Reports on paper: good nights and bad ones, judged as always, then printed. */
import { createHash } from "node:crypto";
import { encode } from "jpeg-js";
import { beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../src/model/report.ts";
import { PdfFile } from "../src/pdf/file.ts";
import type { Unprintable } from "../src/pdf/fonts.ts";
import { renderReportPdf } from "../src/pdf/report.ts";
import { mm } from "../src/pdf/scale.ts";
import { at, report as judged } from "./build.ts";
import { expectGolden, goldenInput } from "./golden.ts";
import { checkFile, splitRows } from "./pdfcheck.ts";
import { attachmentOf, fonts, openPdf, outside, overlaps, type ReadPage, readPages } from "./pdftext.ts";
import { bytesOf, data, end, head, join, start } from "./rasters.ts";
import { allFacts, shop, shopNight, shopReport } from "./shop.ts";

const source = new TextEncoder().encode("# The source\n");
const record = new TextEncoder().encode('{"schema":"countersign/run@1"}');
const margin = { left: mm(20), right: mm(13), top: mm(8), bottom: mm(7) };

async function print(
  report: Report,
  problems: Unprintable[] = [],
  pictures: ReadonlyMap<string, string> = new Map(),
): Promise<Uint8Array> {
  return renderReportPdf(report, shop, {
    fonts,
    paper: "a4",
    organisation: "Example",
    url: "https://runbooks.example.com",
    record,
    source,
    tool: "0.0.0",
    pictures,
    report: (problem) => problems.push(problem),
  });
}

function faultsOf(bytes: Uint8Array, pages: readonly ReadPage[]): string[] {
  const file = new PdfFile(bytes);
  return [
    ...checkFile(file),
    ...(splitRows(file) > 0 ? ["rows are split"] : []),
    ...pages.flatMap((page) => [...outside(page, margin), ...overlaps(page)]),
  ];
}

describe("a clean night", () => {
  let bytes = new Uint8Array();
  let pages: ReadPage[] = [];
  const report = shopReport();

  beforeAll(async () => {
    bytes = new Uint8Array(await print(report));
    pages = await readPages(bytes);
  });

  test("keeps both standards, splits nothing, overlaps nothing", () => {
    expect(faultsOf(bytes, pages)).toEqual([]);
  });

  test("answers on page one", () => {
    const text = pages[0]?.text ?? "";
    expect(text).toContain("▲ deployed");
    expect(text).toContain("✓ clean");
    expect(text).toContain(report.headline);
    expect(text).toContain(`${report.counts.total} items`);
    expect(text).toMatch(/Exceptions.*None\..*Signatures/);
  });

  test("prints every item with its status", () => {
    const text = pages
      .map((page) => page.text)
      .join(" ")
      .replace(/\s+/g, "");
    for (const item of report.items) expect(text).toContain(item.text.replace(/\s+/g, ""));
  });

  test("carries the record and the source, and prints the digests that they have", async () => {
    expect(Buffer.from((await attachmentOf(bytes, "record.json")) ?? []).equals(Buffer.from(record))).toBe(
      true,
    );
    expect(Buffer.from((await attachmentOf(bytes, "source.md")) ?? []).equals(Buffer.from(source))).toBe(
      true,
    );
    const text = pages
      .map((page) => page.text)
      .join(" ")
      .replace(/\s+/g, "");
    expect(text).toContain(report.provenance.checklistDigest);
    for (const { digest } of report.provenance.records) expect(text).toContain(digest);
  });

  test("has no mark across its pages, and links that lead somewhere", async () => {
    expect(pages.flatMap(({ marks }) => marks)).toEqual([]);
    const pdf = await openPdf(bytes);
    for (let n = 1; n <= pdf.numPages; n += 1) {
      for (const { subtype, dest } of await (await pdf.getPage(n)).getAnnotations()) {
        if (subtype === "Link" && typeof dest === "string")
          expect(await pdf.getDestination(dest)).not.toBeNull();
      }
    }
    await pdf.loadingTask.destroy();
  });

  test("is the same twice", async () => {
    const sha256 = (data: Uint8Array): string => createHash("sha256").update(data).digest("hex");
    expect(sha256(await print(shopReport()))).toBe(sha256(bytes));
  });

  test("is laid out as it was looked at last", async () => {
    expectGolden("report", await print(goldenInput("report", report)));
  });
});

test("a failed night shows what failed on page one", async () => {
  const report = shopReport({
    results: { login: { status: "failed", reason: "The page stays white", at: at("22:40"), by: "bob" } },
  });
  const bytes = await print(report);
  const pages = await readPages(bytes);
  expect(report.finding).toBe("failed");
  expect(faultsOf(bytes, pages)).toEqual([]);
  expect(pages[0]?.text).toContain("✕ failed");
  expect(pages[0]?.text).toContain("The page stays white");
});

test("a very bad night: page one has the beginning of every list, and says what stands on the next", async () => {
  const reason = "It stayed broken after three tries, and nobody knew why. ".repeat(3);
  const failed = { status: "failed" as const, reason, by: "bob" };
  const ids = ["tests", "secrets", "on", "deploy", "rate", "login", "order", "off", "watch", "migrate"];
  const report = shopReport({
    results: Object.fromEntries(ids.map((id) => [id, failed])),
    signatures: [],
  });
  const bytes = await print(report);
  const pages = await readPages(bytes);
  const [one, two] = pages.map(({ text }) => text);
  expect(faultsOf(bytes, pages)).toEqual([]);
  expect(one).toMatch(
    /Items.*Decisions.*Values.*Exceptions.*and \d+ more, from page 2 on.*Signatures.*NOT SIGNED/,
  );
  const whole = pages.map(({ text }) => text).join(" ");
  expect(two).toContain("in full");
  expect(whole).toContain(`Exceptions in full: ${report.exceptions.length}`);
});

test("an item for which there was nothing to do has one line: number, status and text", async () => {
  const text = (await readPages(await print(shopReport()))).map((page) => page.text).join(" ");
  const idle = shopReport().items.filter(
    ({ status }) => status === "not-needed" || status === "not-selected",
  );
  expect(idle.length).toBeGreaterThan(2);
  for (const { number, text: says, status } of idle)
    expect(text).toContain(`${number} · ${status.replace("-", " ")} ${says}`);
});

test("an open run says INTERIM across every page", async () => {
  const { closed: _, ...open } = shopNight();
  const report = judged(shop, [open], { facts: allFacts });
  const pages = await readPages(await print(report));
  expect(report.interim).toBe(true);
  expect(pages.every(({ marks }) => marks.join("") === "INTERIM")).toBe(true);
  expect(pages[0]?.text).toContain(`INTERIM ${report.number}`);
});

test("hostile strings of a record are shown as they are, and do nothing", async () => {
  const problems: Unprintable[] = [];
  const evil = "<script>alert(1)</script> **bold** [x](javascript:alert(1)) \u202egnp.exe ) Tj ET (\\";
  const report = shopReport({ results: { tests: { note: evil } } });
  const bytes = await print(report, problems);
  const pages = await readPages(bytes);
  expect(faultsOf(bytes, pages)).toEqual([]);
  expect(
    pages
      .map(({ text }) => text)
      .join(" ")
      .replace(/\s+/g, ""),
  ).toContain("<script>alert(1)</script>**bold**[x](javascript:alert(1))[U+202E]gnp.exe)TjET(\\");
  expect(problems.map(({ name }) => name)).toContain("U+202E");
  const pdf = await openPdf(bytes);
  const urls: string[] = [];
  for (let n = 1; n <= pdf.numPages; n += 1) {
    for (const { url } of await (await pdf.getPage(n)).getAnnotations()) if (url) urls.push(url);
  }
  await pdf.loadingTask.destroy();
  expect(urls.filter((url) => !url.startsWith("https://"))).toEqual([]);
});

test("what is longer than a page goes on over the next, and loses nothing", async () => {
  const words = Array.from({ length: 1500 }, (_, i) => `w${i}`);
  const long = words.join(" ");
  const report = shopReport({
    results: { login: { status: "failed", reason: long }, tests: { note: long } },
    change: { type: "normal", description: long },
  });
  const bytes = await print(report);
  const pages = await readPages(bytes);
  expect(checkFile(new PdfFile(bytes))).toEqual([]);
  expect(pages.flatMap((page) => [...outside(page, margin), ...overlaps(page)])).toEqual([]);
  const text = pages.map((page) => page.text).join(" ");
  const shown = (word: string): number => text.split(new RegExp(`\\b${word}\\b`)).length - 1;
  expect(words.filter((word) => shown(word) < 3)).toEqual([]);
});

describe("pictures among the evidence", () => {
  const photo = new Uint8Array(
    encode({ width: 40, height: 30, data: new Uint8Array(4800).fill(90) }, 80).data,
  );
  const cmyk = photo.slice();
  cmyk[photo.findIndex((byte, i) => byte === 0xff && photo[i + 1] === 0xc0) + 9] = 4;
  const address = (type: string, bytes: Uint8Array): string =>
    `data:${type};base64,${Buffer.from(bytes).toString("base64")}`;
  const given = [
    { id: "after", name: "after.jpg", type: "image/jpeg", pair: "after", bytes: photo },
    {
      id: "alone",
      name: "alone.png",
      type: "image/png",
      pair: null,
      bytes: join(start, head(3, 1, 1, 0), data(0, 64), end),
    },
    {
      id: "before",
      name: "before.png",
      type: "image/png",
      pair: "before",
      bytes: join(start, head(1, 1, 8, 6), data(0, 200, 0, 100, 9), end),
    },
    { id: "press", name: "press.jpg", type: "image/jpeg", pair: null, bytes: cmyk },
    { id: "page", name: "page.svg", type: "image/svg+xml", pair: null, bytes: bytesOf(60) },
    { id: "broken", name: "broken.png", type: "image/png", pair: null, bytes: join(start, head(9, 9, 8, 0)) },
  ] as const;
  const base = shopReport();
  const [first] = base.items;
  if (!first) throw new Error("the shop has no items");
  const evidence = given.map(({ id, name, type, pair, bytes }) => ({
    ...{
      id,
      name,
      type,
      pair,
      bytes: bytes.length,
      sha256: null,
      at: null,
      by: null,
      kept: "matches" as const,
    },
    items: [{ id: first.id, number: first.number, text: first.text }],
  }));
  const pictures = new Map(given.map(({ id, type, bytes }) => [id, address(type, bytes)]));

  test("are drawn with what they show, before beside after; what is not drawn is named with why", async () => {
    const bytes = await print({ ...base, evidence }, [], pictures);
    const pages = await readPages(bytes);
    expect(faultsOf(bytes, pages)).toEqual([]);
    const says = pages
      .map(({ text }) => text)
      .join(" ")
      .replace(/\s+/g, " ");
    const file = new PdfFile(bytes);
    const alts = [...file.objects.values()].flatMap(({ value }) => {
      const alt =
        value instanceof Map && file.name(value.get("S")) === "Figure" ? file.text(value.get("Alt")) : "";
      return alt?.startsWith("Evidence") ? [alt] : [];
    });
    const told = `, for ${first.number} ${first.text}`;
    expect(alts).toEqual([
      `Evidence, before: before.png${told}`,
      `Evidence, after: after.jpg${told}`,
      `Evidence, alone.png${told}`,
    ]);
    expect(says).toMatch(/press\.jpg.*Not drawn: CMYK\./);
    expect(says).toContain("Not drawn: image/svg+xml is not drawn on paper.");
    expect(says).toMatch(/broken\.png.*Not drawn: the PNG has no end\./);
  });

  test("are not drawn where the file is not the one that was handed in, or was too large to take along", async () => {
    const bent = evidence.map((one) => (one.id === "alone" ? { ...one, kept: "differs" as const } : one));
    const text = (await readPages(await print({ ...base, evidence: bent })))
      .map((page) => page.text)
      .join(" ");
    const says = text.replace(/\s+/g, " ");
    expect(says).toContain("Not drawn: its file is not kept as it was handed in.");
    expect(says).toContain("Not drawn: it is too large for a report, and is kept in the archive.");
  });

  test("are decoded within a budget of pixels, by what their headers say", async () => {
    const vast = join(start, head(4000, 4000, 8, 0), data(0, 7), end);
    const many = Array.from({ length: 7 }, (_, i) => `vast-${i}`);
    const told = many.map((id) => ({ ...(evidence[1] as (typeof evidence)[number]), id, name: `${id}.png` }));
    const map = new Map(many.map((id) => [id, address("image/png", vast)]));
    const text = (await readPages(await print({ ...base, evidence: told }, [], map))).map(
      (page) => page.text,
    );
    const says = text.join(" ").replace(/\s+/g, " ");
    expect(says.split("less than its header says").length - 1).toBe(5);
    expect(says.split("more than 80 million pixels together").length - 1).toBe(2);
  });
});
