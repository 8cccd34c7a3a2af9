/**
 * Where what is written into a blank of the sheet belongs in the results JSON. Names of blanks are fixed:
 * `item.<id>.pass`, `item.<id>.value.<metric>`, `signoff.<id>.name` (a dot inside an id is a colon).
 */

const TICKED = ["pass", "fail", "na", "fired", "clear", "met", "not-met", "seen"];
const CHOSEN = ["go", "no-go", "delay", "continue", "rollback", "fix-forward"];

const ESCALATED = ["escalation", "rollback-escalation"].flatMap((prefix) => [
  [`${prefix}.*.name`, "/people/*/name"],
  [`${prefix}.*.phone`, "/people/*/phone"],
  [`${prefix}.*.at`, "/incidents/*/notified/*/at"],
]);

/** Names of blanks with `*` for one part, and pointers into a record with `*` for a key or a place in a list. */
const PLACES: ReadonlyMap<string, string> = new Map([
  ["run.run", "/run"],
  ["run.deployment.environment", "/deployment/environment"],
  ["run.deployment.from", "/deployment/from"],
  ["run.deployment.to", "/deployment/to"],
  ["run.change.id", "/change/id"],
  // Who holds a role is a person with that role; a time has the offset of the sheet.
  ["run.lead", "/people/*/name"],
  ["run.offset", "/asOf"],
  ["run.window.plannedStart", "/window/plannedStart"],
  ["run.window.plannedEnd", "/window/plannedEnd"],
  ["run.source.copy", "/source/copy"],
  ["run.source.issued", "/extra/*"],
  ["run.source.returned", "/extra/*"],
  ["field.*", "/fields/*"],
  ["answer.*.*", "/answers/*"],
  ["contact.*.name", "/people/*/name"],
  ["contact.*.phone", "/people/*/phone"],
  ...ESCALATED.map(([name = "", place = ""]): [string, string] => [name, place]),
  ["person.*.role", "/people/*/role"],
  ["person.*.name", "/people/*/name"],
  ["person.*.initials", "/people/*/id"],
  // What was signed by hand is kept as a scan of the sheet.
  ["person.*.specimen", "/source/scan"],
  ["section.*.date", "/sections/*/start"],
  ["section.*.start", "/sections/*/start"],
  ["section.*.end", "/sections/*/end"],
  // Initials once a section are those of each of its rows.
  ["section.*.by", "/results/*/by"],
  ["section.*.reason.*.item", "/results/*/item"],
  ["section.*.reason.*.text", "/results/*/reason"],
  ["section.*.reason.*.by", "/results/*/by"],
  ...TICKED.map((key): [string, string] => [`item.*.${key}`, "/results/*/status"]),
  ["item.*.by", "/results/*/by"],
  ["item.*.at", "/results/*/at"],
  ["item.*.witness", "/results/*/witness"],
  ["item.*.evidence", "/results/*/evidence/*"],
  ["item.*.value", "/results/*/observed/*/value"],
  ["item.*.value.*", "/results/*/observed/*/value"],
  ["item.*.capture.*", "/results/*/capture/*"],
  ["item.*.reading.*.result", "/results/*/status"],
  ["item.*.reading.*.*", "/results/*/observed/*/value"],
  ...CHOSEN.map((key): [string, string] => [`decision.*.${key}`, "/decisions/*/decision"]),
  ["decision.*.by", "/decisions/*/by"],
  ["decision.*.at", "/decisions/*/at"],
  ["decision.*.basis", "/decisions/*/basis"],
  ["decision.*.signature", "/source/scan"],
  ["rollback.decider", "/decisions/*/by"],
  ["rollback.phone", "/people/*/phone"],
  ["rollback.at", "/rollback/at"],
  ["rollback.trigger", "/rollback/trigger"],
  ["rollback.end", "/results/*/at"],
  ["rollback.elapsed", "/rollback/outcome"],
  ["signoff.*.name", "/signatures/*/by"],
  ["signoff.*.signature", "/signatures/*/method"],
  ["signoff.*.date", "/signatures/*/at"],
  ["signoff.*.time", "/signatures/*/at"],
  ["review.well.*", "/review/well/*"],
  ["review.improve.*", "/review/improve/*"],
  ["review.actions.*", "/review/actions/*/text"],
  ["command.*.*", "/commands/*/ran"],
  // Sheets printed before there was a log had lines for notes.
  ["note.*", "/extra/*"],
  // What a night's log says of no item is kept as it was written.
  ["log.*.*.at", "/extra/*"],
  ["log.*.*.text", "/extra/*"],
  ["log.*.*.by", "/extra/*"],
]);

/**
 * The place of a blank: an RFC 6901 pointer in which `*` stands for a key or a place in a list; null for a name
 * that no sheet has.
 */
export function placeOfBlank(name: string): string | null {
  const parts = name.split(".");
  let best: string | null = null;
  let exact = -1;
  for (const [pattern, place] of PLACES) {
    const wanted = pattern.split(".");
    if (wanted.length !== parts.length) continue;
    if (!wanted.every((part, i) => part === "*" || part === parts[i])) continue;
    const fixed = wanted.filter((part) => part !== "*").length;
    if (fixed > exact) [best, exact] = [place, fixed];
  }
  return best;
}

/** What stands in a blank: text, or true where a box is ticked or a place is signed. */
export interface FilledBlank {
  readonly value: string | true;
  /** What a screen reader says of it. */
  readonly label: string;
}

/** A sheet that was filled in on screen, as its file says. */
export interface FilledForm {
  readonly id: string;
  readonly version: string;
  /** `sha256:…` of the source that the sheet says it was made from. */
  readonly digest: string;
  /** All digests that the sheet names: of its source, and of what is attached as data. */
  readonly keywords: readonly string[];
  /** By the full name of the blank; what nobody filled in is not in here. */
  readonly blanks: ReadonlyMap<string, FilledBlank>;
  /** The source that is attached; null where none is. */
  readonly source: Uint8Array | null;
  /** What is attached as data: the records that a half-filled sheet was printed from, blanks of its head. */
  readonly data: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** Name of the attachment that holds blanks that were filled before printing: texts by the full name of the blank. */
export const FIELDS_FILE = "fields.json";
