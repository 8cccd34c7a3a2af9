/**
 * Fonts: parsed once per process, shared by all documents, chosen for every grapheme.
 * What no font has is never drawn as .notdef: it prints as `[U+XXXX]` and is reported.
 */
import { create, type Font, type Glyph, type GlyphRun } from "fontkit";

/** The bytes of static TrueType fonts, read by the shells from `public/fonts`. */
export interface Fonts {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
  readonly italic: Uint8Array;
  readonly mono: Uint8Array;
  /** Arrows, dingbats, box drawing, mathematics. */
  readonly symbols: Uint8Array;
  /** Emoji in one colour. */
  readonly emoji: Uint8Array;
  /** Add-ons for other scripts, in the order in which they are asked. */
  readonly extra?: readonly Uint8Array[];
}

/** Files under `public/fonts`. */
export const FONT_FILES = {
  regular: "IBMPlexSans-Regular.ttf",
  bold: "IBMPlexSans-SemiBold.ttf",
  italic: "IBMPlexSans-Italic.ttf",
  mono: "IBMPlexMono-Regular.ttf",
  symbols: "DejaVuSans.ttf",
  emoji: "NotoEmoji-Regular.ttf",
} as const satisfies Record<Exclude<keyof Fonts, "extra">, string>;

export type Style = "regular" | "bold" | "italic" | "mono";

/** One parsed font. `ascent` and `descent` are fractions of the size, the descent positive. */
export interface Face {
  readonly key: string;
  readonly font: Font;
  readonly ascent: number;
  readonly descent: number;
  /** Glyphs of a word, positions in thousandths of the size; kept. */
  layout(word: string, backwards?: boolean): GlyphRun;
}

/** A piece of text that one face can draw. */
export interface Run {
  readonly face: Face;
  readonly text: string;
}

/** Something that could not be printed as it is written. */
export interface Unprintable {
  readonly kind: "missing-glyph" | "right-to-left" | "control-character";
  /** The characters concerned. */
  readonly text: string;
  /** `U+05E9`, or the name of the script. */
  readonly name: string;
}

/** Words kept per face; when full, the face starts again. */
const WORDS_KEPT = 20_000;
const GRAPHEMES_KEPT = 20_000;

/**
 * fontkit keeps a glyph with the characters it was first asked for, in whatever document that was. Here a glyph has those
 * of the text it stands in, or the same text would be written otherwise after another.
 */
function keepCharacters(font: Font): void {
  const shared = font.getGlyph.bind(font);
  font.getGlyph = (id, codePoints = []) =>
    Object.assign(Object.create(shared(id, codePoints)) as Glyph, {
      codePoints,
      isMark: codePoints.length > 0 && /^\p{M}+$/u.test(String.fromCodePoint(...codePoints)),
      isLigature: codePoints.length > 1,
    });
}

function openFace(key: string, bytes: Uint8Array): Face {
  // fontkit reads the head of an empty last glyph past the end of the file.
  const padded = new Uint8Array(bytes.length + 64);
  padded.set(bytes);
  const opened = create(padded);
  const [font] = "fonts" in opened ? opened.fonts : [opened];
  if (!font) throw new Error(`the collection of fonts for ${key} is empty`);
  keepCharacters(font);
  const scale = 1000 / font.unitsPerEm;
  const words = new Map<string, GlyphRun>();
  return {
    key,
    font,
    ascent: font.ascent / font.unitsPerEm,
    descent: -font.descent / font.unitsPerEm,
    layout(word, backwards = false) {
      const key = backwards ? `\u200f${word}` : word;
      const known = words.get(key);
      if (known) return known;
      // Told, and not guessed from the script: Arabic digits go from left to right.
      const direction = backwards ? "rtl" : "ltr";
      const { glyphs, positions, advanceWidth } = font.layout(
        word,
        undefined,
        undefined,
        undefined,
        direction,
      );
      const run = {
        glyphs,
        advanceWidth: advanceWidth * scale,
        positions: positions.map((at) => ({
          xAdvance: at.xAdvance * scale,
          yAdvance: at.yAdvance * scale,
          xOffset: at.xOffset * scale,
          yOffset: at.yOffset * scale,
        })),
      };
      if (words.size >= WORDS_KEPT) words.clear();
      words.set(key, run);
      return run;
    },
  };
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}]/u;
/** Scripts whose order and shapes are known; others are named, whatever fonts there are. */
const SET_BACKWARDS = /[\p{Script=Hebrew}\p{Script=Arabic}]/u;
const SCRIPTS = ["Hebrew", "Arabic", "Syriac", "Thaana", "Nko", "Samaritan", "Mandaic", "Adlam"];
/** Controls, and what changes the direction of text without being seen. */
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** Characters that change how others look and need no glyph of their own. */
const INVISIBLE = /\u200d|[\u200b\u200c\u2060\ufeff\u00ad]|[\ufe00-\ufe0f]/gu;
const EMOJI = /\ufe0f|\p{Emoji_Presentation}/u;
const SIMPLE = /^[ -~]*$/;

