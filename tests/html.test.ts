/** Bodies of checklists as HTML: fixture pairs found by listing the folder, and what no input may do. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderBody, renderContents } from "../src/html/body.ts";
import { el, seen, serialize } from "../src/html/html.ts";
import { linkRules } from "../src/html/links.ts";
import type { Checklist } from "../src/model/checklist.ts";
import type { Inline } from "../src/model/text.ts";
import { checklist } from "./build.ts";
import { tagsOf } from "./markup.ts";

const folder = join(import.meta.dirname, "fixtures/html");
const names = readdirSync(folder).filter((name) => name.endsWith(".md"));

/** A tag a line, so that a change shows where it is. */
function lines(html: string): string {
  return `${html.replace(/(<\/?(?:section|ul|ol|li|p|h\d|div|figure|figcaption|pre|table|tr|dl|details|aside|blockquote)[ >])/g, "\n$1").trim()}\n`;
}

describe("bodies", () => {
  test.each(names)("%s", async (name) => {
    const body = renderBody(checklist(readFileSync(join(folder, name), "utf8")));
    await expect(lines(body)).toMatchFileSnapshot(join(folder, name.replace(/\.md$/, ".html")));
  });

  test("every id is given once, and every link inside leads to one", () => {
    for (const name of names) {
      const made = checklist(readFileSync(join(folder, name), "utf8"));
      const tags = tagsOf(renderBody(made) + renderContents(made));
      const ids = tags.flatMap(({ attributes }) => attributes.get("id") ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      const inside = tags
        .flatMap(({ attributes }) => attributes.get("href") ?? [])
        .filter((href) => href.startsWith("#"));
      expect(inside.filter((href) => !ids.includes(href.slice(1)))).toEqual([]);
    }
  });

  test("headings never jump", () => {
    const made = checklist(
      "## Two <!-- section: two -->\n\n#### Four <!-- section: four -->\n\n- [ ] Do <!-- item: do -->\n",
    );
    const levels = tagsOf(renderBody(made)).flatMap(({ name }) => /^h(\d)$/.exec(name)?.[1] ?? []);
    expect(levels).toEqual(["2", "3"]);
  });
});

describe("links", () => {
  const { link, image } = linkRules("../");
  test.each([
    ["https://example.com/x", "https://example.com/x"],
    ["mailto:a@example.com", "mailto:a@example.com"],
    ["#error-rate", "#error-rate"],
    ["2.0.0.md", "../2.0.0/"],
    ["./2.0.0.md#item", "../2.0.0/#item"],
    ["../pos-platform/2.0.0.md", "../../pos-platform/2.0.0/"],
    ["files/plan.png", "../files/plan.png"],
    ["javascript:alert(1)", null],
    ["JaVaScRiPt:alert(1)", null],
    ["java\tscript:alert(1)", null],
    [" \u0001javascript:alert(1)", null],
    ["data:text/html,x", null],
    ["vbscript:x", null],
    ["//example.com/x", null],
    ["/\\example.com", null],
    ["files/../../secret", null],
    ["https://", null],
  ])("%s leads to %s", (href, expected) => {
    expect(link(href)).toBe(expected);
  });
  test("pictures come from the checklist's own folder only", () => {
    expect(image("files/a.png")).toBe("../files/a.png");
    expect(image("https://example.com/a.png")).toBeNull();
    expect(image("data:image/png;base64,AAAA")).toBeNull();
  });
});

describe("hostile text", () => {
  test("what cannot be seen is made visible, in text and in attributes", () => {
    expect(serialize(el("p", {}, "a\u202eb\u0007c\u200bd"))).toBe(
      '<p>a<span class="unseen">U+202E</span>b<span class="unseen">U+0007</span>c<span class="unseen">U+200B</span>d</p>',
    );
    expect(seen("a\u202eb\ud800")).toBe("a[U+202E]b[U+D800]");
    expect(serialize(el("p", {}, "👩‍💻 family: 👨‍👩‍👧, ❤️"))).toBe("<p>👩‍💻 family: 👨‍👩‍👧, ❤️</p>");
  });

  const piece = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "<script>hit()</script>",
      "<img src=x onerror=hit()>",
      '"><svg onload=hit()>',
      "javascript:hit()",
      "</style></title></textarea>",
      "<!--",
      "-->",
      "]]>",
      "&lt;b&gt;",
      "\u202e\u2066",
    ),
  );
  const inline: fc.Arbitrary<Inline> = fc.letrec<{ inline: Inline }>((tie) => ({
    inline: fc.oneof(
      { depthSize: "small" },
      fc.record({ type: fc.constant("text" as const), value: piece }),
      fc.record({ type: fc.constant("code" as const), value: piece }),
      fc.record({ type: fc.constant("raw" as const), value: piece }),
      fc.record({ type: fc.constant("image" as const), src: piece, alt: piece, title: fc.option(piece) }),
      fc.record({
        type: fc.constant("link" as const),
        href: piece,
        title: fc.option(piece),
        children: fc.array(tie("inline")),
      }),
      fc.record({ type: fc.constant("strong" as const), children: fc.array(tie("inline")) }),
    ),
  })).inline;

  test("no text becomes markup, wherever it stands", () => {
    const base = checklist("## One <!-- section: one -->\n\n- [ ] Do <!-- item: do -->\n");
    fc.assert(
      fc.property(fc.array(inline, { maxLength: 6 }), piece, (children, text) => {
        const hostile: Checklist = {
          ...base,
          title: text,
          contacts: [{ role: text, for: text, channel: text }],
          fields: [
            {
              id: "f",
              label: text,
              type: "text",
              choices: [text],
              required: true,
              authority: text,
              section: null,
            },
          ],
          content: [
            { type: "paragraph", children },
            { type: "raw", value: text },
            { type: "table", align: [null], head: [children], rows: [[children]] },
            { type: "code", lang: "bash", value: text, command: null, template: null, line: 1 },
            { type: "quote", alert: "note", content: [{ type: "paragraph", children }] },
          ],
        };
        // tagsOf throws at the first `<` that begins no tag of the allow-list.
        tagsOf(renderBody(hostile));
      }),
      { numRuns: 300 },
    );
  });
});
