/** What every item counts as: what was recorded of it, judged by its limits, or why nothing had to be. */
import type { Item, SectionRole } from "../checklist.ts";
import { addDuration } from "../duration.ts";
import { compareInstants } from "../instant.ts";
import type { ItemStatus } from "../itemreport.ts";
import type { CarriedResult } from "../policy.ts";
import type { ResultStatus } from "../result.ts";
import type { Baselines } from "../verdict.ts";
import { type Frame, speaksOfDecision } from "./frame.ts";
import type { Paths } from "./paths.ts";
import { type Settled, settle } from "./settle.ts";
import type { SignoffState } from "./signing.ts";
import { dueOf, isDue } from "./times.ts";
import { type JudgedLimit, judgeItem, worstVerdict } from "./values.ts";

export interface ItemState {
  readonly item: Item;
  readonly settled: Settled | null;
  readonly status: ItemStatus;
  /** What the record says, where the status is something else. */
  readonly claimed: ResultStatus | null;
  /** Why it has this status where no result says so. */
  readonly because: string | null;
  readonly due: string | null;
  readonly judged: readonly JudgedLimit[];
  readonly carried: CarriedResult | null;
  /** The sign-off that does the item. */
  readonly signoff: SignoffState | null;
}

/** Text, forms and templates: nothing under them is asked for. */
const textual: ReadonlySet<SectionRole> = new Set(["contacts", "templates", "review", "reference"]);
const positive: ReadonlySet<string> = new Set(["passed", "met"]);

/** What a baseline item saw last. */
export function baselinesOf(frame: Frame): Baselines {
  const baselines: Record<string, Baselines[string]> = {};
  for (const item of frame.outline.items) {
    const last = settle(item, frame.results.get(item.id) ?? [])?.observed.at(-1);
    if (last) baselines[item.id] = last;
  }
  return baselines;
}

/** States of all items that are neither derived nor done by a signature. */
export function plainStates(frame: Frame, paths: Paths): Map<string, ItemState> {
  const baselines = baselinesOf(frame);
  const states = new Map<string, ItemState>();
  const plain = frame.outline.items.filter(({ derived, signs }) => derived === null && signs === null);
  for (const item of plain) states.set(item.id, plainState(frame, paths, item, baselines));
  for (const [id, state] of states) states.set(id, amongBands(state, states));
  return states;
}

function plainState(frame: Frame, paths: Paths, item: Item, baselines: Baselines): ItemState {
  const settled = settle(item, frame.results.get(item.id) ?? []);
  const judged = judgeItem(item, settled?.observed ?? [], baselines);
  const due = dueOf(frame, item);
  const carried = settled ? null : (frame.facts.carried.find((result) => result.item === item.id) ?? null);
  const state = { item, settled, claimed: null, because: null, due, judged, carried, signoff: null };
  const excuse = excuseOf(frame, paths, item, due);
  const said = settled?.status ?? null;
  if (said !== null && !(excuse?.always && (said === "skipped" || said === "not-applicable"))) {
    const status = judgedStatus(item.role, said, judged);
    return { ...state, status, claimed: status === said ? null : said };
  }
  if (excuse) return { ...state, status: excuse.status, because: excuse.because, claimed: said };
  if (carried && stands(frame, item, carried))
    return { ...state, status: "carried", because: `done in the run ${carried.run}` };
  return { ...state, ...absent(frame, item, due) };
}

/** A claim does not count against its limit: breached is not passed, and what cannot be told is not passed either. */
function judgedStatus(role: SectionRole, said: ResultStatus, judged: readonly JudgedLimit[]): ItemStatus {
  const worst = positive.has(said) ? worstVerdict(judged) : null;
  if (worst === "breached") return role === "criteria" || role === "decision" ? "not-met" : "failed";
  return worst ?? said;
}

interface Excuse {
  readonly status: "not-selected" | "not-needed" | "not-reached";
  readonly because: string;
  /** Holds against a result that only says that nothing was done. */
  readonly always: boolean;
}

