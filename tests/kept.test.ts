import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keyOf, openKept } from "../src/source/kept.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "countersign-kept-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("an output is made once for a key, and again for another", async () => {
  const kept = openKept(folder);
  let made = 0;
  const make = () => `made ${++made}`;
  expect(await kept.text("body", keyOf("a", "1"), make)).toBe("made 1");
  expect(await kept.text("body", keyOf("a", "1"), make)).toBe("made 1");
  expect(await kept.text("body", keyOf("a", "2"), make)).toBe("made 2");
  expect(await openKept(folder).text("body", keyOf("a", "2"), make)).toBe("made 2");
});

test("a key keeps its parts apart", () => {
  expect(keyOf("ab", "c")).not.toBe(keyOf("a", "bc"));
  expect(keyOf("ab")).not.toBe(keyOf("ab", ""));
});

test("a placed file that is edited in place is made again: the cache never serves the edit", async () => {
  const kept = openKept(folder);
  const make = () => new TextEncoder().encode("right");
  const out = join(folder, "site", "file.txt");
  for (let round = 0; round < 40; round += 1) {
    const key = keyOf("round", String(round));
    expect(await kept.place("file", key, out, make)).toBe(true);
    writeFileSync(out, "wrong");
    expect(await kept.place("file", key, out, make)).toBe(true);
    expect(await kept.place("file", key, out, make)).toBe(false);
    expect(readFileSync(out, "utf8")).toBe("right");
  }
});

test("nothing is kept when making fails", async () => {
  const kept = openKept(folder);
  const key = keyOf("x");
  await expect(kept.text("body", key, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await kept.text("body", key, () => "whole")).toBe("whole");
});

test("what nobody asks for any more is forgotten after its time, and only that", async () => {
  const key = keyOf("old");
  await openKept(folder).text("body", key, () => "old");
  await openKept(folder).text("body", keyOf("used"), () => "used");
  const kept = openKept(folder);
  await kept.text("body", keyOf("used"), () => "made again");
  kept.sweep(new Date("2020-01-01"));
  expect(await openKept(folder).text("body", key, () => "made again")).toBe("old");
  kept.sweep(new Date("2100-01-01"));
  expect(await openKept(folder).text("body", key, () => "made again")).toBe("made again");
  expect(await openKept(folder).text("body", keyOf("used"), () => "made again")).toBe("used");
});
