/** Writes derived ids into a source and changes nothing else. */
import type { Pin } from "./context.ts";
import { parseChecklist, type SourceText } from "./parse.ts";

/** The text with every pin inserted. `pins` are in order of their offsets. */
export function applyPins(text: string, pins: readonly Pin[]): string {
  let pinned = "";
  let at = 0;
  for (const { offset, insert } of pins) {
    pinned += text.slice(at, offset) + insert;
    at = offset;
  }
  return pinned + text.slice(at);
}

/**
 * Plans the pinning of one source. The result is parsed again: its model must be the old one with its ids
 * written, or the plan is refused with what would have changed (an id in a place where a comment has no effect).
 */
export function planPin(
  source: SourceText,
  pins: readonly Pin[],
): { readonly text: string } | { readonly error: string } {
  const text = applyPins(source.text, pins);
  const [before, after] = [parseChecklist(source), parseChecklist({ ...source, text })];
  if (after.pins.length > 0)
    return {
      error: `${after.pins.length} ids could not be written, the first in line ${after.pins[0]?.line}`,
    };
  return meaning(before.checklist) === meaning(after.checklist)
    ? { text }
    : { error: "writing the ids would change the text itself" };
}

/** The model without what pinning may change: whether ids are written, and line numbers below an inserted line. */
function meaning(checklist: unknown): string {
  return JSON.stringify(checklist, (key, value: unknown) =>
    key === "pinned" || key === "line" ? undefined : value,
  );
}
