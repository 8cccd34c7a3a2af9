/** Days as they are typed. */
import { UsageError } from "./command.ts";

/** A day that exists, YYYY-MM-DD. Throws UsageError for anything else. @param option its name, for the message */
export function dayOf(option: string, typed: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(typed) ? Date.parse(`${typed}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== typed)
    throw new UsageError(`--${option} is a day such as 2026-03-04, not "${typed}"`);
  return typed;
}
