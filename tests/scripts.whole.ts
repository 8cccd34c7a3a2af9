/** Scripts that need an add-on font, set with fonts that Debian has. Where one is not installed, that is said. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { PdfFile } from "../src/pdf/file.ts";
import { FontSet } from "../src/pdf/fonts.ts";
import { renderSheet } from "../src/pdf/sheet.ts";
import { setLine } from "../src/pdf/text.ts";
import { faultOfFont } from "../src/source/fontfile.ts";
import { checklist as build } from "./build.ts";
import { fonts, readPages } from "./pdftext.ts";
import { faultsOf, options, squeeze } from "./sheets.ts";
import { makeProject, type } from "./terminal.ts";
import { visualOf } from "./visual.ts";

const DEBIAN = "/usr/share/fonts";
const CHINESE =
  "部署到生产环境，确认错误率低于百分之一。因为中文没有空格，所以可以在任何字符之间断行，但是标点不会在行首。";
const JAPANESE = "本番環境にデプロイし、エラー率を確認する。サーバーの再起動も忘れずに。";
const KOREAN = "프로덕션에 배포하고 오류율을 확인합니다.";
const HINDI = "उत्पादन में परिनियोजित करें और त्रुटि दर की जाँच करें। क्षत्रिय, श्री, हिन्दी";

const hasPoppler = ((): boolean => {
  try {
    execFileSync("pdftotext", ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

/** The text as poppler reads it; null where it is not installed. */
function textOf(sheet: Uint8Array): string | null {
  return hasPoppler ? execFileSync("pdftotext", ["-raw", "-", "-"], { input: sheet }).toString() : null;
}

test.each([
  ["truetype/droid/DroidSansFallbackFull.ttf", "fonts-droid-fallback", [CHINESE, JAPANESE]],
  ["truetype/wqy/wqy-zenhei.ttc", "fonts-wqy-zenhei", [CHINESE, JAPANESE, KOREAN]],
  ["opentype/ipafont-gothic/ipag.ttf", "fonts-ipafont-gothic", [JAPANESE]],
  ["truetype/nanum/NanumGothic.ttf", "fonts-nanum", [KOREAN]],
  ["truetype/noto/NotoSansDevanagari-Regular.ttf", "fonts-noto-core", [HINDI]],
  ["truetype/lohit-devanagari/Lohit-Devanagari.ttf", "fonts-lohit-deva", [HINDI]],
])("%s", async (file, debian, texts) => {
  const path = `${DEBIAN}/${file}`;
  if (!existsSync(path)) return console.log(`not tried: ${file} is not installed (${debian})`);
  const bytes = new Uint8Array(readFileSync(path));
  expect(faultOfFont(bytes)).toBeNull();
  const items = texts.map((text, i) => `- [ ] ${text} <!-- item: i${i} -->`).join("\n");
  const checklist = build(`## ${texts[0]?.slice(0, 4)}\n${items}`);
  const problems: string[] = [];
  const sheet = await renderSheet(
    checklist,
    options(checklist, {
      fonts: { ...fonts, extra: [bytes] },
      report: ({ name }) => problems.push(name),
    }),
  );
  expect(problems).toEqual([]);
  const pages = await readPages(sheet);
  expect(faultsOf(new PdfFile(sheet), pages)).toEqual([]);
  expect(sheet.length).toBeLessThan(200_000);
  const text = squeeze(textOf(sheet) ?? pages.map((page) => page.text).join(" "));
  // Without poppler only what every reader reads: pdf.js reads glyphs as they stand, and not what they stand for.
  for (const one of texts) if (hasPoppler || one !== HINDI) expect(text).toContain(squeeze(one));
});

test.each([["opentype/noto/NotoSansCJK-Regular.ttc", "fonts-noto-cjk", /PostScript outlines/]])(
  "%s is refused by name",
  (file, debian, reason) => {
    const path = `${DEBIAN}/${file}`;
    if (!existsSync(path)) return console.log(`not tried: ${file} is not installed (${debian})`);
    expect(faultOfFont(new Uint8Array(readFileSync(path)))?.reason).toMatch(reason);
  },
);

test("text of both directions stands as FriBidi puts it, whatever comes together", () => {
  if (!existsSync("/usr/bin/fribidi"))
    return console.log("not tried: fribidi is not installed (libfribidi-bin)");
  const set = new FontSet(fonts);
  const letter = fc.constantFrom(...'אבגדהוabcdef123 .,-+/:()[]<>"!%٣٤');
  const texts = fc
    .sample(fc.string({ unit: letter, minLength: 1, maxLength: 30 }), { numRuns: 2000, seed: 9 })
    .map((text) => text.replace(/ +/g, " ").trim())
    .filter((text) => /[א-ת]/.test(text));
  const found = execFileSync("fribidi", ["--nopad", "--nobreak"], { input: `${texts.join("\n")}\n` });
  const visual = found.toString().split("\n");
  expect(texts.length).toBeGreaterThan(1000);
  for (const [i, text] of texts.entries()) {
    const line = setLine([{ text, style: "regular", size: 10 }], { fonts: set, report: () => undefined });
    expect([text, visualOf(line)]).toEqual([text, visual[i]]);
  }
});

test("check and sheet name the line of site.yaml, and nothing is printed", async () => {
  const postScript = fonts.mono.slice();
  postScript.set(new TextEncoder().encode("OTTO"));
  const root = makeProject({
    "content/site.yaml":
      "organisation: Shop\nurl: https://example.com\nfonts:\n  cjk: fonts/a.otf\n  deva: fonts/b.ttf\n",
    "content/checklists/shop/1.0.0.md": "---\ntitle: Shop\n---\n\n## Night\n\n- [ ] Go <!-- item: go -->\n",
    "content/fonts/a.otf": postScript,
  });
  const check = await type(root, ["check"]);
  expect(check.code).toBe(1);
  expect(check.stdout).toMatch(/4:1 .*cjk, fonts\/a\.otf, is an OpenType font/);
  expect(check.stdout).toMatch(/5:1 .*deva, fonts\/b\.ttf, is not there/);
  const sheet = await type(root, ["sheet", "shop@1.0.0", "-o", "-"]);
  expect([sheet.code, sheet.stdout]).toEqual([1, ""]);
  expect(sheet.stderr).toContain("fonts/a.otf");
});
