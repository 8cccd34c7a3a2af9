/** Mended encodings: what was misread is restored, what is clean stays as it is, in any language. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../src/source/edits.ts";
import { planMend } from "../src/source/encoding/mend.ts";
import { codePages } from "../src/source/encoding/pages.ts";

const shared = new URL("../../shared/", import.meta.url).pathname;
const hasShared = existsSync(join(shared, "corpus")) && existsSync(join(shared, "seeds"));
const readShared = (path: string): string =>
  new TextDecoder("utf-8", { ignoreBOM: true }).decode(readFileSync(join(shared, path)));

const mend = (text: string): string => applyEdits(text, planMend(text).edits);
/** What becomes of a text whose UTF-8 is read in a page. */
function misread(text: string, name: string): string {
  const page = codePages.find((one) => one.name === name);
  const charOf = new Map([...(page?.byteOf ?? [])].map(([character, byte]) => [byte, character]));
  return [...new TextEncoder().encode(text)]
    .map((byte) => charOf.get(byte) ?? String.fromCharCode(byte))
    .join("");
}

test.each(["windows-1252", "windows-1254", "macintosh", "iso-8859-15"])(
  "the table of %s is WHATWG's",
  (label) => {
    const upper = Uint8Array.from({ length: 128 }, (_, at) => at + 128);
    const page = codePages.find(
      ({ name }) => name === label || (label === "macintosh" && name === "mac-roman"),
    );
    const table = [...(page?.byteOf.keys() ?? [])].join("");
    expect(table).toBe(new TextDecoder(label).decode(upper));
  },
);

test("the windows pages know which of their bytes have no character", () => {
  const lost = (name: string) =>
    codePages.find((page) => page.name === name)?.unassigned.map((byte) => byte.toString(16));
  expect(lost("windows-1252")).toEqual(["81", "8d", "8f", "90", "9d"]);
  expect(lost("windows-1254")).toEqual(["81", "8d", "8e", "8f", "90", "9d", "9e"]);
  expect(lost("mac-roman")).toEqual([]);
});

describe("what was misread", () => {
  const samples = [
    "- [ ] Tests pass ✅\n",
    "# 🎯 Zielumgebung prüfen → „heute“ – fünf Größen\n",
    "Vérifier l’état du déploiement : « c’est fait » …\n",
    "Kiểm tra cơ sở dữ liệu trước khi triển khai\n",
    "Zażółć gęślą jaźń\nProverjaj Проверь базу данных\n",
    "部署前检查：数据库备份\nデプロイの確認\n배포 확인\n",
    "┌──┐\n│ok│\n└──┘ ⚠️ 🏗️ 👩‍💻 1️⃣\n",
    "İşlem tamamlandı, ölçüm ≤ 5 ms\n",
    "Έλεγχος πριν από την ανάπτυξη\n",
    "فحص قبل النشر\nבדיקה לפני פריסה\nตรวจสอบก่อน\n",
  ];
  for (const page of codePages) {
    test.each(samples)(`${page.name}: %j comes back`, (sample) => {
      expect(mend(misread(sample, page.name))).toBe(sample);
    });
    test(`${page.name}: twice over as well`, () => {
      const text = "- [ ] Größe geprüft ✅ → weiter\n";
      expect(mend(misread(misread(text, page.name), page.name))).toBe(text);
    });
  }

  test("one page a file, and the report says which", () => {
    expect(planMend(misread("🎯 ✅", "windows-1254")).pages).toEqual(["windows-1254"]);
    expect(planMend(misread("🎯 ✅", "mac-roman")).pages).toEqual(["mac-roman"]);
    expect(planMend("🎯 ✅").pages).toEqual([]);
  });

  test("each run is an edit of its own with its reason", () => {
    expect(planMend("a â”œâ”€ b âœ… c").edits).toEqual([
      {
        offset: 2,
        old: "â”œâ”€",
        new: "├─",
        kind: "encoding",
        why: "'â”œâ”€' is '├─' that was read as windows-1252",
        confidence: "certain",
      },
      {
        offset: 11,
        old: "âœ…",
        new: "✅",
        kind: "encoding",
        why: "'âœ…' is '✅' that was read as windows-1252",
        confidence: "certain",
      },
    ]);
  });

  test("a stretch in a text that is clean otherwise is mended, and nothing else of it", () => {
    expect(mend("Größe geprüft â€“ „fertig“ Ã¼ber")).toBe("Größe geprüft – „fertig“ über");
    expect(mend("déjà vu, donâ€™t, 日本")).toBe("déjà vu, don’t, 日本");
  });
});

