/** What comes in is hostile until parsed: every one of these ends in a named refusal or in text, never in a crash. */
import { describe, expect, test } from "vitest";
import { outlineOf } from "../src/model/outline.ts";
import { parseChecklist } from "../src/source/parse.ts";

const parse = (text: string) =>
  parseChecklist({ id: "t", version: "1.0.0", file: "t.md", text, digest: "sha256:-" });
const reasons = (text: string) => parse(text).diagnostics.map(({ rule, reason }) => `${rule}: ${reason}`);

describe("frontmatter", () => {
  const refused: readonly (readonly [string, string, RegExp])[] = [
    [
      "JavaScript",
      "---js\n{ title: (globalThis.pwned = 1) }\n---\n",
      /frontmatter in JavaScript is not read/,
    ],
    ["JSON", '---json\n{"title": "x"}\n---\n', /frontmatter in JSON is not read/],
    ["an unknown language", "---lisp\n(title)\n---\n", /language is not known/],
    ["aliases", "---\ntitle: &a x\nowner: *a\n---\n", /alias/i],
    ["merge keys", "---\nx: {a: 1}\n<<: {title: x}\n---\n", /unknown key/],
    ["duplicate keys", "---\ntitle: a\ntitle: b\n---\n", /duplicat/i],
    ["depth", `---\nextra: ${"[".repeat(40)}${"]".repeat(40)}\n---\n`, /depth|nest/i],
    ["tags", "---\ntitle: !!js/function 'x'\n---\n", /tag/i],
    ["a list", "---\n- title\n---\n", /keys and values/],
    [
      "more than anybody writes",
      `---\ntitle: ${"x".repeat(70_000)}\n---\n`,
      /frontmatter has \d+ characters/,
    ],
    ["nothing", "# Title\n", /title/],
    [
      "a number for a version",
      "---\ntitle: x\nproduct: {name: y, version: 1.10}\n---\n",
      /product\.version must be text, got the number 1\.1/,
    ],
  ];
  test.each(refused)("refuses %s", (_name, text, reason) => {
    expect(reasons(text).join("\n")).toMatch(reason);
    expect(parse(text).checklist).toBeNull();
    expect(globalThis).not.toHaveProperty("pwned");
  });

  test("keys that reach for the prototype change nothing", () => {
    parse(
      "---\ntitle: x\n__proto__: {polluted: 1}\nextra: {__proto__: {polluted: 1}, constructor: {prototype: {polluted: 1}}}\n---\n- [ ] a\n",
    );
    expect({}).not.toHaveProperty("polluted");
  });
});

describe("Markdown", () => {
  const front = "---\ntitle: x\n---\n";

  test("nested too deep is refused by name", () => {
    expect(reasons(`${front}${"> ".repeat(300)}deep`).join()).toMatch(/nests more than 100 deep/);
    expect(
      reasons(
        `${front}${Array.from({ length: 300 }, (_, n) => `${"  ".repeat(n)}- [ ] a\n`).join("")}`,
      ).join(),
    ).toMatch(/nests more than 100 deep/);
  });

  test.each([
    ["emphasis", `${"*a **a ".repeat(3000)}`],
    ["brackets", "[".repeat(20_000)],
    ["backticks", Array.from({ length: 200 }, (_, n) => "`".repeat(n)).join(" ")],
    ["references", `${"[a][b] ".repeat(5000)}\n\n[b]: x`],
    ["entities", "&".repeat(20_000)],
    ["tables", `|${"a|".repeat(200)}\n|${"-|".repeat(200)}\n${`|${"b|".repeat(200)}\n`.repeat(20)}`],
    ["underscores", "_".repeat(50_000)],
    ["comments", "<!-- item: ".repeat(3000)],
    ["list markers", "- ".repeat(90)],
  ])("pathological %s keep their text", (_name, text) => {
    const { checklist } = parse(front + text);
    expect(checklist).not.toBeNull();
  });

  test.each([1, 0])("details that nest too deep are refused by name, closed or not (%s)", (closed) => {
    const text = `${"<details>\n\n".repeat(5000)}x\n\n${"</details>\n\n".repeat(5000 * closed)}`;
    expect(reasons(front + text).join()).toMatch(/nests more than 100 deep: close each <details>/);
  });

  test("more parts than any page has are refused by name", () => {
    expect(reasons(`${front}${"*a* ".repeat(14_000)}`).join()).toMatch(/has \d+ parts, more than 20000/);
    // Before a tree is made of them.
    expect(reasons(`${front}${"|a".repeat(300_000)}`).join()).toMatch(/has \d+ marks .* more than 30000/);
  });

  test("references to characters that fill a paragraph are refused by name: the parser keeps every beginning of it", () => {
    expect(reasons(`${front}${"&amp;".repeat(20_000)}`).join()).toMatch(/20000 character references/);
    const { checklist } = parse(`${front}${"- [ ] a &amp; b &lt; c\n".repeat(1000)}`);
    expect(checklist && outlineOf(checklist).items).toHaveLength(1000);
  });

  test("comments that never end are looked at once, and closed ones beside them are still none of the text", () => {
    const { checklist } = parse(`${front}${"<!--".repeat(29_000)}`);
    expect(checklist).not.toBeNull();
    expect(reasons(`${front}<!-- a --> <!-- b -->\n\n- [ ] a <!-- item: a -->`)).toEqual(
      reasons(`${front}- [ ] a <!-- item: a -->`),
    );
  });

  test("javascript links and HTML stay text and addresses of the model: nothing here makes markup", () => {
    const { checklist } = parse(
      `${front}\n- [ ] [x](javascript:alert(1)) <img src=x onerror=alert(1)> <!-- item: a -->\n`,
    );
    const item = checklist && outlineOf(checklist).items[0];
    expect(item?.title).toContainEqual({
      type: "link",
      href: "javascript:alert(1)",
      title: null,
      children: [{ type: "text", value: "x" }],
    });
    expect(item?.title).toContainEqual({ type: "raw", value: "<img src=x onerror=alert(1)>" });
  });
});
