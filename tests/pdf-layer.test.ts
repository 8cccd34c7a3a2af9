/** The layer over pdfkit: what a file is made of, before anything of ours is written on it. */
import { describe, expect, test } from "vitest";
import { addField, tickBox } from "../src/pdf/blanks.ts";
import { codeBox } from "../src/pdf/code.ts";
import { Document, PAPER } from "../src/pdf/document.ts";
import { PdfFile } from "../src/pdf/file.ts";
import { type Box, Flow } from "../src/pdf/flow.ts";
import { FontSet, parseFonts, type Unprintable } from "../src/pdf/fonts.ts";
import { serialise } from "../src/pdf/objects.ts";
import { paragraph } from "../src/pdf/paragraph.ts";
import { qrBox } from "../src/pdf/qr.ts";
import { BODY } from "../src/pdf/scale.ts";
import { Name } from "../src/pdf/syntax.ts";
import { putTable } from "../src/pdf/table.ts";
import { type Line, type Span, setLine, setText } from "../src/pdf/text.ts";
import { fieldPart } from "../src/pdf/widgets.ts";
import { escapeXml } from "../src/pdf/xmp.ts";
import { checkFile, checkPdf, fieldNames } from "./pdfcheck.ts";
import { attachmentOf, fonts, openPdf, readPages } from "./pdftext.ts";

const set = parseFonts(fonts);
const frame = { left: 60, right: 40, top: 50, bottom: 50 };

function open(report: (problem: Unprintable) => void = () => undefined): Document {
  return new Document({
    fonts: set,
    size: PAPER.a4,
    report,
    metadata: {
      title: 'Wills & Söhne <"1 > 0">',
      author: "Example",
      subject: "A test",
      keywords: "a, b",
      creator: "test",
      producer: "test",
      lang: "en",
      date: new Date("2026-03-04T05:06:07Z"),
    },
  });
}

function span(text: string, rest: Partial<Span> = {}): Span {
  return { text, style: "regular", size: 9.5, ...rest };
}

function said(lines: readonly Line[]): string[] {
  return lines.map((line) => line.pieces.map((piece) => piece.text).join(""));
}

/** One of everything. */
async function sample(): Promise<Uint8Array> {
  const document = open();
  const flow = new Flow(document, frame);
  const { root } = document;
  flow.put(
    paragraph(document, [span("A heading", { style: "bold" })], () => root.add("H1"), {
      width: 400,
      type: BODY,
    }),
  );
  const words = [
    span("Read "),
    span("the page", { link: { href: "https://example.com/a" }, says: "The page" }),
    span(" or "),
    span("below", { link: { to: "below" } }),
  ];
  flow.put(paragraph(document, words, () => root.add("P"), { width: 400, type: BODY }));
  flow.put(codeBox(document, "npm run x \\\n  --flag", () => root.add("P").add("Code"), { width: 400 }));
  putTable(flow, () => root, {
    width: 400,
    columns: [
      { head: "Role", width: { share: 1 } },
      { head: "Name", width: { share: 1 } },
    ],
    rows: [
      [
        { spans: [span("Lead")] },
        {
          spans: [],
          draw: (page, area, element) =>
            addField(
              document,
              page,
              element,
              { name: ["person", "1", "name"], label: "Lead: name" },
              "text",
              area,
            ),
        },
      ],
    ],
    rowHead: 0,
  });
  flow.put({
    height: 40,
    draw(page, x, y) {
      document.destination("below", page, y);
      document.bookmark("One", 1, page, y);
      document.bookmark("Deeper", 3, page, y);
      document.bookmark("Two", 1, page, y);
      tickBox(
        document,
        page,
        root.add("P"),
        { name: ["item", "a.b", "pass"], label: "1.1 Backup: passed" },
        x,
        y,
      );
      addField(
        document,
        page,
        root.add("P"),
        { name: ["signoff", "eng", "signature"], label: "Signature" },
        "signature",
        { x: x + 40, y, width: 100, height: 20 },
      );
    },
  });
  flow.put(qrBox("https://example.com/run/", "QR code of the run page", 90, () => root));
  flow.flush();
  document.attach({
    name: "source.md",
    bytes: new TextEncoder().encode("# Hi"),
    type: "text/markdown",
    description: "Source",
    relationship: "Source",
    date: new Date(0),
  });
  return document.finish();
}