describe("lost bytes", () => {
  test("a variation selector behind its emoji is certain, and so is the quote that closes", () => {
    expect(mend("âš\u00A0ï¸ Monitor")).toBe("⚠️ Monitor");
    expect(mend("âš\u00A0ï¸\uFFFD Monitor")).toBe("⚠️ Monitor");
    expect(mend("say â€œyesâ€, he said")).toBe("say “yes”, he said");
    expect(mend("1ï¸âƒ£ first")).toBe("1️⃣ first");
    expect(mend("ðŸ‘©â€ðŸ’» works")).toBe("👩‍💻 works");
  });

  test("anything else is U+FFFD with what it may have been; nothing is guessed", () => {
    const plan = planMend("ğŸš€ ## ğŸ¯ Goals");
    expect(applyEdits("ğŸš€ ## ğŸ¯ Goals", plan.edits)).toBe("🚀 ## \uFFFD Goals");
    const lost = plan.edits.find(({ kind }) => kind === "lost");
    expect(lost).toMatchObject({ old: "ğŸ¯", new: "\uFFFD", confidence: "unsure" });
    expect(lost?.candidates).toEqual(expect.arrayContaining(["🎯", "🍯", "🏯", "🐯"]));
    expect(lost?.candidates?.length).toBeLessThan(20);
  });

  test("a selector without an emoji before it, a hyphen or a quote that nothing opened stay unknown", () => {
    expect(mend("âœ… a ï¸ b")).toBe("✅ a \uFFFD b");
    expect(mend("âœ… yesâ€ he said")).toBe("✅ yes\uFFFD he said");
    expect(mend("ï¿½ âœ…")).toBe("\uFFFD ✅");
  });
});

