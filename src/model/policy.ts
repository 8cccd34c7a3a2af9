/** What an installation decides about judging, and what the shells find out and hand to the judge. */
import type { Lock, Roster, Severity } from "./site.schema.ts";

/** The part of `site.yaml` that judging depends on. It is kept beside every judgement. */
export interface Policy {
  readonly thresholds: {
    /** ISO 8601: something entered later than this after it was done is a late entry. */
    readonly lateEntry: string;
    /** So many items by one person within a minute are a bulk tick. */
    readonly bulkTick: number;
    /** ISO 8601: until then an emergency change has to be reviewed and ratified. */
    readonly emergencyReview: string;
  };
  /** Departures from the default severities, by rule. */
  readonly severities: Readonly<Record<string, Severity>>;
  /** Roles that may waive a failed item. */
  readonly waivers: readonly string[];
}

/** An item done in an earlier run whose result may still stand. */
export interface CarriedResult {
  readonly item: string;
  readonly run: string;
  readonly by: string | null;
  readonly at: string;
}

/**
 * What the shells found out. `null` means that it was not looked at: then nothing is concluded from it,
 * and the report says so.
 */
export interface Facts {
  /** The lock, to tell which versions were released and current. */
  readonly lock: Lock | null;
  /** Who held which role when. */
  readonly roster: Roster | null;
  /** Digest of the roster file, for the provenance. */
  readonly rosterDigest: string | null;
  /** Digest of the checklist source that is kept with the run. */
  readonly sourceDigest: string | null;
  /** Evidence id -> digest of the bytes that are kept, or null where no bytes are. */
  readonly evidence: Readonly<Record<string, string | null>> | null;
  /** Results of earlier runs that items with `standing` may be carried from. */
  readonly carried: readonly CarriedResult[];
  /** Name and version of the software, for the provenance: `countersign 0.1.0`. */
  readonly tool: string | null;
}

/** Nothing looked at. */
export const noFacts: Facts = {
  lock: null,
  roster: null,
  rosterDigest: null,
  sourceDigest: null,
  evidence: null,
  carried: [],
  tool: null,
};

/** What holds where `site.yaml` says nothing. */
export const defaultPolicy: Policy = {
  thresholds: { lateEntry: "PT15M", bulkTick: 20, emergencyReview: "P5D" },
  severities: {},
  waivers: [],
};