/** Text for places that a viewer draws with its own fonts: without controls and turns of direction. */
export function inert(text: string): string {
  return text.toWellFormed().replace(new RegExp(UNSAFE, "gu"), "\ufffd");
}

function codePoints(text: string): number[] {
  return [...text].map((char) => char.codePointAt(0) ?? 0);
}

export function codePointName(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** The fonts of one installation, parsed. */
export class FontSet {
  readonly #chains: Readonly<Record<Style, readonly Face[]>>;
  readonly #emojiFirst: readonly Face[];
  readonly #chosen = new Map<string, Face | null>();

  constructor(fonts: Fonts) {
    const symbols = openFace("symbols", fonts.symbols);
    const emoji = openFace("emoji", fonts.emoji);
    const rest = [symbols, emoji, ...(fonts.extra ?? []).map((bytes, i) => openFace(`extra${i}`, bytes))];
    const chain = (style: Style): readonly Face[] => [openFace(style, fonts[style]), ...rest];
    this.#chains = {
      regular: chain("regular"),
      bold: chain("bold"),
      italic: chain("italic"),
      mono: chain("mono"),
    };
    this.#emojiFirst = [emoji, symbols];
  }

  /** The face that a style has for ordinary text. */
  primary(style: Style): Face {
    const face = this.#chains[style][0];
    if (!face) throw new Error(`no font for ${style}`);
    return face;
  }

  /**
   * Splits text by font. Characters that cannot be printed as they are become `[U+XXXX]` (a run of
   * right-to-left text is named by its script) and are reported.
   */
  runs(style: Style, text: string, report: (problem: Unprintable) => void): Run[] {
    const primary = this.primary(style);
    if (SIMPLE.test(text)) return text === "" ? [] : [{ face: primary, text }];
    const runs: Run[] = [];
    const add = (face: Face, piece: string): void => {
      const last = runs.at(-1);
      if (last?.face === face) runs[runs.length - 1] = { face, text: last.text + piece };
      else runs.push({ face, text: piece });
    };
    let backwards = "";
    const flush = (): void => {
      if (backwards === "") return;
      const name =
        SCRIPTS.find((script) => new RegExp(`\\p{Script=${script}}`, "u").test(backwards)) ?? "right-to-left";
      report({ kind: "right-to-left", text: backwards, name });
      add(primary, `[${name} text, ${[...graphemes.segment(backwards)].length} characters, not printed]`);
      backwards = "";
    };
    for (const { segment } of graphemes.segment(text)) {
      const face = this.#faceFor(style, segment);
      if (RIGHT_TO_LEFT.test(segment) && (face === null || !SET_BACKWARDS.test(segment))) {
        backwards += segment;
        continue;
      }
      flush();
      if (face) add(face, segment);
      else add(primary, unprintable(segment, report));
    }
    flush();
    return runs.map((run) => ({ face: run.face, text: this.#drawn(run) }));
  }

  /** Invisible characters stay only where the face has them, as emoji sequences need. */
  #drawn(run: Run): string {
    return run.text.replace(INVISIBLE, (char) =>
      run.face.font.hasGlyphForCodePoint(char.codePointAt(0) ?? 0) ? char : "",
    );
  }

  #faceFor(style: Style, grapheme: string): Face | null {
    const key = `${style} ${grapheme}`;
    const known = this.#chosen.get(key);
    if (known !== undefined) return known;
    const chain = this.#chains[style];
    const face = UNSAFE.test(grapheme)
      ? null
      : ((EMOJI.test(grapheme) ? [...this.#emojiFirst, ...chain] : chain).find((each) =>
          canDraw(each, grapheme),
        ) ?? null);
    if (this.#chosen.size >= GRAPHEMES_KEPT) this.#chosen.clear();
    this.#chosen.set(key, face);
    return face;
  }
}

function canDraw(face: Face, grapheme: string): boolean {
  const visible = grapheme.replace(INVISIBLE, "");
  if (!codePoints(visible).every((codePoint) => face.font.hasGlyphForCodePoint(codePoint))) return false;
  return face
    .layout(
      grapheme.replace(INVISIBLE, (char) =>
        face.font.hasGlyphForCodePoint(char.codePointAt(0) ?? 0) ? char : "",
      ),
    )
    .glyphs.every((glyph) => glyph.id !== 0);
}

function unprintable(grapheme: string, report: (problem: Unprintable) => void): string {
  const names = codePoints(grapheme).map(codePointName);
  const kind = UNSAFE.test(grapheme) ? "control-character" : "missing-glyph";
  report({ kind, text: grapheme, name: names.join(" ") });
  return names.map((each) => `[${each}]`).join("");
}

const parsed = new WeakMap<Fonts, FontSet>();

/** Parses the fonts, once for each value. */
export function parseFonts(fonts: Fonts): FontSet {
  const known = parsed.get(fonts);
  if (known) return known;
  const set = new FontSet(fonts);
  parsed.set(fonts, set);
  return set;
}