describe("clean text is never touched", () => {
  const clean = [
    [
      "French",
      "« Été » : l’hôpital « Café\u00A0» – “Il a parlé…” «\u00A0état\u00A0» CAFɔ À\u00A0L’ÉCOLE\u00A0: É\u00A0!",
    ],
    ["German", "„Spaß“ – GROSSES „Ä“, MENÜ…, Maß“ ›Größe‹ »Fußweg« 20\u00A0°C, § 5, 3 € ‚so‘"],
    ["Vietnamese", "“ĐÃ” LÀ… Kiểm tra “â” và ‘ê’ ẤN NÚT… ÂM NHẠC – ĐÃ…"],
    ["Polish", "„Zażółć gęślą jaźń” – ŁÓDŹ… Ó”"],
    ["Turkish", "GÜNEŞ’E, İSTANBUL’DA, “ÇİÇEĞİ”, BAKANLIĞI’NIN, İ’ Ş” ğ… ı’"],
    ["Greek", "«Καλημέρα» – έλεγχος… Α’ Β”"],
    ["Russian", "«Проверка» — всё… ёлка “да”"],
    ["Ukrainian", "Різдво, їжак, ґанок — «так»…"],
    ["Spanish", "“Sí…”, ¿QUÉ…? «¡Así!» “el menú…” N.º 5, 1.ª"],
    ["Portuguese", "“IRMÔ, NÃO…, O que é…” “É” MAMÃ… à\u00A0» avó… “ô”"],
    ["Italian", "«È» così… “perché…” città’ CITTÀ… L’È"],
    ["Romanian", "„coborâ…”, „hotărâ”… ÎN… „â”… România"],
    ["Czech", "„náš…“ víš… „Což?“ ÁŠ… „řež“"],
    ["Slovak", "„vôňa“ – náš… ô… ľ“"],
    ["Hungarian", "„öö…”, „ŐÜ” tűrő Ü” Ö… É…"],
    ["Estonian", "„öö“ „üüd“ – jäääär… Õ“"],
    ["Finnish", "”Yö…” – pää…” Ä” Å…"],
    ["Swedish", "”Ö” – på ”å…” Ö… SJÖ” Å”"],
    ["Danish", "»Ø« – på »å…« Ø… »Æ«"],
    ["Icelandic", "„Ð“ – „þú“ Þ… ð…“ við…”"],
    ["Dutch", "‘één…’ – ’s ochtends, coördinatie… IJ“"],
    ["Catalan", "«col·legi» – l’à… í·l È” Ï”"],
    ["Irish", "“Á…” – “é” Í’ Ó’Brien"],
    ["Welsh", "‘tŷ…’ – ‘tân’ â’ ô… Â’"],
    ["Lithuanian", "„ąžuolas“ – šį… Ų“"],
    ["Chinese", "部署前检查：「数据库」——备份……（完成）“是”"],
    ["Japanese", "デプロイ前の確認「はい」…〜 ①②③ ☐ ✅"],
    ["Korean", "배포 전 점검 “예” … ※ ①"],
    ["Arabic", "فحص قبل النشر «نعم» … ١٢٣ – آ"],
    ["Persian", "می‌شود «بله» … ۱۲۳"],
    ["Hebrew", "בדיקה לפני פריסה “כן” – ״צה״ל״ …"],
    ["Hindi", "तैनाती से पहले जाँच “हाँ” …"],
    ["Thai", "ตรวจสอบก่อนใช้งาน “ใช่” …"],
    ["emoji", "✅ ⚠️ 🎯 👩‍💻 1️⃣ 🏳️‍🌈 🇨🇭 ☑ ☐ → ← ⌘"],
    ["boxes", "┌──────┐\n│ a │\n├──┼──┤\n└──────┘ ╔═╗ ═╝ █▓▒░ ██░░ ─┐ ┤┐ ┬┐ ├étape │é ■"],
    ["mathematics", "√π ≈ ∆x ± 5 µs, ∑ ≤ ∞, α β Γ π Σ σ, ≡ ∩ °C · √2 ÷ ×, µé ¬a, ∂f/∂x"],
    ["a text about broken text", '“âœ…” stands for ✅, and `â€™` for ’; see "Ã©".'],
    ["trademarks", "Café™, Nestlé®, Pokémon…, naïve©, piñata², Bogotá° ½ ¼ ª º ñª"],
  ] as const;

  test.each(clean)("%s", (_language, text) => {
    expect(planMend(text).edits).toEqual([]);
    expect(planMend(text.toUpperCase()).edits).toEqual([]);
  });

  test("every accented letter before every closing quote, dash and mark", () => {
    const letters = [..."àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßþðğışşœžšÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞĞİŞŒŽŠ"];
    const marks = ["’", "”", "“", "»", "«", "…", "–", "\u00A0", "™", "²"];
    const ends = marks.flatMap((one) => [one, ...marks.map((two) => one + two)]);
    const wrong = letters.flatMap((letter) =>
      ends.flatMap((end) =>
        [`${letter === letter.toUpperCase() ? "MOT" : "mot"}${letter}${end}`, `“${letter}${end}`]
          .map((text) => `${text} und größer\n`)
          .filter((text) => planMend(text).edits.length > 0),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test.skipIf(!hasShared)("all clean files of ../shared (skipped where the folder is absent)", () => {
    const broken = ["001_", "002_", "004_", "070.", "072.", "091."];
    const files = ["seeds", "corpus"]
      .flatMap((folder) => readdirSync(join(shared, folder)).map((name) => `${folder}/${name}`))
      .sort();
    const touched = files.filter((file) => planMend(readShared(file)).edits.length > 0);
    expect(touched.map((file) => file.replace(/^.*\//, "").slice(0, 4)).sort()).toEqual(broken);
  });
});

test.skipIf(!hasShared)("the broken files of ../shared (skipped where the folder is absent)", () => {
  const left = /[\u0080-\u009FâÂÃðğ‚ï]/;
  const names = [
    "seeds/001_c01134cf476bd4af.txt",
    "seeds/002_ccfb2ba0eef841d1.txt",
    "seeds/004_29d46a1dad811132.txt",
  ];
  for (const name of [...names, "corpus/070.md", "corpus/072.md", "corpus/091.md"]) {
    const text = readShared(name);
    const mended = mend(text);
    expect(mended, name).not.toMatch(left);
    expect(mended.replace(/[\u0080-\uFFFF]/g, ""), name).toBe(text.replace(/[\u0080-\uFFFF]/g, ""));
    expect(mended.split("\uFFFD").length - 1, name).toBe(name.includes("002_") ? 3 : 0);
    expect(planMend(mended).edits, name).toEqual([]);
  }
});

test("whatever the text: mending is done after once, and what is misread through and through comes back", () => {
  const word = fc.constantFrom(
    "prüfen",
    "été",
    "naïve",
    "✅",
    "→",
    "„ja“",
    "日本語",
    "проверка",
    "🚀",
    "a",
    "b.",
    "“x”",
    "ñ",
    "5 €",
  );
  const text = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => `${words.join(" ")} ✅ → ok`);
  fc.assert(
    fc.property(text, fc.constantFrom(...codePages.map(({ name }) => name)), (sample, page) => {
      expect(planMend(sample).edits).toEqual([]);
      expect(mend(misread(sample, page))).toBe(sample);
    }),
    { numRuns: 30, seed: 3 },
  );
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (sample) => {
      const once = mend(sample);
      expect(mend(once)).toBe(once);
    }),
    { numRuns: 80, seed: 4 },
  );
});

test("iconv-lite and the tables agree on a text that is saved in the page", () => {
  expect(iconv.decode(iconv.encode("Grüße – “ja” €", "windows-1252"), "windows-1252")).toBe("Grüße – “ja” €");
});

test("broken text in a fence of a text that is clean otherwise may be an example, and stays", () => {
  const example = "Use „UTF-8“.\n\n```js\nbuffer.toString('latin1'); // tÃ©st\n```\n";
  expect(mend(example)).toBe(example);
  expect(mend("Ã¼ber\n\n```\ncafÃ©\n```\n")).toBe("über\n\n```\ncafé\n```\n");
});
