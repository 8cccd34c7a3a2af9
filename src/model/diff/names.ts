/** What ids are called in the words of one version. */
import type { Checklist, Metric } from "../checklist.ts";
import { outlineOf } from "../outline.ts";
import type { PartName } from "./change.ts";

export interface Names {
  /** "3.2.1 Error rate below 1 %"; an id of nothing is returned as it is. */
  readonly of: (id: string) => string;
  readonly part: (name: PartName | null) => string;
  readonly signoff: (id: string) => string;
  readonly metrics: readonly Metric[];
}

const LONGEST = 70;

export function namesOf(checklist: Checklist): Names {
  const { section, item } = outlineOf(checklist);
  const of = (id: string): string => {
    const known = item.get(id) ?? section.get(id);
    if (known)
      return shorten(`${known.number} ${known.text === "" ? "(no heading)" : known.text.replace(/\.$/, "")}`);
    return checklist.fields.find((field) => field.id === id)?.label ?? id;
  };
  return {
    of,
    part: (name) => {
      if (name === null) return "the document";
      if (name.kind === "footnote") return `footnote ${name.id}`;
      if (name.kind === "command") return `command ${name.id}`;
      return name.kind === "template" ? `the template in ${of(name.id)}` : of(name.id);
    },
    signoff: (id) => checklist.signoffs.find((signoff) => signoff.id === id)?.role ?? id,
    metrics: checklist.metrics,
  };
}

/** Long texts at a word's end. */
export function shorten(text: string): string {
  if (text.length <= LONGEST) return text;
  const cut = text.slice(0, LONGEST);
  const end = cut.lastIndexOf(" ");
  return `${(end > LONGEST / 2 ? cut.slice(0, end) : cut).replace(/[\ud800-\udbff]$/, "")}…`;
}
