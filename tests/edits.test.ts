/** Edits as values: applied they give a text, composed they do what many in a row do. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { applyEdits, composeEdits, type Edit } from "../src/source/edits.ts";

const edit = (offset: number, old: string, made: string, why = "test"): Edit => ({
  offset,
  old,
  new: made,
  kind: why,
  why,
  confidence: "certain",
});

test("edits are applied in order, and one that does not fit is a bug", () => {
  expect(applyEdits("abcdef", [edit(0, "", ">"), edit(1, "bc", "X"), edit(6, "", "!")])).toBe(">aXdef!");
  expect(() => applyEdits("abc", [edit(1, "x", "y")])).toThrow(/does not fit/);
  expect(() => applyEdits("abc", [edit(1, "bc", ""), edit(2, "c", "")])).toThrow(/does not fit/);
});

test("what two passes change in one place becomes one edit with both reasons", () => {
  const text = "one two three";
  const first = [edit(4, "two", "zwei drei", "first")];
  const second = [edit(9, "drei", "", "second"), edit(14, "three", "3", "second")];
  expect(composeEdits(text, [first, second])).toEqual([
    { ...edit(4, "two", "zwei "), kind: "first+second", why: "first; second" },
    edit(8, "three", "3", "second"),
  ]);
});

test("an edit that is taken back leaves nothing", () => {
  expect(composeEdits("ab", [[edit(1, "", "x")], [edit(1, "x", "")]])).toEqual([]);
});

test("composed or one after the other: the same text", () => {
  const passOf = (text: string, seeds: readonly (readonly [number, number, string])[]): readonly Edit[] => {
    const edits: Edit[] = [];
    let at = 0;
    for (const [skip, length, made] of seeds) {
      const offset = at + skip;
      if (offset > text.length) break;
      const old = text.slice(offset, offset + length);
      edits.push(edit(offset, old, made));
      at = offset + old.length;
    }
    return edits;
  };
  const seeds = fc.array(fc.tuple(fc.nat(4), fc.nat(4), fc.string({ maxLength: 3 })), { maxLength: 5 });
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), fc.array(seeds, { maxLength: 4 }), (text, all) => {
      let now = text;
      const passes = all.map((one) => {
        const edits = passOf(now, one);
        now = applyEdits(now, edits);
        return edits;
      });
      expect(applyEdits(text, composeEdits(text, passes))).toBe(now);
    }),
    { numRuns: 300, seed: 5 },
  );
});
