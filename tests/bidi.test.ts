/** Text of both directions: in the order in which GNU FriBidi 1.0.8, another hand's UAX 9, puts it. */
import { expect, test } from "vitest";
import { FontSet } from "../src/pdf/fonts.ts";
import { type Line, type Span, setLine, setText } from "../src/pdf/text.ts";
import { fonts } from "./pdftext.ts";
import { visualOf } from "./visual.ts";

const set = new FontSet(fonts);
const setting = {
  fonts: set,
  report: ({ name }: { readonly name: string }) => {
    throw new Error(`${name} is not printed`);
  },
};
const span = (text: string, style: Span["style"] = "regular"): Span => ({ text, style, size: 10 });
const read = (line: Line): string =>
  line.pieces.map(({ text, backwards }) => backwards?.says ?? text).join("");

test.each([
  ["car means אבג.", "car means גבא."],
  ["אבג דהו means car.", ".means car והד גבא"],
  ["אבג (xyz) דהו", "והד (xyz) גבא"],
  ["(אבג) def (דהו)", "(והד) def (גבא)"],
  ["אבג 123 דהו, 4-5.", ".4-5 ,והד 123 גבא"],
  ["abc אבג 12.5% def", "abc 12.5% גבא def"],
  ["version 2.1.0 של אבג!", "version 2.1.0 גבא לש!"],
  ["a [ב {c} ד] e", "a [ב {c} ד] e"],
  ["1 אבג 2 דהו 3", "3 והד 2 גבא 1"],
  ["def: אבג/דהו; 10:30 אבג", "def: גבא 10:30 ;והד/גבא"],
  ["<אבג> & דהו = x", "x = והד & <גבא>"],
  ["אבג ٣٠ דהו", "והד ٣٠ גבא"],
])("%s", (logical, visual) => {
  const line = setLine([span(logical)], setting);
  expect(visualOf(line)).toBe(visual);
  // What is read is what was written, whatever stands where.
  expect(read(line)).toBe(logical);
});

test("spans of a paragraph have one order", () => {
  const line = setLine([span("אבג "), span("bold", "bold"), span(" דהו")], setting);
  expect(visualOf(line)).toBe("והד bold גבא");
});

test("a paragraph from right to left breaks where it is read, and stands at the right", () => {
  const text = "לפרוס את הגרסה 2.1.0 לסביבת הייצור ולוודא ששיעור השגיאות נמוך";
  const lines = setText([span(text)], 150, setting);
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.map((line) => read(line).trim()).join(" ")).toBe(text);
  for (const line of lines) {
    expect(line.width).toBeCloseTo(150, 3);
    const ends = line.pieces.map(({ x, width }) => x + width);
    expect(Math.max(...ends)).toBeCloseTo(150, 3);
  }
  const [first] = setText([span("Go on with אבג")], 150, setting);
  expect(first?.pieces[0]?.x).toBe(0);
});

test("code goes from left to right", () => {
  const [line] = setText([span("# אבג דהו\necho 1", "mono")], 300, setting);
  expect(visualOf(line as Line)).toBe("# והד גבא");
  expect(line?.pieces[0]?.x).toBe(0);
});

test("Arabic letters join, digits keep their order", () => {
  const face = set.runs("regular", "بيت", () => undefined)[0]?.face;
  const joined = face?.layout("بيت", true).glyphs.map(({ id }) => id) ?? [];
  const alone = [..."بيت"].map((letter) => face?.layout(letter, true).glyphs[0]?.id);
  expect(joined).toHaveLength(3);
  // The last letter stands at the left, in its final form.
  expect(joined.filter((id) => alone.includes(id))).toEqual([]);
  const digits = set.runs("regular", "٣٠", () => undefined)[0]?.face;
  const [three] = digits?.layout("٣").glyphs ?? [];
  expect(digits?.layout("٣٠").glyphs[0]?.id).toBe(three?.id);
});
