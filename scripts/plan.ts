import { join } from "node:path";
import { showLocal } from "../src/model/instant.ts";
import { type PlannedEntry, type Timetable, timetableOf } from "../src/model/timetable.ts";
import { readInstallation } from "../src/source/installation.ts";
import { renderCalendar } from "./calendar.ts";
import { defineCommand, exit, UsageError } from "./command.ts";
import { instantIn } from "./deployments.ts";
import { inert } from "./inert.ts";
import { findProject, parseTarget } from "./project.ts";
import { findVersion } from "./versions.ts";
import { zoneOf, zoneOption } from "./zone.ts";

export const plan = defineCommand({
  name: "plan",
  summary: "prints the timetable of a version for a target time",
  details: `Turns the times of a checklist into clock times: sections with their planned length, items whose times are their own, readings one by one, and what each level of the escalation would have to be told by if something happened at the target.

Offsets are counted from the target, the begin (--start, else the target), the moment it is live (--live) and a rollback (--rollback). What depends on one that is not given stands at the end, with its offset. Times keep the offset of the target; hours are added to the moment, days to the date.

--ics prints a calendar file, with one event for each section and item.`,
  positionals: [{ name: "id@version", summary: "which version" }],
  options: {
    target: {
      type: "string",
      value: "TIME",
      required: true,
      summary: "the planned time, such as 2026-03-04T22:00:00+01:00",
    },
    start: { type: "string", value: "TIME", summary: "when the change begins (default: the target)" },
    live: { type: "string", value: "TIME", summary: "when the new version is live" },
    rollback: { type: "string", value: "TIME", summary: "when a rollback begins" },
    timezone: zoneOption,
    json: { type: "boolean", summary: "print JSON" },
    ics: { type: "boolean", summary: "print a calendar file" },
  },
  async run({ positionals, options }, context) {
    const wanted = parseTarget(positionals[0]);
    const zone = zoneOf(options.timezone);
    const instant = (option: "target" | "start" | "live" | "rollback"): string | null => {
      const typed = options[option];
      if (typed === undefined) return null;
      const found = instantIn(typed, zone);
      if (found === null)
        throw new UsageError(
          `--${option} is a time such as 2026-03-04T22:00:00+01:00, or a local one with --timezone; not "${typed}"`,
        );
      return found;
    };
    const target = instant("target");
    if (target === null) throw new UsageError("--target is missing");
    const root = findProject(context.cwd);
    const { lock, site } = readInstallation(join(root, "content"));
    const found = findVersion(root, lock, wanted);
    if ("reason" in found) {
      context.stderr.write(`countersign plan: ${found.reason}\n`);
      return exit.problems;
    }
    const others = { start: instant("start"), live: instant("live"), rollback: instant("rollback") };
    const timetable = timetableOf(found.checklist, { target, ...others });
    if (options.json && options.ics) throw new UsageError("--json and --ics are two outputs: name one");
    if (options.json) context.stdout.write(`${JSON.stringify(timetable, null, 2)}\n`);
    else if (options.ics) context.stdout.write(renderCalendar(timetable, site.url));
    else context.stdout.write(textOf(timetable));
    return exit.done;
  },
});

function textOf({ checklist, anchors, entries, escalation, untimed }: Timetable): string {
  const known = (["target", "start", "live", "rollback"] as const).flatMap((anchor) => {
    const at = anchors[anchor];
    return at === null ? [] : [`${anchor} ${showLocal(at)}`];
  });
  const timed = entries.filter(({ at, due }) => at !== null || due !== null);
  const waiting = entries.filter(({ at, due }) => at === null && due === null);
  const width = Math.max(0, ...entries.map(({ offset }) => offset.length));
  const lines = [
    `${checklist.id} ${checklist.version}: ${checklist.title}`,
    known.join(", "),
    "",
    ...(timed.length === 0 ? ["nothing in it has a time"] : timed.map((entry) => entryLine(entry, width))),
    ...(waiting.length === 0
      ? []
      : ["", "once its anchor is known", ...waiting.map((entry) => entryLine(entry, width))]),
    ...(escalation.length === 0 ? [] : ["", "escalation, if something happened at the target"]),
    ...escalation.map(
      ({ level, role, from, to, channel }) =>
        `${showLocal(from)}  level ${level}  ${role}${to === null ? "" : `, by ${showLocal(to)}`}${channel === null ? "" : `  ${channel}`}`,
    ),
    ...(untimed.length === 0 ? [] : ["", `without a time: ${untimed.join(", ")}`]),
  ];
  return `${lines.map(inert).join("\n")}\n`;
}

function entryLine(
  { at, due, until, notBefore, offset, number, text, owner, reading, kind }: PlannedEntry,
  width: number,
): string {
  const time = at ?? due;
  const when = time === null ? " ".repeat(23) : showLocal(time).padEnd(23);
  const what = `${kind === "section" ? "" : "  "}${[number, text].filter((part) => part !== "").join(" ")}`;
  const more = [
    ...(reading === null ? [] : [`reading ${reading}`]),
    ...(until === null ? [] : [`until ${showLocal(until)}`]),
    ...(at !== null && due !== null ? [`due ${showLocal(due)}`] : []),
    ...(notBefore === null ? [] : [`not before ${showLocal(notBefore)}`]),
    ...(owner === null ? [] : [owner]),
  ];
  return `${when}  ${offset.padEnd(width)}  ${what}${more.length === 0 ? "" : ` (${more.join(", ")})`}`;
}
