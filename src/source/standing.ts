/** What the lock learns about a version after its release: that it is withdrawn, that somebody has looked at it again. */
import type { Lock, Release } from "../model/site.schema.ts";
import { currentVersion } from "../model/version.ts";
import { withRelease } from "./release.ts";

interface Wish {
  readonly id: string;
  readonly version: string;
  /** YYYY-MM-DD. */
  readonly date: string;
}

export interface WithdrawWish extends Wish {
  readonly reason: string;
}

export interface ReviewWish extends Wish {
  readonly by: string;
}

export interface LockPlan {
  readonly lock: Lock;
  /** What whoever does it should know. */
  readonly notes: readonly string[];
}

type Planned = LockPlan | { readonly reasons: readonly string[] };

/** From `date` on the version is not to be used any more. Its file stays as it is. */
export function planWithdraw(lock: Lock, { id, version, date, reason }: WithdrawWish): Planned {
  const release = releaseOf(lock, { id, version, date });
  if ("reasons" in release) return release;
  if (release.withdrawn)
    return {
      reasons: [
        `${id}@${version} is withdrawn since ${release.withdrawn.date} (${release.withdrawn.reason})`,
      ],
    };
  if (reason.trim() === "")
    return { reasons: ["a withdrawal has a reason: it is what people are told who ask for the version"] };
  const next = withRelease(lock, { id, version }, { ...release, withdrawn: { date, reason: reason.trim() } });
  const current = currentVersion(next, id, date);
  return {
    lock: next,
    notes: [
      current === null
        ? `no version of ${id} is current after that`
        : `${id}@${current} is current after that`,
    ],
  };
}

/** Somebody looked at the version and found nothing to change: the next review is due a review time after that. */
export function planReview(lock: Lock, { id, version, date, by }: ReviewWish): Planned {
  const release = releaseOf(lock, { id, version, date });
  if ("reasons" in release) return release;
  if (release.withdrawn)
    return { reasons: [`${id}@${version} is withdrawn since ${release.withdrawn.date}`] };
  const last = release.reviewed?.at(-1);
  if (last && last.date >= date)
    return { reasons: [`${id}@${version} was reviewed on ${last.date} already, by ${last.by}`] };
  if (by.trim() === "") return { reasons: ["a review names who did it"] };
  const reviewed = [...(release.reviewed ?? []), { date, by: by.trim() }];
  return { lock: withRelease(lock, { id, version }, { ...release, reviewed }), notes: [] };
}

function releaseOf(
  lock: Lock,
  { id, version, date }: Wish,
): Release | { readonly reasons: readonly string[] } {
  const release = lock.checklists[id]?.[version];
  if (!release) return { reasons: [`${id}@${version} is not released: the lock does not know it`] };
  return release.date > date
    ? { reasons: [`${id}@${version} was released on ${release.date}, after ${date}`] }
    : release;
}
