/** A title for a text that has none in its frontmatter, and its language. */
import type { Root } from "mdast";
import { textOf } from "./draft.ts";

/** Its first heading of the first level, else its one first line, else the name of its file. */
export function titleOf(root: Root, name: string): string {
  const heading = root.children.find((node) => node.type === "heading" && node.depth === 1);
  const title = heading ? clean(textOf(heading)) : "";
  if (title !== "") return title;
  const [first] = root.children.filter(({ type }) => type !== "html" && type !== "yaml");
  const line = first?.type === "paragraph" ? clean(textOf(first)) : "";
  const isTitle = line.length > 0 && line.length <= 80 && !/[.!?:。！？：]$|\n|_{3,}/u.test(line);
  return isTitle ? line : clean(name.replace(/\.[^.]*$/, "").replace(/[-_]+/g, " ")) || "Checklist";
}

function clean(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\uFFFD]/gu, "")
    .replace(/\s+/g, " ")
    .trim();
}

const SCRIPTS: readonly (readonly [lang: string, script: RegExp])[] = [
  ["ja", /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ["ko", /\p{Script=Hangul}/gu],
  ["zh", /\p{Script=Han}/gu],
  ["fa", /[\u067E\u0686\u0698\u06AF\u06CC]/gu],
  ["ar", /\p{Script=Arabic}/gu],
  ["he", /\p{Script=Hebrew}/gu],
  ["uk", /[іїєґ]/giu],
  ["ru", /\p{Script=Cyrillic}/gu],
  ["el", /\p{Script=Greek}/gu],
  ["th", /\p{Script=Thai}/gu],
  ["hi", /\p{Script=Devanagari}/gu],
];

/** Words and letters that are met in every text of a language and in hardly any of another. */
const WORDS: readonly (readonly [lang: string, words: RegExp])[] = [
  ["en", /(?<!\p{L})(?:the|and|is|are|with|for|all|of|to|that|before|after)(?!\p{L})/giu],
  [
    "de",
    /(?<!\p{L})(?:der|die|das|und|ist|für|mit|nicht|werden|wurde|alle|auf|ein|eine|von|sind|sie|oder|bei|zur|zum|durch|falls)(?!\p{L})|[äß]/giu,
  ],
  [
    "fr",
    /(?<!\p{L})(?:le|la|les|des|est|pour|dans|avec|une|du|sont|et|aux|sur|pas|si|ou)(?!\p{L})|[èêœç](?=\p{L})/giu,
  ],
  ["es", /(?<!\p{L})(?:el|los|las|del|de|la|para|una|por|y|según|está|con|en|si)(?!\p{L})|[ñ¿¡]/giu],
  [
    "pt",
    /(?<!\p{L})(?:os|da|do|de|dos|das|com|para|uma|não|são|ao|pelo|pela|em|um|fazer|sem)(?!\p{L})|[ãõ]/giu,
  ],
  ["it", /(?<!\p{L})(?:il|gli|della|di|del|con|per|una|è|sono|che|nel|alla|non)(?!\p{L})/giu],
  ["nl", /(?<!\p{L})(?:het|een|van|voor|niet|zijn|wordt|naar|deze|moet)(?!\p{L})/giu],
  ["pl", /(?<!\p{L})(?:nie|jest|się|dla|oraz|przed|są|został|została|do|po|ze)(?!\p{L})|[ąęłżźćńś]/giu],
  ["tr", /(?<!\p{L})(?:ve|bir|için|ile|tüm|değil|önce|sonra|olarak)(?!\p{L})|[ığş]/giu],
  [
    "vi",
    /(?<!\p{L})(?:và|của|các|được|kiểm|tra|không|hệ|thống|là|cho)(?!\p{L})|[ạảấầẩậếềểệịọốồổộớờợụứừửựđơư]/giu,
  ],
];

/** As much of a text as it takes to know its language. */
const MOST = 20_000;

/** A guess at the language of the text, as BCP 47; null where nothing stands out. */
export function languageOf(root: Root): string | null {
  const prose = textOf(root, false, MOST);
  const letters = prose.match(/\p{L}/gu)?.length ?? 0;
  if (letters < 40) return null;
  const count = (pattern: RegExp): number => prose.match(pattern)?.length ?? 0;
  const script = SCRIPTS.find(
    ([lang, pattern]) =>
      count(pattern) > letters * (lang === "ja" || lang === "fa" || lang === "uk" ? 0.02 : 0.15),
  );
  if (script) return script[0];
  const scores = WORDS.map(([lang, words]) => ({ lang, score: count(words) })).sort(
    (a, b) => b.score - a.score,
  );
  const [best, second] = scores;
  return best && best.score >= 3 && best.score > (second?.score ?? 0) * 1.3 ? best.lang : null;
}