/** Why nothing has to be recorded of an item; null if something has. */
export function excuseOf(frame: Frame, paths: Paths, item: Item, due: string | null): Excuse | null {
  if (textual.has(item.role))
    return { status: "not-needed", because: "this part of the checklist is text", always: true };
  if (paths.selected(item) === false)
    return { status: "not-selected", because: "its condition is false in this run", always: true };
  if (item.role === "contingency" && !paths.invoked.has(item.section)) {
    return { status: "not-needed", because: "this way back was not taken", always: true };
  }
  const turned = notReached(frame, item, due);
  return turned === null ? null : { status: "not-reached", because: turned, always: false };
}

/** Work that a stop or a rollback made moot; null where it should have been done before. */
function notReached(frame: Frame, item: Item, due: string | null): string | null {
  const { turn } = frame;
  if (!turn || item.role === "contingency" || speaksOfDecision(item)) return null;
  const because = turn.kind === "stop" ? "the run was stopped before" : "the run turned back before";
  if (item.role === "follow-up") return because;
  if (item.role === "triggers" && turn.kind === "rollback") return "the run had turned back already";
  if (item.stage === "before" && turn.kind === "rollback") return null;
  if (due !== null && turn.at !== null && compareInstants(due, turn.at) <= 0) return null;
  return passedOver(frame, item, turn.at) ? null : because;
}

/** Was something that stands later in the same section done before the turn? Then this one was left out. */
function passedOver(frame: Frame, item: Item, turn: string | null): boolean {
  const place = frame.outline.items.indexOf(item);
  return frame.outline.items
    .slice(place + 1)
    .some(
      (later) =>
        later.section === item.section &&
        (frame.results.get(later.id) ?? []).some(
          ({ status, at }) =>
            status !== null && (at === null || turn === null || compareInstants(at, turn) <= 0),
        ),
    );
}

function stands(frame: Frame, item: Item, carried: CarriedResult): boolean {
  return (
    item.standing !== null && compareInstants(addDuration(carried.at, item.standing), frame.opening) >= 0
  );
}

type Absent = Pick<ItemState, "status" | "because">;

function absent(frame: Frame, item: Item, due: string | null): Absent {
  const { closed } = frame.run;
  if (item.role === "follow-up" && closed && (due === null || compareInstants(due, closed.at) > 0)) {
    return { status: "not-due", because: "it outlives the run" };
  }
  if (!isDue(frame, due)) return { status: "not-due", because: null };
  if (item.optional) return { status: "not-done", because: null };
  return { status: "not-recorded", because: null };
}

/** One band was seen: then the others of its section were not, without anybody saying so. */
function amongBands(state: ItemState, states: ReadonlyMap<string, ItemState>): ItemState {
  if (state.item.band === null || state.settled?.status != null) return state;
  if (state.status !== "not-recorded" && state.status !== "not-due") return state;
  const seen = [...states.values()].find(
    ({ item, status }) => item.band !== null && item.section === state.item.section && status === "seen",
  );
  return seen ? { ...state, status: "not-seen", because: `the ${seen.item.band} band was seen` } : state;
}

/** An item that a signature does: a tick never does it. */
export function signedState(
  frame: Frame,
  paths: Paths,
  item: Item,
  signing: readonly SignoffState[],
): ItemState {
  const signoff = signing.find((state) => state.signoff.id === item.signs) ?? null;
  const settled = settle(item, frame.results.get(item.id) ?? []);
  const due = dueOf(frame, item) ?? signoff?.due ?? null;
  const state = {
    item,
    settled,
    claimed: settled?.status ?? null,
    because: null,
    due,
    judged: [],
    carried: null,
    signoff,
  };
  if (signoff?.state === "signed") return { ...state, status: "passed", claimed: null };
  const excuse = excuseOf(frame, paths, item, due);
  if (excuse) return { ...state, status: excuse.status, because: excuse.because };
  if (signoff?.state === "not needed")
    return { ...state, status: "not-needed", because: "this signature is not asked for in this run" };
  if (signoff?.state === "not due") return { ...state, status: "not-due", because: null };
  if (signoff?.state === "not signed" || isDue(frame, due))
    return { ...state, status: "not-recorded", because: "only a signature does it" };
  return { ...state, status: "not-due", because: null };
}
