/** What lists and pages know of this installation and of each version. */
import type { Checklist } from "./checklist.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { atLocal, formatInstant, instantOf, utcDay } from "./instant.ts";
import { outlineOf } from "./outline.ts";
import type { Lock, Release, Site } from "./site.schema.ts";
import { type Standing, standingOf } from "./version.ts";

/** What every page needs to know of this installation. */
export interface Installation {
  readonly organisation: string;
  /** Without a slash at the end: the only source of permalinks. */
  readonly url: string;
  readonly lang: string;
  readonly timezone: string;
  readonly paper: Site["paper"];
  readonly redirects: Site["redirects"];
  readonly publish: Site["publish"];
}

export interface VersionEntry {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly lang: string;
  readonly product: { readonly name: string; readonly version: string | null } | null;
  readonly description: string | null;
  readonly owner: string | null;
  /** `sha256:…` of the source. */
  readonly digest: string;
  readonly changes: string | null;
  /** ISO 8601. */
  readonly duration: string | null;
  readonly controls: readonly string[];
  /** What the lock says; null for a draft. */
  readonly released: { readonly date: string; readonly approvedBy: string } | null;
  readonly withdrawn: { readonly date: string; readonly reason: string } | null;
  /** As of the day the lists are made: never shown on the version's own page, whose bytes do not age. */
  readonly standing: Standing;
  /** Day on which somebody has to look at it again; null for drafts, and where nothing is asked. */
  readonly reviewDue: string | null;
  readonly counts: {
    readonly items: number;
    readonly sections: number;
    readonly commands: number;
    readonly limits: number;
    readonly signoffs: number;
  };
}

/** A file that cannot be read as a checklist, with what is wrong. */
export interface BrokenEntry {
  readonly id: string;
  readonly version: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** @param day the day that lists are made for, YYYY-MM-DD */
export function entryOf(checklist: Checklist, lock: Lock, day: string): VersionEntry {
  const { id, version, title, lang, product, description, owner, digest, changes, duration, controls } =
    checklist;
  const release = lock.checklists[id]?.[version];
  return {
    id,
    version,
    title,
    lang,
    product,
    description,
    owner,
    digest,
    changes,
    duration,
    controls,
    released: release ? { date: release.date, approvedBy: release.approvedBy } : null,
    withdrawn: release?.withdrawn ?? null,
    standing: standingOf(lock, id, version, day),
    reviewDue: release && checklist.review ? dayAfter(lastLook(release), checklist.review) : null,
    counts: countsOf(checklist),
  };
}

/** When somebody last looked at it: its release, or a review since that found nothing to change. */
function lastLook({ date, reviewed }: Release): string {
  return reviewed?.at(-1)?.date ?? date;
}

function countsOf(checklist: Checklist): VersionEntry["counts"] {
  const { items, sections, codes } = outlineOf(checklist);
  // A box with boxes under it is no item of its own.
  const counted = items.filter((item) => item.derived?.from !== "children");
  return {
    items: counted.length,
    sections: sections.length,
    commands: codes.filter((code) => code.command !== null).length,
    limits: counted.reduce((sum, item) => sum + item.limits.length, 0),
    signoffs: checklist.signoffs.length,
  };
}

/** The day that lies an ISO 8601 duration of years, months, weeks and days after another. */
function dayAfter(day: string, duration: string): string | null {
  const match = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T.*)?$/.exec(duration);
  if (!match) return null;
  const [years, months, weeks, days] = match.slice(1, 5).map((count) => Number(count ?? 0));
  const moved = atLocal(
    instantOf(`${day}T00:00:00Z`),
    (years ?? 0) * 12 + (months ?? 0),
    (weeks ?? 0) * 7 + (days ?? 0),
    0n,
  );
  return utcDay(formatInstant(moved));
}

/** `versions.json` of a checklist: what pages of older versions learn about newer ones. */
export interface VersionsFile {
  readonly current: string | null;
  /** Newest first. */
  readonly versions: readonly {
    readonly version: string;
    readonly status: Standing;
    readonly released: string | null;
    readonly supersededBy: string | null;
    readonly withdrawn: { readonly date: string; readonly reason: string } | null;
  }[];
  /** Ids of the sections and items of the current version. */
  readonly items: readonly string[];
}

/** The versions of one checklist. */
export interface VersionLine {
  /** Newest first. */
  readonly versions: readonly VersionEntry[];
  readonly current: VersionEntry | null;
}

/** Two versions that are compared on a page of their own. */
export interface Pair {
  readonly older: VersionEntry;
  readonly newer: VersionEntry;
}

/** Neighbours, and each version with the current one; newest first. */
export function pairsOf({ versions, current }: VersionLine): readonly Pair[] {
  return versions.flatMap((newer, at) =>
    versions
      .slice(at + 1)
      .filter((older, distance) => distance === 0 || newer === current || older === current)
      .map((older) => ({ older, newer })),
  );
}

/**
 * @param entries all versions of one checklist, oldest first
 * @param current the current version's model; null where none is current
 */
export function versionsFile(entries: readonly VersionEntry[], current: Checklist | null): VersionsFile {
  const supersededBy = (place: number): string | null =>
    entries.slice(place + 1).find(({ standing }) => standing === "current" || standing === "superseded")
      ?.version ?? null;
  return {
    current: current?.version ?? null,
    versions: entries
      .map((entry, place) => ({
        version: entry.version,
        status: entry.standing,
        released: entry.released?.date ?? null,
        supersededBy: entry.standing === "superseded" ? supersededBy(place) : null,
        withdrawn: entry.withdrawn,
      }))
      .reverse(),
    items: current ? idsOf(current) : [],
  };
}

function idsOf(checklist: Checklist): readonly string[] {
  const { items, sections } = outlineOf(checklist);
  return [...sections, ...items].map(({ id }) => id);
}
