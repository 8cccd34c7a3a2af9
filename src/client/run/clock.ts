/** The clock of this computer: the only file of `src` that reads it. A tick is taken when it is made. */

/** Now, as RFC 3339 with seconds and this computer's offset: `2026-03-04T22:00:00+01:00`. */
export function now(): string {
  return atOffset(new Date(Date.now()));
}

/** A time that was typed as local time, `2026-03-04T22:00`, with the offset this computer has then; null where it is none. */
export function fromLocal(typed: string): string | null {
  const date = new Date(typed);
  return Number.isNaN(date.getTime()) ? null : atOffset(date);
}

/** For inputs of local times: `2026-03-04T22:00:00`. */
export function toLocal(instant: string): string {
  return atOffset(new Date(instant)).slice(0, 19);
}

/** Milliseconds from a recorded time until now. */
export function since(instant: string): number {
  return Date.now() - new Date(instant).getTime();
}

/** `22:04`, on this computer's clock. */
export function clockTime(instant: string): string {
  return atOffset(new Date(instant)).slice(11, 16);
}

/** `UTC+01:00`, as times are recorded now. */
export function zone(): string {
  return `UTC${now().slice(19)}`;
}

function atOffset(date: Date): string {
  const offset = -date.getTimezoneOffset();
  const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19);
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  const two = (count: number): string => String(count).padStart(2, "0");
  return `${local}${offset < 0 ? "-" : "+"}${two(hours)}:${two(minutes)}`;
}
