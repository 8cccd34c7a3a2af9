/** Times of a night: milliseconds since 1970 and the offset that everybody's clock showed. */
import { addDuration, secondsOf } from "../../src/model/duration.ts";
import { formatInstant, instantOf } from "../../src/model/instant.ts";

export const minute = 60_000;

/** RFC 3339 at an offset in minutes east of UTC; whole seconds. */
export function written(at: number, offset: number): string {
  return formatInstant({ nanos: BigInt(Math.round(at / 1000)) * 1_000_000_000n, offset });
}

/** Milliseconds of an RFC 3339 text. */
export function timeOf(text: string): number {
  return Number(instantOf(text).nanos / 1_000_000n);
}

export function offsetOf(text: string): number {
  return instantOf(text).offset;
}

/** `-P7D` after a time; calendar parts at its offset. */
export function after(at: number, offset: number, duration: string): number {
  return timeOf(addDuration(written(at, offset), duration));
}

/** Milliseconds of a duration without calendar parts. */
export function lengthOf(duration: string): number {
  return secondsOf(duration) * 1000;
}

/** Numbers that look random and are the same every time. */
export class Dice {
  #state: number;

  constructor(seed: string) {
    let state = 0x811c9dc5;
    for (const char of seed) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    this.#state = state === 0 ? 1 : state;
  }

  /** From 0 up to 1. */
  next(): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return this.#state / 2 ** 32;
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  pick<T>(list: readonly T[]): T {
    const found = list[Math.floor(this.next() * list.length)];
    if (found === undefined) throw new RangeError("nothing to pick from");
    return found;
  }
}