describe("a file", () => {
  test("keeps what both standards ask for", async () => {
    expect(checkPdf(await sample())).toEqual([]);
  });

  test("is read by another reader as it was meant", async () => {
    const bytes = await sample();
    const pdf = await openPdf(bytes);
    const { info, metadata } = await pdf.getMetadata();
    expect(info).toMatchObject({
      Title: 'Wills & Söhne <"1 > 0">',
      CreationDate: "D:20260304050607Z",
      Language: "en",
    });
    expect(metadata?.get("dc:title")).toBe('Wills & Söhne <"1 > 0">');
    expect(
      (await pdf.getOutline()).map(({ title, items }) => [title, items.map((item) => item.title)]),
    ).toEqual([
      ["One", ["Deeper"]],
      ["Two", []],
    ]);
    expect(await pdf.getPageLabels()).toEqual(["1"]);
    expect((await pdf.getAttachments())?.get("source.md")).toMatchObject({
      filename: "source.md",
      description: "Source",
    });
    expect(new TextDecoder().decode((await attachmentOf(bytes, "source.md")) ?? undefined)).toBe("# Hi");
    const page = await pdf.getPage(1);
    const annotations = await page.getAnnotations();
    expect(
      annotations.map(
        ({ subtype, fieldName: name, alternativeText, url }) =>
          url ?? name ?? subtype + (alternativeText ?? ""),
      ),
    ).toEqual(["https://example.com/a", "Link", "person.1.name", "item.a:b.pass", "signoff.eng.signature"]);
    expect((await readPages(bytes))[0]?.text).toContain("Read the page or below npm run x \\ --flag");
    await pdf.loadingTask.destroy();
  });

  test("is the same twice, and after other documents", async () => {
    const first = await sample();
    await open()
      .finish()
      .catch(() => undefined);
    expect(Buffer.from(await sample()).equals(Buffer.from(first))).toBe(true);
  });

  test("is the same after documents that had its glyphs for other characters", () => {
    // fontkit keeps a glyph with what it was first asked for: a ligature as one character, a base without its mark.
    const seen = new FontSet(fonts);
    const look = (set: FontSet, texts: readonly string[]): unknown =>
      texts.map((text) =>
        setLine([{ text, style: "regular", size: 9 }], { fonts: set, report: () => undefined }).pieces.map(
          ({ face, text: part, backwards }) =>
            face.layout(part, backwards !== undefined).glyphs.map(({ id, codePoints }) => [id, codePoints]),
        ),
      );
    const texts = ["find ⚠️", "👍🏽 ❤️", "لا إله", "שָׁלוֹם", "½ ①"];
    look(seen, ["ﬁnd ⚠", "👍🏿 ❤", "ﻻ ا", "ש", "1/2", ...texts.map((text) => [...text].reverse().join(""))]);
    expect(look(seen, texts)).toEqual(look(new FontSet(fonts), texts));
  });

  test("holds no content that is neither tagged nor an artifact", () => {
    const page = open().addPage();
    expect(() => page.line(0, 0, 10, 10)).toThrow("content must be tagged or an artifact");
    expect(() => page.artifact(() => page.artifact(() => undefined))).toThrow("may not be nested");
  });

  test("says what a word is where its glyphs stand for another one too", async () => {
    const document = open();
    const page = document.addPage();
    const style = { style: "regular", size: 9 } as const;
    for (const text of ["👍", "👍🏽"]) {
      const line = setLine([{ text, ...style }], document);
      page.tagged(document.root.add("P"), () => page.text(line.pieces, 50, 50));
    }
    const file = new PdfFile(await document.finish());
    const content = new TextDecoder().decode(file.stream(file.dict(file.pages[0]).get("Contents")));
    const hex = (text: string): string => Buffer.from(text, "utf16le").swap16().toString("hex");
    expect(content.match(/ActualText <[0-9a-f]+>/g)).toEqual([`ActualText <feff${hex("👍🏽")}>`]);
  });

  test("has one form field of a name", () => {
    const { form } = open();
    const field = { kind: "check", name: ["item", "a", "pass"], label: "a", area: [0, 0, 9, 9] } as const;
    form.add(field);
    expect(form.has(["item", "a", "pass"])).toBe(true);
    expect(() => form.add(field)).toThrow("two form fields are called item.a.pass");
    expect(fieldPart("a.b")).toBe("a:b");
  });
});

