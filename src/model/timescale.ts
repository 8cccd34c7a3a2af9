/** A scale of time for a picture, on screen and on paper: minutes as they are, long pauses shortened, so that a night between two weeks is seen. */
import type { Moment } from "./fact.ts";
import { instantOf } from "./instant.ts";

/** Pauses longer than this, in minutes, are shortened. */
const PAUSE = 45;

export interface TimeScale {
  /** Place of a time, 0 to `width`, rounded to tenths. */
  readonly x: (moment: Moment) => number;
  /** Where time was shortened, with how long it was in words. */
  readonly pauses: readonly { readonly from: number; readonly to: number; readonly text: string }[];
  readonly ticks: readonly { readonly x: number; readonly text: string }[];
}

function minutesOf({ at }: Moment): number {
  return Number(instantOf(at).nanos / 60_000_000_000n);
}

/** @param moments everything that has to be on the picture; at least one */
export function timeScale(moments: readonly Moment[], width: number): TimeScale {
  const byMinute = new Map(moments.map((moment) => [minutesOf(moment), moment]));
  const minutes = [...byMinute.keys()].sort((a, b) => a - b);
  const places = new Map<number, number>();
  const long: { from: number; to: number; minutes: number }[] = [];
  let at = 0;
  minutes.forEach((minute, index) => {
    const gap = index === 0 ? 0 : minute - (minutes[index - 1] ?? minute);
    const shown = gap <= PAUSE ? gap : PAUSE + 5 * Math.log2(gap / PAUSE);
    if (gap > 6 * 60) long.push({ from: at, to: at + shown, minutes: gap });
    at += shown;
    places.set(minute, at);
  });
  const factor = at === 0 ? 0 : width / at;
  const round = (value: number): number => Math.round(value * factor * 10) / 10;
  return {
    x: (moment) => round(places.get(minutesOf(moment)) ?? 0),
    pauses: long.map(({ from, to, minutes: gap }) => ({
      from: round(from),
      to: round(to),
      text: sayGap(gap),
    })),
    ticks: ticksOf(
      minutes.map((minute) => ({ x: round(places.get(minute) ?? 0), moment: byMinute.get(minute) })),
    ),
  };
}

function sayGap(minutes: number): string {
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} d`;
}

/** As many as do not collide; the date where it changes. */
function ticksOf(
  places: readonly { readonly x: number; readonly moment: Moment | undefined }[],
): TimeScale["ticks"] {
  const ticks: { x: number; text: string }[] = [];
  let day = "";
  for (const { x, moment } of places) {
    const last = ticks.at(-1);
    if (!moment || (last && x - last.x < 74)) continue;
    const [date = "", time = ""] = moment.utc.split(" ");
    ticks.push({ x, text: date === day ? time : `${date.slice(5)} ${time}` });
    day = date;
  }
  return ticks;
}
