/** Rules about figures that meet each other: limits, triggers, bands. */
import type { Checklist, Item, Section } from "../../model/checklist.ts";
import type { Limit } from "../../model/limit.ts";
import { outlineOf } from "../../model/outline.ts";
import { byLow, contains, intersect, neighbours, type Range, rangeOf } from "../../model/range.ts";
import type { Checked, Finding } from "./rule.ts";

/** Words that make a figure a setting, or give it the opposite sign. */
const SETTING_WORDS = /\b(?:alerts?|alarms?|thresholds?|rate[- ]limit(?:s|ing|ed)?)\b/i;

/** A limit says what must hold. A trigger's figure has the opposite sign, an alert's is a setting. */
export function limitPolarity({ checklist }: Checked): readonly Finding[] {
  return outlineOf(checklist).items.flatMap(({ id, line, role, text, limits }): readonly Finding[] => {
    const word = SETTING_WORDS.exec(text)?.[0];
    if (limits.length === 0 || (role !== "triggers" && word === undefined)) return [];
    const reason =
      role === "triggers"
        ? `'${id}' is a trigger, true when things are bad, and a limit says what must hold`
        : `'${id}' speaks of '${word}': its figure looks like a setting, and a limit is judged`;
    return [
      {
        rule: "limit-polarity",
        severity: "warning",
        line,
        reason,
        hint: `write setting: "${limits[0]?.text}"`,
      },
    ];
  });
}

interface Figure {
  readonly item: Item;
  readonly limit: Limit;
}

/** Every figure of an item, settings too, where it can be read as a limit. */
function figuresOf(item: Item): readonly Figure[] {
  const settings = item.settings.flatMap(({ limit }) => (limit ? [limit] : []));
  return [...item.limits, ...settings].map((limit) => ({ item, limit }));
}

/** 1 % fails and 5 % triggers: what of 3 %? Quiet where a band or another figure speaks of the values between. */
export function greyZone({ checklist }: Checked): readonly Finding[] {
  const { items } = outlineOf(checklist);
  const figures = items.flatMap(figuresOf);
  const triggers = figures.filter(({ item }) => item.role === "triggers");
  const told = new Set<string>();
  return triggers.flatMap(({ item, limit }): readonly Finding[] => {
    const fires = rangeOf(limit, limit.unit);
    const judged = figures.filter(
      (one) => one.limit.metric === limit.metric && one.item.limits.includes(one.limit),
    );
    return judged.flatMap((one): readonly Finding[] => {
      const holds = rangeOf(one.limit, limit.unit);
      const between = fires && holds && gapBetween(holds, fires);
      if (!between || told.has(limit.metric)) return [];
      const spoken = figures.some(({ item: other, limit: figure }) => {
        const range =
          other === item || other === one.item || figure.metric !== limit.metric
            ? null
            : rangeOf(figure, limit.unit);
        return range !== null && contains(range, between);
      });
      if (spoken) return [];
      told.add(limit.metric);
      const reason = `'${one.item.id}' fails beyond ${one.limit.text}, and '${item.id}' fires at ${limit.text}: nothing says what to do between the two`;
      return [
        {
          rule: "grey-zone",
          severity: "warning",
          line: item.line,
          reason,
          hint: "add a section with role 'bands' that says what to do in between",
        },
      ];
    });
  });
}

/** The values between what holds and what fires; null where they touch or overlap. */
function gapBetween(holds: Range, fires: Range): Range | null {
  const [below, above] = byLow(holds, fires) <= 0 ? [holds, fires] : [fires, holds];
  if (neighbours(below, above) !== "gap" || below.high.value === null || above.low.value === null)
    return null;
  if (below.high.value.eq(above.low.value)) return null;
  return { low: { value: below.high.value, open: true }, high: { value: above.low.value, open: true } };
}

/** Bands of one metric leave no value without a band. */
export function bandGap(checked: Checked): readonly Finding[] {
  return bandNeighbours(checked.checklist, "gap").map(({ section, metric, below, above }) => ({
    rule: "band-gap",
    severity: "warning",
    line: section.line,
    reason: `the bands of '${section.id}' leave a gap for ${metric} between '${below}' and '${above}'`,
    hint: "let the bands meet, with the figure itself in one of them",
  }));
}

/** No value lies in two bands. */
export function bandOverlap(checked: Checked): readonly Finding[] {
  return bandNeighbours(checked.checklist, "overlap").map(({ section, metric, below, above }) => ({
    rule: "band-overlap",
    severity: "warning",
    line: section.line,
    reason: `two bands of '${section.id}' claim the same values of ${metric}: '${below}' and '${above}'`,
    hint: "let the bands meet, and nothing more",
  }));
}

interface Meeting {
  readonly section: Section;
  readonly metric: string;
  readonly below: string;
  readonly above: string;
}

function bandNeighbours(checklist: Checklist, kind: "gap" | "overlap"): readonly Meeting[] {
  const { sections, items } = outlineOf(checklist);
  return sections
    .filter(({ role }) => role === "bands")
    .flatMap((section) => {
      const bands = items.filter((item) => item.section === section.id && item.band !== null);
      const metrics = new Set(bands.flatMap(figuresOf).map(({ limit }) => limit.metric));
      return [...metrics]
        .sort()
        .flatMap((metric) => meetings(section, metric, bands).filter((one) => one.kind === kind));
    });
}

function meetings(
  section: Section,
  metric: string,
  bands: readonly Item[],
): readonly (Meeting & { readonly kind: string })[] {
  const unit = bands.flatMap(figuresOf).find(({ limit }) => limit.metric === metric)?.limit.unit ?? null;
  const ranges = bands.flatMap((band) => {
    const own = figuresOf(band).filter(({ limit }) => limit.metric === metric);
    const read = own.flatMap(({ limit }) => rangeOf(limit, unit) ?? []);
    return read.length > 0 && read.length === own.length
      ? [{ range: intersect(read), text: own.map(({ limit }) => limit.text).join(" and ") }]
      : [];
  });
  ranges.sort((a, b) => byLow(a.range, b.range));
  return ranges.slice(1).flatMap(({ range, text }, at) => {
    const before = ranges[at];
    return before
      ? [{ section, metric, below: before.text, above: text, kind: neighbours(before.range, range) }]
      : [];
  });
}