test.each<[string, (file: PdfFile) => void, string]>([
  ["language", (file) => file.catalogue.delete("Lang"), "the document has no language"],
  [
    "name of a widget",
    (file) => each(file, "Subtype", "Widget", (data) => data.delete("TU")),
    "a widget has no name to say",
  ],
  [
    "alternative text",
    (file) => each(file, "S", "Figure", (data) => data.delete("Alt")),
    "a figure has no alternative text",
  ],
  ["scope", (file) => each(file, "S", "TH", (data) => data.delete("A")), "a table head has no scope"],
  [
    "description of a link",
    (file) => each(file, "Subtype", "Link", (data) => data.delete("Contents")),
    "a link has no description",
  ],
  [
    "embedded font",
    (file) => each(file, "Type", "FontDescriptor", (data) => data.delete("FontFile2")),
    "is not embedded",
  ],
  [
    "count of the outline",
    (file) => each(file, "Type", "Outlines", (data) => data.set("Count", 7)),
    "the outline has a wrong count",
  ],
  [
    "page of an object",
    (file) =>
      each(file, "S", "Form", (data) =>
        data.set("K", new Map(data.get("K") as never).set("Pg", null) as never),
      ),
    "names page 0",
  ],
  [
    "language of an element",
    (file) => each(file, "S", "P", (data) => data.set("Lang", "not a language")),
    "is no language",
  ],
  [
    "length of a string",
    (file) => each(file, "S", "Figure", (data) => data.set("Alt", "x".repeat(40_000))),
    "a string of 40000 bytes",
  ],
  [
    "flag of an annotation",
    (file) => each(file, "Subtype", "Widget", (data) => data.set("F", 6)),
    "a Widget may be hidden",
  ],
  [
    "action of a link",
    (file) => each(file, "Subtype", "Link", (data) => data.set("A", new Map([["S", new Name("Launch")]]))),
    "an annotation does Launch",
  ],
  [
    "action of a field",
    (file) => each(file, "Subtype", "Widget", (data) => data.set("AA", new Map())),
    "acts by itself",
  ],
  [
    "appearance beside the normal one",
    (file) =>
      each(file, "Subtype", "Widget", (data) =>
        data.set("AP", new Map(data.get("AP") as never).set("D", null) as never),
      ),
    "has other appearances than one",
  ],
  [
    "width of a glyph",
    (file) => each(file, "Subtype", "CIDFontType2", (data) => data.set("W", [1, [1, 1]])),
    "widths that are not the font's",
  ],
  [
    "map to glyphs",
    (file) => each(file, "Subtype", "CIDFontType2", (data) => data.delete("CIDToGIDMap")),
    "maps to no glyphs",
  ],
  [
    "map to characters",
    (file) => each(file, "Subtype", "Type0", (data) => data.set("Encoding", new Name("Identity-V"))),
    "has another encoding",
  ],
  ["script", (file) => file.catalogue.set("AA", new Map()), "the document acts by itself"],
  [
    "row of a table",
    (file) => each(file, "S", "TD", (data) => data.set("S", new Name("P"))),
    "a row holds more than cells",
  ],
  [
    "heading order",
    (file) => each(file, "S", "H1", (data) => data.set("S", new Name("H3"))),
    "the first heading is H3",
  ],
])("the checker sees a wrong %s", async (_, spoil, fault) => {
  const file = new PdfFile(await sample());
  spoil(file);
  expect(checkFile(file).join("\n")).toContain(fault);
});

function each(file: PdfFile, key: string, value: string, change: (data: Map<string, unknown>) => void): void {
  for (const { value: data } of file.objects.values()) {
    if (data instanceof Map && file.name(data.get(key)) === value) change(data as Map<string, unknown>);
  }
}

test("PDF syntax: names, text, numbers, dates", () => {
  expect(
    serialise({ Type: "A B/c", N: -0.00001, D: new Date("2026-01-02T03:04:05.678Z"), U: undefined }),
  ).toBe("<</Type /A#20B#2Fc /N 0 /D (D:20260102030405Z)>>");
  expect(serialise(new String("a (b) \\"))).toBe("(a \\(b\\) \\\\)");
  expect(serialise(new String("ü)"))).toBe("(\u00fe\u00ff\0\u00fc\0\\))");
  expect(serialise([1.23456, 12_345_678.9, true, null, "ok"])).toBe("[1.235 12345678.9 true null /ok]");
  expect(() => serialise(Number.NaN)).toThrow("cannot hold the number NaN");
});

test("XML: entities, and nothing that XML cannot hold", () => {
  expect(escapeXml(`a&b <c> "d" 'e' \u0001 \ud800 f`)).toBe(
    "a&amp;b &lt;c&gt; &quot;d&quot; &apos;e&apos; \ufffd \ufffd f",
  );
});

