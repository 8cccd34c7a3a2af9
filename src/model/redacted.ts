/** A copy of a report without people or commands. It says so, and where; nothing else in it is another. */
import type { Checklist } from "./checklist.ts";
import { compareText } from "./diagnostic.ts";
import type { Report } from "./report.ts";

export const redactable = ["people", "commands"] as const;

export type Redactable = (typeof redactable)[number];

export interface TakenOut {
  /** Part of the report or of the checklist: `signatures`, `the checklist's text`. */
  readonly where: string;
  readonly kind: Redactable;
  readonly count: number;
}

export interface Redaction {
  readonly kinds: readonly Redactable[];
  readonly places: readonly TakenOut[];
  /** Pictures that were left out. */
  readonly pictures: number;
  /** `sha256:…` of the page that this is a copy of. */
  readonly original: { readonly page: string };
}

export interface RedactedReport {
  readonly report: Report;
  readonly checklist: Checklist;
  readonly places: readonly TakenOut[];
}

/** Keys whose values are addresses and figures within the report: what they say is no name of a person or a command. */
const STRUCTURAL: ReadonlySet<string> = new Set([
  ...[
    "schema",
    "rules",
    "rule",
    "digest",
    "checklistDigest",
    "rosterDigest",
    "sha256",
    "status",
    "kind",
    "type",
  ],
  ...[
    "at",
    "utc",
    "local",
    "stage",
    "role",
    "severity",
    "verdict",
    "outcome",
    "finding",
    "version",
    "number",
  ],
  ...["target", "section", "pair", "kept", "state", "meaning", "method", "identity", "mark", "tone"],
]);

/** Keys that hold an id of the checklist, wherever they do not stand in a person. */
const IDS: ReadonlySet<string> = new Set(["id", "command", "item", "metric", "signoff", "template"]);

const COMMAND = "[command taken out]";

/** Takes out what is asked for, everywhere. Persons are numbered, each the same everywhere. */
export function redacted(report: Report, checklist: Checklist, kinds: readonly Redactable[]): RedactedReport {
  const taken = new Map<string, TakenOut>();
  const take = (where: string, kind: Redactable): void => {
    const key = `${where}\n${kind}`;
    taken.set(key, { where, kind, count: (taken.get(key)?.count ?? 0) + 1 });
  };
  const people = kinds.includes("people") ? namesIn(report) : new Map<string, string>();
  const withoutPeople = replacer(people, rolesIn(report));
  const withoutCode = codeReplacer(kinds.includes("commands") ? codeIn(report, checklist) : new Set());
  const text = (value: string, where: string): string => {
    const bare = withoutCode(value);
    if (bare !== value) take(where, "commands");
    const out = withoutPeople(bare);
    if (out !== bare) take(where, "people");
    return out;
  };
  const walk = (value: unknown, key: string, where: string, inChecklist: boolean): unknown => {
    if (typeof value === "string") {
      // The id of a file of evidence is whatever somebody called it.
      const isFixed = STRUCTURAL.has(key) || (IDS.has(key) && where !== "evidence");
      return isFixed ? value : text(value, where);
    }
    if (Array.isArray(value)) return value.map((one) => walk(one, key, where, inChecklist));
    if (typeof value !== "object" || value === null) return value;
    const object = value as Readonly<Record<string, unknown>>;
    if (people.size > 0 && isPerson(object)) {
      take(where, "people");
      const name = people.get(String(object.name)) ?? people.get(String(object.id)) ?? "[person taken out]";
      return { ...object, id: name, name, role: walk(object.role, "words", where, inChecklist) };
    }
    const plain = kinds.includes("commands")
      ? withoutCommands(object, inChecklist, () => take(where, "commands"))
      : object;
    return Object.fromEntries(
      Object.entries(plain).map(([name, one]) => [name, walk(one, name, where, inChecklist)]),
    );
  };
  const parts = Object.entries(report).map(([name, value]) => [name, walk(value, name, name, false)]);
  return {
    report: Object.fromEntries(parts) as unknown as Report,
    checklist: walk(checklist, "", "the checklist's text", true) as Checklist,
    places: [...taken.values()].sort((a, b) => compareText(a.where, b.where) || compareText(a.kind, b.kind)),
  };
}

function isPerson(value: Readonly<Record<string, unknown>>): boolean {
  return (
    typeof value.id === "string" && typeof value.name === "string" && "identity" in value && "role" in value
  );
}

