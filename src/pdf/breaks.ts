/** Where a line may break. */
import LineBreaker from "linebreak";

/** Text in one style: all that a break depends on. */
interface Styled {
  readonly text: string;
  readonly style: string;
}

const UNIT = /^(?:[%‰]|(?:ms|s|min|h|d|[kKMGT]i?B|B)(?![\p{L}\p{N}]))/u;

const TOGETHER = /(?<=\d) (?=[%‰]|(?:ms|s|min|h|d|[kKMGT]i?B|B)(?![\p{L}\p{N}]))|(?<=[<>≤≥=±]) (?=\d)/gu;

/** The same text, with spaces that do not break where no line breaks at one: for measuring. */
export function unbroken(text: string): string {
  return text.replace(TOGETHER, "\u00a0");
}

/** A figure stays with its unit, a sign of comparison with its figure. */
function belongs(whole: string, position: number): boolean {
  const before = whole.slice(Math.max(0, position - 2), position);
  const after = whole.slice(position, position + 4);
  return (/\d $/.test(before) && UNIT.test(after)) || (/[<>≤≥=±] $/.test(before) && /^\d/.test(after));
}

/** Ends of words: by UAX 14 in text, but in commands only after a space, so that no option is torn apart. */
export function breaksOf(
  spans: readonly Styled[],
): { readonly position: number; readonly required: boolean }[] {
  const whole = spans.map((span) => span.text).join("");
  const breaker = new LineBreaker(whole);
  const breaks: { readonly position: number; readonly required: boolean }[] = [];
  let span = 0;
  let spanEnd = spans[0]?.text.length ?? 0;
  for (let next = breaker.nextBreak(); next; next = breaker.nextBreak()) {
    while (spanEnd < next.position) {
      span += 1;
      spanEnd += spans[span]?.text.length ?? 0;
    }
    const inside = spanEnd > next.position && spans[span]?.style === "mono";
    if (next.required) breaks.push(next);
    else if (inside ? /\s/.test(whole.charAt(next.position - 1)) : !belongs(whole, next.position))
      breaks.push(next);
  }
  return breaks;
}