describe("fonts", () => {
  const runs = (text: string): [string, Unprintable[]] => {
    const problems: Unprintable[] = [];
    const said = set
      .runs("regular", text, (problem) => problems.push(problem))
      .map(({ face, text: part }) => `${face.key}:${part}`);
    return [said.join(" "), problems];
  };

  test("are chosen by grapheme", () => {
    expect(runs("Łódź ≥ 5 ✗ ok")[0]).toBe("regular:Łódź ≥ 5  symbols:✗ regular: ok");
    expect(runs("⚠️ 👩‍💻")[0]).toBe("emoji:⚠️ regular:  emoji:👩‍💻");
    expect(set.runs("regular", "👩‍💻", () => undefined)[0]?.face.layout("👩‍💻").glyphs).toHaveLength(1);
  });

  test("never draw .notdef: what none has is named", () => {
    expect(runs("漢")).toEqual(["regular:[U+6F22]", [{ kind: "missing-glyph", text: "漢", name: "U+6F22" }]]);
  });

  test("refuse scripts whose order is not known by name, and show what would turn text around", () => {
    expect(runs("a שלום b")[0]).toBe("regular:a  symbols:שלום regular: b");
    expect(runs("a ߒߞߏ b")).toEqual([
      "regular:a [Nko text, 3 characters, not printed] b",
      [{ kind: "right-to-left", text: "ߒߞߏ", name: "Nko" }],
    ]);
    expect(runs("a\u202eb")[0]).toBe("regular:a[U+202E]b");
    expect(runs("a\u0007b")[1][0]?.kind).toBe("control-character");
  });

  test("have tabular figures", () => {
    for (const style of ["regular", "bold", "mono"] as const) {
      const widths = [..."0123456789"].map((digit) => set.primary(style).layout(digit).advanceWidth);
      expect(new Set(widths).size).toBe(1);
    }
  });
});

describe("lines", () => {
  const document = open();

  test("break where Unicode allows, and are never wider than asked", () => {
    const lines = setText(
      [span("The quick brown fox jumps over the lazy dog, twice: well-known and/or not.")],
      100,
      document,
    );
    expect(said(lines).join("")).toBe(
      "The quick brown fox jumps over the lazy dog, twice: well-known and/or not.",
    );
    expect(lines.every(({ width }) => width <= 100.02)).toBe(true);
    expect(said(setText([span("one\ntwo")], 100, document))).toEqual(["one", "two"]);
  });

  test("cut a token that is wider than the line, and say so", () => {
    const lines = setText([span(`see ${"x".repeat(90)} end`)], 120, document);
    expect(lines.map(({ split }) => split)).toEqual([false, true, true, true, false]);
    expect(said(lines).join("")).toBe(`see ${"x".repeat(90)} end`);
  });

  test("keep the options of a command together", () => {
    const lines = said(
      setText([span("npm run db:restore --backup=pre-deployment --yes", { style: "mono" })], 150, document),
    );
    expect(lines).toEqual(["npm run db:restore ", "--backup=pre-deployment ", "--yes"]);
  });
});

describe("flow", () => {
  const box = (height: number, log: string[], name: string, rest: Partial<Box> = {}): Box => ({
    height,
    draw: (page, _, y) => log.push(`${name}@${page.number + 1}:${Math.round(y)}`),
    ...rest,
  });

  test("what stays together moves together", () => {
    const log: string[] = [];
    const flow = new Flow(open(), frame);
    flow.put(
      box(700, log, "a"),
      box(20, log, "head", { keep: true }),
      box(40, log, "row"),
      box(10, log, "next"),
    );
    flow.flush();
    expect(log).toEqual(["a@1:50", "head@2:50", "row@2:70", "next@2:110"]);
  });

  test("what follows a row goes on to the next page with it, under the head of its table", () => {
    const log: string[] = [];
    const flow = new Flow(open(), frame);
    flow.put(box(620, log, "rows"));
    flow.runningHead(box(10, log, "again"));
    flow.put(box(100, log, "row"));
    flow.runningHead(null);
    flow.put({ ...box(30, log, "reasons"), follows: true });
    flow.put(box(20, log, "next"));
    flow.flush();
    expect(log).toEqual(["rows@1:50", "again@2:50", "row@2:60", "reasons@2:160", "next@2:190"]);
  });

  test("only what is higher than a page is divided, and table heads come again", () => {
    const log: string[] = [];
    const flow = new Flow(open(), frame);
    const parts = Array.from({ length: 9 }, (_, i) => box(100, log, `p${i}`));
    flow.put(box(10, log, "head"));
    flow.runningHead(box(10, log, "again"));
    flow.put({ height: 900, parts, draw: () => log.push("whole") });
    flow.flush();
    expect(log).toEqual([
      "head@1:50",
      "again@2:50",
      ...[0, 1, 2, 3, 4, 5, 6].map((i) => `p${i}@2:${60 + i * 100}`),
      "again@3:50",
      "p7@3:60",
      "p8@3:160",
    ]);
  });
});

test("fields keep the order in which they are drawn", async () => {
  expect(fieldNames(new PdfFile(await sample()))).toEqual([
    "person.1.name",
    "item.a:b.pass",
    "signoff.eng.signature",
  ]);
});
