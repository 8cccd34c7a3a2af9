/** A limit in the words of a line: "Error rate: < 1 %" is `error_rate < 1 %`. */
import { parseLimit } from "../../model/limits.ts";

/** Lines whose figures are settings, or have the opposite sign. */
export const OTHER_SIGN =
  /\b(?:alert\w*|alarm\w*|trigger\w*|threshold\w*|throttl\w*|quota\w*|rate[- ]?limit\w*|rate limits?|no-?go|roll-?back\w*|abort\w*|(?:red|yellow|amber|orange|warning) (?:flags?|lights?)|circuit[- ]breakers?|warn(?:ing|s)?|critical if|fail(?:s|ure)? if|page if|escalat\w*|schwell\w*|seuils?|umbral(?:es)?|limiares?)\b|告警|报警|阈值|限流|回滚|警報|しきい値|알림|임계/iu;
/** Words that turn a comparison round: "no request over 5 s". */
const TURNED =
  /\b(?:no|none|not|never|without|zero|nothing|nobody|kein\w*|ohne|nicht|aucune?s?|sans|sin|ning[úu]n\w*|nenhum\w*|sem|não)\b|无|没有|不(?!能?少于)|なし|없/iu;

const UNITS: Readonly<Record<string, string>> = {
  "%": "%",
  percent: "%",
  prozent: "%",
  ms: "ms",
  millisecond: "ms",
  milliseconds: "ms",
  s: "s",
  sec: "s",
  secs: "s",
  second: "s",
  seconds: "s",
  sekunden: "s",
  secondes: "s",
  segundos: "s",
  秒: "s",
  毫秒: "ms",
  min: "min",
  mins: "min",
  minute: "min",
  minutes: "min",
  minuten: "min",
  minutos: "min",
  分钟: "min",
  h: "h",
  hr: "h",
  hrs: "h",
  hour: "h",
  hours: "h",
  stunden: "h",
  day: "d",
  days: "d",
  tage: "d",
  gb: "GB",
  mb: "MB",
  tb: "TB",
  kib: "KiB",
  mib: "MiB",
  gib: "GiB",
};

const COMPARISON =
  /(?<op><=|>=|≤|≥|<|>|\b(?:under|below|less than|fewer than|at most|at least|above|over|more than|greater than|unter|höchstens|mindestens|über|moins de|au moins|menos de|al menos|pelo menos|menor que|maior que)\b)\s*(?<value>\d+(?:[.,]\d+)*)\s*(?<plus>\+)?(?<unit>%|[\p{L}µ]+(?:\/\p{L}+)?)?/giu;
const WORDS: Readonly<Record<string, string>> = {
  "≤": "<=",
  "≥": ">=",
  under: "<",
  below: "<",
  "less than": "<",
  "fewer than": "<",
  unter: "<",
  "moins de": "<",
  "menos de": "<",
  "menor que": "<",
  "at most": "<=",
  höchstens: "<=",
  "at least": ">=",
  mindestens: ">=",
  "au moins": ">=",
  "al menos": ">=",
  "pelo menos": ">=",
  above: ">",
  over: ">",
  "more than": ">",
  "greater than": ">",
  über: ">",
  "maior que": ">",
};

/** How long it must hold: "for 10 minutes". */
const HELD = /^\s*(?:for|über|pendant|durante)\s+(?<count>\d+)\s*(?<unit>[a-z]+)\b/iu;

/** Longer lines are prose. */
const LONGEST = 300;

type Proposal = { readonly limit: string } | { readonly doubt: string };