/** Everybody whom the report names, by name and by id: `[person 3]`. */
function namesIn(report: Report): Map<string, string> {
  const names = new Map<string, string>();
  const count = (): number => new Set(names.values()).size + 1;
  const add = (id: string, name: string): void => {
    const known = names.get(id) ?? names.get(name) ?? `[person ${count()}]`;
    names.set(id, known);
    names.set(name, known);
  };
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) {
      const object = value as Readonly<Record<string, unknown>>;
      if (isPerson(object)) add(String(object.id), String(object.name));
      else Object.values(object).forEach(visit);
    }
  };
  visit(report.people);
  visit(report);
  for (const { notified } of report.incidents) for (const { who } of notified) add(who, who);
  // A key tells its owner apart as well as a name does.
  for (const { key } of report.signatures) if (key !== null) names.set(key, "[key taken out]");
  return names;
}

/**
 * Whole words only; a name before its parts, and the parts of a name (three letters and more) wherever they stand. A
 * word of a role (an id such as `lead`) names nobody, and one of two letters is any word: that one goes where it stands alone.
 */
function replacer(people: ReadonlyMap<string, string>, roles: ReadonlySet<string>): (text: string) => string {
  const alone = new Map<string, string>();
  const words = new Map<string, string>();
  const isWord = (word: string): boolean => [...word].length > 2 && !roles.has(word);
  for (const [name, stand] of people) {
    const plain = name.trim().toLowerCase();
    if (plain === "" || roles.has(plain)) continue;
    alone.set(plain, stand);
    if (isWord(plain)) words.set(plain, stand);
  }
  for (const [name, stand] of people)
    for (const part of name.toLowerCase().split(/[\s.,_@-]+/u))
      if (isWord(part) && !words.has(part)) words.set(part, stand);
  const any = [...words.keys()]
    .sort((a, b) => b.length - a.length || compareText(a, b))
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("|");
  const pattern = any === "" ? null : new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, "giu");
  return (text) => {
    const whole = alone.get(text.trim().toLowerCase());
    if (whole !== undefined || pattern === null) return whole ?? text;
    return text.replace(pattern, (word) => words.get(word.toLowerCase()) ?? "[person taken out]");
  };
}

/** Words of the roles that the report names. */
function rolesIn({ people, signatures, handovers }: Report): ReadonlySet<string> {
  const roles = [...people, ...signatures, ...handovers].map(({ role }) => role ?? "");
  return new Set(roles.flatMap((role) => role.toLowerCase().split(/[^\p{L}\p{N}]+/u)));
}

/** Commands as they were run in a record; code and what it prints in a checklist. A template of a message is no command. */
function withoutCommands(
  object: Readonly<Record<string, unknown>>,
  inChecklist: boolean,
  take: () => void,
): Readonly<Record<string, unknown>> {
  const isBlock = "command" in object;
  const isCode =
    inChecklist &&
    object.type === "code" &&
    (object.template ?? null) === null &&
    (isBlock || isCommand(String(object.value)));
  const keys = [...(inChecklist ? ["code", "expect"] : ["ran"]), "query", ...(isCode ? ["value"] : [])];
  const found = keys.filter((key) => typeof object[key] === "string");
  if (found.length === 0) return object;
  take();
  return { ...object, ...Object.fromEntries(found.map((key) => [key, COMMAND])) };
}

/** Code of the checklist and commands of the record, where they stand within other texts too. */
function codeIn(report: Report, checklist: Checklist): ReadonlySet<string> {
  const code = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) {
      const object = value as Readonly<Record<string, unknown>>;
      for (const key of ["code", "ran", ...(object.type === "code" ? ["value"] : [])])
        if (typeof object[key] === "string") code.add(object[key].trim());
      Object.values(object).forEach(visit);
    }
  };
  visit(checklist);
  visit(report.commands);
  return code;
}

/** A name or a figure in code type is no command: taken out of every sentence it would leave none. */
function isCommand(code: string): boolean {
  return code.length > 3 && /[^\p{L}\p{N}_-]/u.test(code) && !/^[\d.]+$/.test(code);
}

function codeReplacer(code: ReadonlySet<string>): (text: string) => string {
  const commands = [...code].filter(isCommand);
  commands.sort((a, b) => b.length - a.length || compareText(a, b));
  return (text) => commands.reduce((left, command) => left.replaceAll(command, COMMAND), text);
}
