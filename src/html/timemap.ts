/** Where the time goes: the sections with a planned duration as bars, one after the other; the way back beside them. */
import type { Element } from "hast";
import type { Checklist, Section } from "../model/checklist.ts";
import { secondsOf } from "../model/duration.ts";
import { outlineOf } from "../model/outline.ts";
import { sayDuration } from "../model/say.ts";
import type { Words } from "../model/words.ts";
import { el } from "./html.ts";

interface Bar {
  readonly section: Section;
  /** Seconds from the beginning of the first one. */
  readonly start: number;
  readonly seconds: number;
}

/** Fewer bars than this show nothing that the text beside them does not. */
const LEAST = 2;

/** Null where too few sections have a duration. The bars are drawn; their names and times are text. */
export function renderTimeMap(checklist: Checklist, words: Words): Element | null {
  const timed = timedSections(checklist);
  const forward = inSequence(timed.filter((section) => !isBack(section)));
  // Ways back are alternatives as often as steps: each begins when it is taken.
  const back = timed.filter(isBack).map((section) => ({ section, start: 0, seconds: lengthOf(section) }));
  const bars = [...forward, ...back];
  if (bars.length < LEAST) return null;
  const whole = Math.max(...bars.map(({ start, seconds }) => start + seconds));
  return el(
    "section.timemap.furniture",
    { id: "_time" },
    el("h2", {}, words("Planned time, at most")),
    el(
      "ol",
      { role: "list" },
      forward.map((bar) => row(bar, whole, words)),
    ),
    back.length === 0 ? null : el("p.role", {}, words("Only on the way back")),
    back.length === 0
      ? null
      : el(
          "ol.back",
          { role: "list" },
          back.map((bar) => row(bar, whole, words)),
        ),
  );
}

/** Forward the parts rather than their sum; of a way back the whole rather than its steps. */
function timedSections(checklist: Checklist): readonly Section[] {
  const { sections, section } = outlineOf(checklist);
  const timed = sections.filter((one) => lengthOf(one) > 0);
  const around = ({ parent }: Section): readonly Section[] => {
    const outer = parent === null ? undefined : section.get(parent);
    return outer ? [outer, ...around(outer)] : [];
  };
  const holders = new Set(timed.flatMap(around));
  return timed.filter((one) =>
    isBack(one) ? !around(one).some((outer) => isBack(outer) && timed.includes(outer)) : !holders.has(one),
  );
}

function isBack({ role }: Section): boolean {
  return role === "contingency";
}

function lengthOf({ duration }: Section): number {
  return duration === null ? 0 : secondsOf(duration);
}

function inSequence(sections: readonly Section[]): readonly Bar[] {
  let start = 0;
  return sections.map((section) => {
    const bar = { section, start, seconds: lengthOf(section) };
    start += bar.seconds;
    return bar;
  });
}

function row({ section, start, seconds }: Bar, whole: number, words: Words): Element {
  const part = (of: number): number => Math.round((of / whole) * 1000) / 10;
  return el(
    "li",
    {},
    el("a", { href: `#${section.id}` }, el("span.n", {}, section.number), " ", section.text),
    el("span.time", {}, sayDuration(section.duration ?? "", words)),
    el(
      "svg",
      { viewBox: "0 0 100 4", preserveAspectRatio: "none", ariaHidden: "true" },
      // Never too short to be seen.
      el("rect", { x: Math.min(part(start), 99), width: Math.max(part(seconds), 1), height: 4 }),
    ),
  );
}
