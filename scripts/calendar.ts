/** A timetable as iCalendar (RFC 5545). */
import { formatInstant, instantOf } from "../src/model/instant.ts";
import type { PlannedEntry, Timetable } from "../src/model/timetable.ts";

/** One event for each section and item that has a time; the same timetable gives the same bytes. @param url of the installation */
export function renderCalendar({ checklist, anchors, entries }: Timetable, url: string): string {
  const stamp = utc(anchors.target ?? "");
  const { host } = new URL(url);
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Countersign//plan//EN",
    `X-WR-CALNAME:${escaped(`${checklist.title} ${checklist.version}`)}`,
    ...entries.flatMap((entry) => eventOf(entry, checklist, stamp, host)),
    "END:VCALENDAR",
  ];
  return lines.map(folded).join("");
}

function eventOf(
  entry: PlannedEntry,
  checklist: Timetable["checklist"],
  stamp: string,
  host: string,
): readonly string[] {
  const { at, due, until, id, number, text, owner, reading, offset } = entry;
  const begin = at ?? due;
  if (begin === null) return [];
  const title = [number, text, reading === null ? "" : `(reading ${reading})`]
    .filter((part) => part !== "")
    .join(" ");
  const about = [offset, owner ?? "", due === null ? "" : `due ${due}`]
    .filter((part) => part !== "")
    .join("; ");
  return [
    "BEGIN:VEVENT",
    `UID:${checklist.id}-${checklist.version}-${id}-${reading ?? 0}-${stamp}@${host}`,
    `DTSTAMP:${stamp}`,
    `DTSTART:${utc(begin)}`,
    ...(until === null ? [] : [`DTEND:${utc(until)}`]),
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(about)}`,
    "END:VEVENT",
  ];
}

/** `20260304T210000Z` */
function utc(at: string): string {
  const text = formatInstant({ nanos: instantOf(at).nanos, offset: 0 });
  return `${text.slice(0, 19).replace(/[-:]/g, "")}Z`;
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (char) => `\\${char}`).replace(/\r\n|\r|\n/g, "\\n");
}

/** Lines have at most 75 bytes; what is longer goes on in the next, after a blank. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = "";
  let size = 0;
  for (const char of line) {
    const bytes = new TextEncoder().encode(char).length;
    if (size + bytes > 75) {
      parts.push(part);
      part = " ";
      size = 1;
    }
    part += char;
    size += bytes;
  }
  return `${[...parts, part].join("\r\n")}\r\n`;
}