/** The limit that a line states; what keeps one from being proposed; null where it states no figure to compare. */
export function limitIn(line: string): Proposal | null {
  if (line.length > LONGEST) return null;
  // Targets in brackets are hopes beside the limit.
  const text = line.replace(/\((?:target|goal|ideally|ziel|objectif|objetivo)\b[^)]*\)/giu, " ");
  const found = [...text.matchAll(COMPARISON)];
  const [only] = found;
  if (!only?.groups || OTHER_SIGN.test(text) || /\d\s*\/\s*\d/.test(text)) return null;
  const { op = "", value = "", unit = "", plus } = only.groups;
  const isWord = /\p{L}/u.test(op);
  const known = UNITS[unit.toLowerCase()];
  // "over 5 regions" is no figure to judge.
  if (isWord && known === undefined && !/^kb$/i.test(unit)) return null;
  if (found.length > 1) return { doubt: `'${text.trim()}' compares more than once` };
  if (plus !== undefined || /[,.]\d{3}\b/.test(value) || value.includes(","))
    return { doubt: `'${value}' can be read in two ways` };
  if (/^kb$/i.test(unit)) return { doubt: "KB may mean 1000 or 1024 bytes; write kB or KiB" };
  const before = text.slice(0, only.index);
  if (TURNED.test(before)) return { doubt: `'${text.trim()}' may say the opposite of its sign` };
  const after = text.slice(only.index + only[0].length);
  const metric = metricOf(before, after);
  if (metric === null)
    return { doubt: `no name for a metric, in a to z, can be taken from '${text.trim()}'` };
  const other =
    unit !== "" &&
    known === undefined &&
    /^[a-z/]{2,20}$/i.test(unit) &&
    !/^(?:for|of|in|on|and|or|to|per|at|by|the|is|are|from|with|pro|de|por|par)$/i.test(unit)
      ? unit.toLowerCase()
      : undefined;
  const held = HELD.exec(after)?.groups;
  const time = held && UNITS[held.unit?.toLowerCase() ?? ""];
  const limit = [
    metric,
    WORDS[op.toLowerCase()] ?? op,
    value,
    known ?? other,
    time === undefined ? undefined : `for ${held?.count} ${time}`,
  ]
    .filter((part) => part !== undefined)
    .join(" ");
  const parsed = parseLimit(limit);
  return "limit" in parsed ? { limit } : { doubt: parsed.error };
}

/** Words at the end of a phrase that say that it holds, and words at its start that say what to do. */
const HOLDS =
  /(?:[\s:,(–—-]|\b(?:is|are|be|stays?|remains?|stable|at|optimized|verified|configured|validated|confirmed|within|acceptable|meets?|must|should|kept|still|loads?|completes?|runs?|in|mostly|usage is|ist|liegt|bei|est|es|é))+$/iu;
const ASKS =
  /^(?:[\s\W]*\b(?:check|verify|ensure|confirm|validate|monitor|that|the|all|current|our|prüfen|vérifier|verificar)\b\s*)+/iu;

function metricOf(before: string, after: string): string | null {
  // In "(old tokens answer 401 < 100 ms" the words behind the bracket name what is measured, if there are any.
  const [, outside = "", inside = ""] = /^(.*)\(([^()]*)$/su.exec(before) ?? [null, before, ""];
  const sentence = (/\p{L}/u.test(inside) ? inside : outside).split(/[.;!?]\s/u).at(-1) ?? "";
  // "Uptime: checks pass < 5 s" is about the checks; "Uptime: > 99 %" about the uptime.
  const labels = sentence.split(/[:：]\s*/u).map((part) =>
    part
      .replace(ASKS, "")
      .replace(HOLDS, "")
      .replace(/\([^)]*\)/g, " ")
      .replace(HOLDS, ""),
  );
  const label = labels.findLast((part) => /\p{L}/u.test(part)) ?? "";
  if (
    /^\s*(?:once|after|for|if|when|until|only|unless|every|older|newer|passed|done|ok)\b|\s\d+\s*$/iu.test(
      label,
    )
  )
    return null;
  const quantile = /^\s*\(?\s*(p\d{2}|median|avg|average|mean|max|peak)\b/iu.exec(after)?.[1] ?? "";
  const words =
    `${label} ${quantile}`
      .normalize("NFKD")
      .replace(/\p{M}+/gu, "")
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  const named = words.filter(
    (word) => !/^(?:the|a|an|of|for|to|in|on|and|its|all|our|der|die|das|de|la|le|el)$/.test(word),
  );
  const isLatin = /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u.test(label);
  if (
    !isLatin ||
    named.length === 0 ||
    named.length > 6 ||
    !/^[a-z]/.test(named[0] ?? "") ||
    named.every((word) => word.length < 2)
  )
    return null;
  return named.join("_");
}
