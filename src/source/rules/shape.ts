/** Rules about the outline: sections, headings, figures that are stated and can be counted. */
import type { Section } from "../../model/checklist.ts";
import { secondsOf } from "../../model/duration.ts";
import { itemsWithin, outlineOf } from "../../model/outline.ts";
import { declaredAt } from "./declared.ts";
import type { Checked, Finding } from "./rule.ts";

export function emptySection({ checklist }: Checked): readonly Finding[] {
  return outlineOf(checklist)
    .sections.filter(({ content }) => content.every(({ type }) => type === "rule"))
    .map(({ id, line }) => ({
      rule: "empty-section",
      severity: "warning",
      line,
      reason: `the section '${id}' holds nothing`,
      hint: "write what belongs there, or take the heading away",
    }));
}

/** A heading two levels below the one before leaves a level out, for readers and for screen readers. */
export function headingJump({ checklist }: Checked): readonly Finding[] {
  const { section, sections } = outlineOf(checklist);
  const top = checklist.heading === null ? Math.min(...sections.map(({ depth }) => depth)) : 2;
  return sections.flatMap(({ id, line, depth, parent }): readonly Finding[] => {
    const expected = parent === null ? top : (section.get(parent)?.depth ?? 0) + 1;
    if (depth <= expected) return [];
    return [
      {
        rule: "heading-jump",
        severity: "warning",
        line,
        reason: `'${id}' is a heading of level ${depth} where level ${expected} is expected`,
        hint: `write ${"#".repeat(expected)}`,
      },
    ];
  });
}

/** Who decides on triggers, go or no-go, and bands? The section says it, or one above it. */
export function noDecider({ checklist }: Checked): readonly Finding[] {
  const { section, sections } = outlineOf(checklist);
  const decided = ({ decider, parent }: Section): boolean => {
    const above = parent === null ? undefined : section.get(parent);
    return decider !== null || (above !== undefined && decided(above));
  };
  const asks = ({ role, parent }: Section): boolean =>
    (role === "triggers" || role === "decision") && (parent === null || section.get(parent)?.role !== role);
  return sections
    .filter(
      (one) =>
        asks(one) &&
        !decided(one) &&
        !sections.some((child) => child.parent === one.id && child.decider !== null),
    )
    .map(({ id, line, role }) => ({
      rule: "no-decider",
      severity: "warning",
      line,
      reason: `'${id}' has the role '${role}', and nobody is named who decides`,
      hint: "add decider: <role or id of a person field>",
    }));
}

/** One role signs once for one thing. */
export function doubleSignoff({ checklist, text }: Checked): readonly Finding[] {
  const seen = new Map<string, string>();
  return checklist.signoffs.flatMap(
    ({ id, role, meaning, before, after, conditions }): readonly Finding[] => {
      const key = JSON.stringify([role, meaning, before, after, conditions]);
      const first = seen.get(key);
      seen.set(key, id);
      return first === undefined
        ? []
        : [
            {
              rule: "double-signoff",
              severity: "warning",
              ...declaredAt(text, id),
              reason: `'${id}' asks ${role} for the same ${meaning} as '${first}'`,
              hint: "take one of the two away",
            },
          ];
    },
  );
}

/** What `undo` names must exist: without its pair nothing says when the state is taken back. */
export function undone({ checklist }: Checked): readonly Finding[] {
  const { item, items } = outlineOf(checklist);
  return items
    .filter(({ undo }) => undo !== null && !item.has(undo))
    .map(({ id, line, undo }) => ({
      rule: "undone",
      severity: "error",
      line,
      reason: `'${id}' is to be undone by '${undo}', and there is no such item`,
      hint: "write that item, or correct the id",
    }));
}

const STATED = /\b(\d+)[- ](?:items?|checks?|steps?|tasks?|points?)\b(?!\s*(?:or|and) more)/i;

/** A heading that says how many items it has says it right. */
export function statedCount({ checklist }: Checked): readonly Finding[] {
  return outlineOf(checklist).sections.flatMap(({ id, line, text }): readonly Finding[] => {
    const stated = STATED.exec(text)?.[1];
    if (stated === undefined) return [];
    const held = itemsWithin(checklist, id);
    const counts = [
      held.length,
      held.filter(({ derived }) => derived === null).length,
      held.filter(({ box }) => box).length,
    ];
    if (counts.includes(Number(stated))) return [];
    return [
      {
        rule: "stated-count",
        severity: "warning",
        line,
        reason: `the heading speaks of ${stated}, and the section holds ${counts[1]} items`,
      },
    ];
  });
}

/** Parts do not take longer than the whole. */
export function statedDuration({ checklist }: Checked): readonly Finding[] {
  const { sections } = outlineOf(checklist);
  const timed = Map.groupBy(
    sections.filter(({ duration }) => duration !== null),
    ({ parent }) => parent,
  );
  return sections.flatMap((one): readonly Finding[] => {
    const parts = timed.get(one.id) ?? [];
    if (one.duration === null || one.choose || parts.length === 0) return [];
    // Parts that depend on conditions need not all happen.
    const sure = parts.filter(({ conditions }) => conditions.length === one.conditions.length);
    const sum = sure.reduce((total, { duration }) => total + secondsOf(duration ?? "PT0S"), 0);
    if (sum <= secondsOf(one.duration)) return [];
    return [
      {
        rule: "stated-duration",
        severity: "warning",
        line: one.line,
        reason: `'${one.id}' is planned for ${one.duration}, and its parts add up to ${Math.round(sum / 60)} minutes`,
      },
    ];
  });
}

const SHELL = new Set(["bash", "sh", "shell", "zsh", "console", "powershell", "ps1", "sql", "psql"]);

/** A command that belongs to nothing is a command that nobody knows when to run. */
export function unownedCommand({ checklist }: Checked): readonly Finding[] {
  const { codes } = outlineOf(checklist);
  return codes
    .filter(({ lang, command, template }) => command === null && template === null && SHELL.has(lang ?? ""))
    .map(({ line }) => ({
      rule: "unowned-command",
      severity: "warning",
      line,
      reason: "nothing says which item or section this command serves",
      hint: "write <!-- command: {id: …, for: …} --> alone on the line before the fence",
    }));
}
