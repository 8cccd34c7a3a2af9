import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type JsonReading,
  maxBytes,
  maxDepth,
  maxFaults,
  parseStrictJson,
} from "../src/formats/strictjson.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string | Uint8Array): JsonReading =>
  parseStrictJson(typeof text === "string" ? encode(text) : text, {
    file: "r.json",
    keepsDigits: (path) => path.at(-1) === "value",
  });

function faultsOf(text: string | Uint8Array): string[] {
  const reading = read(text);
  if ("document" in reading) throw new Error("was read without a fault");
  return reading.faults.map(({ rule, pointer, line, column }) => `${rule} ${pointer} ${line}:${column}`);
}

function valueIn(text: string | Uint8Array): unknown {
  const reading = read(text);
  if ("faults" in reading) throw new Error(JSON.stringify(reading.faults));
  return reading.document.value;
}

describe("what is read", () => {
  test("plain JSON is what JSON.parse gives", () => {
    const check = (value: unknown): void => {
      const text = JSON.stringify(value);
      // keepsDigits is off here: numbers are numbers.
      const reading = parseStrictJson(encode(text), { file: "r.json" });
      if ("faults" in reading) {
        expect(
          reading.faults.every((fault) => /^(?:unsafe-|lone-|forbidden-|too-deep)/.test(fault.rule)),
        ).toBe(true);
      } else expect(reading.document.value).toEqual(JSON.parse(text));
    };
    fc.assert(fc.property(fc.jsonValue(), check), { numRuns: 300 });
  });

  test("a number where digits count is the text it was written in", () => {
    expect(valueIn('{"value": 0.40, "n": 3}')).toEqual({ value: "0.40", n: 3 });
    expect(valueIn('{"value": 123456789012345678901234567890.5}')).toEqual({
      value: "123456789012345678901234567890.5",
    });
  });

  test("a byte order mark is no content", () => {
    expect(valueIn("\uFEFF{}")).toEqual({});
  });

  test("the place of a value, and of the nearest thing there is", () => {
    const reading = read('{\n  "results": [\n    {"item": "a/b"},\n    {"item~": 1}\n  ]\n}');
    if ("faults" in reading) throw new Error("faults");
    const { place } = reading.document;
    expect(place(["results", 0, "item"])).toEqual({ line: 3, column: 14 });
    expect(place(["results", 1, "item~"])).toEqual({ line: 4, column: 15 });
    expect(place(["results", 1, "gone", "deeper"])).toEqual({ line: 4, column: 5 });
    expect(place([])).toEqual({ line: 1, column: 1 });
  });

  test("64 levels are read", () => {
    expect(valueIn("[".repeat(maxDepth) + "]".repeat(maxDepth))).toBeInstanceOf(Array);
  });

  test("brackets and quotes in text are text", () => {
    const text = `["${"[{".repeat(100)}", "\\"]", "\\\\"]`;
    expect(valueIn(text)).toEqual(JSON.parse(text));
  });
});

describe("what is refused, by name and place", () => {
  test.each([
    ['{"a": 1,\n "a": 1}', "duplicate-key /a 2:2"],
    ['{"a": 1, "\\u0061": 2}', "duplicate-key /a 1:10"],
    ['{"a/b": {"~": 1, "~": {}}}', "duplicate-key /a~1b/~0 1:18"],
    ['["\\ud800"]', "lone-surrogate /0 1:2"],
    ['{"\\udfff": 1}', "lone-surrogate /\udfff 1:12"],
    ['{"n": 9007199254740992}', "unsafe-integer /n 1:7"],
    ['{"n": -9007199254740993}', "unsafe-integer /n 1:7"],
    ['{"n": 0.1234567890123456789}', "unsafe-number /n 1:7"],
    ['{"n": 1e400}', "unsafe-number /n 1:7"],
    ['{"n": 1e-400}', "unsafe-number /n 1:7"],
    ['{"__proto__": {"a": 1}}', "forbidden-key /__proto__ 1:15"],
    ["", "syntax  1:1"],
    ["{", "syntax  1:2"],
    ['{"a": 1,}', "syntax  1:9"],
    ["[1,]", "syntax  1:4"],
    ["{'a': 1}", "syntax  1:2"],
    ["[1] // done", "syntax  1:5"],
    ["[NaN]", "syntax  1:2"],
    ["[01]", "syntax  1:3"],
    ["[.5]", "syntax  1:2"],
    ['["\t"]', "syntax  1:3"],
    ['["\\x"]', "syntax  1:3"],
    ["[1]\n[2]", "syntax  2:1"],
    ["[".repeat(65), "too-deep  1:65"],
  ])("%s", (text, expected) => {
    expect(faultsOf(text)).toEqual([expected]);
  });

  test("all faults at once", () => {
    expect(faultsOf('{"a": 9007199254740993, "b": "\\ud800", "c": {"x": 1, "x": 2}}')).toEqual([
      "duplicate-key /c/x 1:54",
      "unsafe-integer /a 1:7",
      "lone-surrogate /b 1:30",
    ]);
  });

  test("bytes that are not UTF-8", () => {
    expect(faultsOf(new Uint8Array([0x22, 0xff, 0x22]))).toEqual(["not-utf8  0:0"]);
    expect(faultsOf(new Uint8Array([0xff, 0xfe, 0x7b, 0, 0x7d, 0]))).toEqual(["not-utf8  0:0"]);
    // A surrogate in UTF-8's clothes.
    expect(faultsOf(new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]))).toEqual(["not-utf8  0:0"]);
  });

  test("more than 1 MiB, before anything is decoded", () => {
    expect(faultsOf(new Uint8Array(maxBytes + 1))).toEqual(["too-large  0:0"]);
  });
});

describe("hostile files end quickly", () => {
  test("a million brackets", () => {
    expect(faultsOf("[".repeat(maxBytes))).toEqual(["too-deep  1:65"]);
  });

  test("half a million faults are cut off", () => {
    expect(faultsOf(`{${'"":1,'.repeat(150_000)}"":1}`)).toHaveLength(maxFaults);
  });

  test("a long key over many values", () => {
    const text = `{"${"k".repeat(500_000)}": [${"0,".repeat(200_000)}0]}`;
    expect(Object.keys(valueIn(text) as object)).toHaveLength(1);
  });
});
