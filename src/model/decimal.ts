/** Decimal text as exact numbers: sums, products and comparisons lose nothing, however many digits somebody wrote. */
import { Big } from "big.js";

export type Decimal = Big;

/** A constructor of our own: what others set on the library's does not reach it. Only a division has an end: 100 places. */
const Exact = Big();
Exact.DP = 100;

/** @throws if `value` is no decimal number; callers have matched it before */
export function decimal(value: string | number): Decimal {
  return new Exact(typeof value === "string" ? value.replace(/^\+/, "") : value);
}

export const ONE = decimal(1);
