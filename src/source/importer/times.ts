/** Times that headings speak of: "(30 minutes)", "T-7 days", "(48 hours before)". As ISO 8601. */

const UNITS: readonly (readonly [name: RegExp, date: boolean, letter: string])[] = [
  [/^(?:seconds?|secs?|s|sekunden?|secondes?|segundos?|秒)$/iu, false, "S"],
  [/^(?:minutes?|mins?|min\.|m|minuten?|minutos?|分钟?|分間|분|phút|минут[аы]?)$/iu, false, "M"],
  [
    /^(?:hours?|hrs?|hr|h|stunden?|std\.?|heures?|horas?|小时|时间|時間|시간|giờ|час(?:а|ов)?)$/iu,
    false,
    "H",
  ],
  [/^(?:days?|d|tage?n?|jours?|días?|dias?|天|日|일|ngày|дн(?:я|ей)|день)$/iu, true, "D"],
  [/^(?:weeks?|w|wochen?|semaines?|semanas?|周|週間?|주|tuần|недел[яиь])$/iu, true, "W"],
];
const UNIT = String.raw`(?<unit>[\p{L}]+\.?)`;
const NUMBER = String.raw`\d+(?:\.5)?`;

/** `PT30M`, `P7D`; null for a word that is no unit of time. Half hours and days become the smaller unit. */
export function durationOf(count: string, unit: string): string | null {
  const known = UNITS.find(([name]) => name.test(unit));
  if (!known) return null;
  const [, isDate, letter] = known;
  const value = Number(count);
  if (value % 1 !== 0)
    return letter === "H"
      ? `PT${value * 60}M`
      : letter === "D"
        ? `PT${value * 24}H`
        : letter === "M"
          ? `PT${value * 60}S`
          : null;
  return isDate ? `P${value}${letter}` : `PT${value}${letter}`;
}

export interface Range {
  readonly from: number;
  readonly to: number;
  readonly unit: string;
}

/** What a heading says of times; an offset may have a duration beside it. */
export interface Said {
  /** Offset from the target or from going live, `-P7D`. */
  readonly at?: { readonly offset: string; readonly anchor: "target" | "live" };
  /** How long it takes, at most. */
  readonly duration?: string;
  /** From one time to another: a duration at most, or a window, as its neighbours show. */
  readonly range?: Range;
}

const T = new RegExp(String.raw`\bT\s*(?<sign>[-–−+])\s*(?<count>${NUMBER})\s*${UNIT}?`, "iu");
const AHEAD = new RegExp(
  String.raw`(?<count>${NUMBER})[\s-]*${UNIT}\s+(?:before|prior|ahead|vorher|davor|avant|antes|前)(?=$|[)）]|\s+(?:the\s+)?(?:deploy|release|launch|go-?live|target|start))`,
  "iu",
);
const BETWEEN = new RegExp(
  String.raw`[(（]\s*(?:~|ca\.?|about)?\s*(?<from>${NUMBER})\s*[-–—~至]\s*(?<to>${NUMBER})\s*${UNIT}\s*[)）]`,
  "iu",
);
const LONG = new RegExp(
  // Alone in its brackets, or behind an offset: "(T-7 days, 30 minutes)".
  String.raw`[(（](?:[^()（）]{1,40}[,;，])?\s*(?:~|≈|<=?|≤|ca\.?|approx\.?|about|under|max\.?|up to|within|less than|est(?:imated)?:?|dauer:?|duration:?|in|unter|约)?\s*(?<count>${NUMBER})\+?[\s-]*${UNIT}(?:\s+(?:max(?:imum)?|window))?\s*[)）]`,
  "iu",
);
const FIRST = new RegExp(String.raw`\bfirst\s+(?<count>${NUMBER})[\s-]*${UNIT}`, "iu");

/** D-7 and J-7 are days before a day that only brackets make unmistakable. */
const D = /[(（]\s*[DJ]\s*(?<sign>[-–−+])\s*(?<count>\d+)\s*[)）]/u;

export function timesIn(text: string): Said {
  const heading = text.slice(0, 300);
  const t = (T.exec(heading) ?? D.exec(heading))?.groups;
  // Without a unit days are meant.
  const offset = t ? durationOf(t.count ?? "", t.unit ?? "days") : null;
  const long = LONG.exec(heading)?.groups;
  const takes = long ? durationOf(long.count ?? "", long.unit ?? "") : null;
  const duration = takes ? { duration: takes } : {};
  if (t && Number(t.count) > 0 && offset)
    return {
      ...duration,
      at:
        t.sign === "+"
          ? { offset: `+${offset}`, anchor: "live" }
          : { offset: `-${offset}`, anchor: "target" },
    };
  const ahead = AHEAD.exec(heading)?.groups;
  const before = ahead ? durationOf(ahead.count ?? "", ahead.unit ?? "") : null;
  if (before) return { at: { offset: `-${before}`, anchor: "target" } };
  const between = BETWEEN.exec(heading)?.groups;
  if (between && durationOf("1", between.unit ?? ""))
    return { range: { from: Number(between.from), to: Number(between.to), unit: between.unit ?? "" } };
  const first = FIRST.exec(heading)?.groups;
  const until = first ? durationOf(first.count ?? "", first.unit ?? "") : null;
  if (first && until) return { range: { from: 0, to: Number(first.count), unit: first.unit ?? "" } };
  return duration;
}

/** The time of a line such as "4-6 hours (including monitoring)": the most that it says. */
export function longestIn(text: string): string | null {
  const found = new RegExp(
    String.raw`^(?:~|<|≤|ca\.?\s|about\s|approx\.?\s)?\s*(?:${NUMBER}\s*[-–—~至]\s*)?(?<count>${NUMBER})\s*${UNIT}(?=$|[\s(.,;（])`,
    "iu",
  ).exec(text)?.groups;
  return found ? durationOf(found.count ?? "", found.unit ?? "") : null;
}
