/**
 * Units and whether they compare. The library `convert` knows dimensions and factors; what it does not know
 * (errors, requests, connections) compares with itself only, `%` with `‰` and `ppm`, a rate by its two parts.
 */

import { convert, getMeasureKind } from "convert";
import { type Decimal, decimal } from "./decimal.ts";

/** Spellings that the library does not know, or that mean two things. */
const ALIASES: Readonly<Record<string, string>> = {
  sec: "s",
  secs: "s",
  msec: "ms",
  msecs: "ms",
  us: "µs",
  μs: "µs",
  usec: "µs",
  mins: "min",
  hr: "h",
  hrs: "h",
  percent: "%",
  pct: "%",
  kbit: "kb",
  Mbit: "Mb",
  Gbit: "Gb",
  rps: "request/s",
  rpm: "request/min",
  req: "request",
  reqs: "request",
};

/** Parts of a whole, as multiples of a millionth. */
const FRACTIONS: ReadonlyMap<string, number> = new Map([
  ["%", 10_000],
  ["‰", 1000],
  ["ppm", 1],
]);

/** What is wrong with a unit as written, and what to write; null if nothing is. */
export function unitFault(unit: string): string | null {
  if (/(?:^|\/)KB(?:$|\/)/.test(unit)) return "KB may mean 1000 or 1024 bytes: write kB or KiB";
  return null;
}

interface Unit {
  readonly kind: string;
  readonly name: string;
}

function canonical(unit: string): string {
  const known = Object.hasOwn(ALIASES, unit) ? ALIASES[unit] : undefined;
  return known ?? unit.normalize("NFC").replace(/^1\//, "/");
}

function unitOf(name: string): Unit {
  const own = canonical(name);
  if (FRACTIONS.has(own)) return { kind: "fraction", name: own };
  const kind = /^[A-Za-zµ°]/.test(own) && !(own in Object.prototype) ? getMeasureKind(own) : undefined;
  if (kind !== undefined) return { kind: `measure ${kind}`, name: own };
  const singular = own.length > 3 && own.endsWith("s") ? own.slice(0, -1) : own;
  return { kind: `count ${singular}`, name: singular };
}

function partsOf(unit: string): readonly [Unit, Unit | null] {
  const whole = canonical(unit);
  const slash = whole.indexOf("/");
  if (slash < 0) return [unitOf(whole), null];
  return [unitOf(whole.slice(0, slash)), unitOf(whole.slice(slash + 1))];
}

/** Do values in these units compare? `0.2 s` and `500 ms` do, `%` and `ms` do not. */
export function sameDimension(a: string, b: string): boolean {
  const [[aTop, aBottom], [bTop, bBottom]] = [partsOf(a), partsOf(b)];
  return aTop.kind === bTop.kind && aBottom?.kind === bBottom?.kind;
}

/**
 * What values in `a` and in `b` have to be multiplied with so that they compare exactly. Null where they
 * do not compare, or have no common zero (°C and °F).
 */
export function factors(a: string, b: string): { readonly a: Decimal; readonly b: Decimal } | null {
  if (!sameDimension(a, b)) return null;
  const [[aTop, aBottom], [bTop, bBottom]] = [partsOf(a), partsOf(b)];
  const top = common(aTop, bTop);
  const bottom = aBottom && bBottom ? common(aBottom, bBottom) : { a: decimal(1), b: decimal(1) };
  if (!top || !bottom) return null;
  // A part below the slash divides: crosswise, so that nothing has to be divided.
  return { a: top.a.mul(bottom.b), b: top.b.mul(bottom.a) };
}

function common(a: Unit, b: Unit): { readonly a: Decimal; readonly b: Decimal } | null {
  const one = decimal(1);
  if (a.name === b.name) return { a: one, b: one };
  const [left, right] = [FRACTIONS.get(a.name), FRACTIONS.get(b.name)];
  if (left !== undefined && right !== undefined) return { a: decimal(left), b: decimal(right) };
  if (ratio(a.name, b.name, 0) !== 0) return null;
  const forth = ratio(a.name, b.name, 1);
  // Towards the smaller unit, where the library's factors are whole numbers or short decimals.
  return forth >= 1 ? { a: decimal(forth), b: one } : { a: one, b: decimal(ratio(b.name, a.name, 1)) };
}

function ratio(from: string, to: string, quantity: number): number {
  // The library's types list every unit; ours come from people and were looked up by getMeasureKind before.
  return (convert(quantity, from as "s").to as (unit: string) => number)(to);
}
