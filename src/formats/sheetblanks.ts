/** The blanks of a filled sheet while they are read: each is taken once, and what nobody took is named. */
import type { FilledForm } from "../model/blank.ts";
import { error, type ForeignProblem, warning } from "./foreign.ts";

/** What was printed into blanks before anybody filled the sheet in: they are no blanks of its form any more. */
export type PrintedBlanks = ReadonlyMap<string, string | boolean>;

export class Blanks {
  readonly problems: ForeignProblem[] = [];
  readonly #form: FilledForm;
  readonly #printed: PrintedBlanks;
  readonly #left: Set<string>;

  constructor(form: FilledForm, printed: PrintedBlanks) {
    this.#form = form;
    this.#printed = printed;
    this.#left = new Set(form.blanks.keys());
  }

  /** The text of a blank; null where nothing is written. */
  text(name: string): string | null {
    const value = this.#take(name);
    return typeof value === "string" ? value : null;
  }

  ticked(name: string): boolean {
    const value = this.#take(name);
    // Some programs write a box as text.
    return value === true || (value !== null && /^(?:yes|x|on|true)$/i.test(value));
  }

  /** What a screen reader says of a blank. */
  label(name: string): string {
    return this.#form.blanks.get(name)?.label ?? "";
  }

  /** Names below a prefix, without it: those of the form in its order, then what is printed. */
  below(prefix: string): readonly string[] {
    const printed = [...this.#printed].flatMap(([name, value]) =>
      value === false || this.#form.blanks.has(name) ? [] : [name],
    );
    return [...this.#form.blanks.keys(), ...printed].flatMap((name) =>
      name.startsWith(`${prefix}.`) ? [name.slice(prefix.length + 1)] : [],
    );
  }

  #take(name: string): string | true | null {
    this.#left.delete(name);
    return this.#form.blanks.get(name)?.value ?? (this.#printed.get(name) || null);
  }

  wrong(name: string, reason: string, hint: string | null = null): void {
    this.problems.push(error("sheet", name, reason, hint));
  }

  unsure(name: string, reason: string, hint: string | null = null): void {
    this.problems.push(warning("sheet", name, reason, hint));
  }

  /** Filled blanks that have no place in a record: kept as they are, and named. */
  leftOver(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      [...this.#left].map((name) => {
        const value = this.#form.blanks.get(name)?.value ?? "";
        const shown = value === true ? "ticked" : `'${value.slice(0, 100)}'`;
        this.unsure(name, `has no place in a record: ${shown} is kept under 'extra'`);
        return [name, value === true ? "ticked" : value];
      }),
    );
  }
}

/** Parts of a name of a blank: a dot inside an id is written as a colon. */
export function blankPart(id: string): string {
  return id.replaceAll(".", ":");
}

export function partId(part: string): string {
  return part.replaceAll(":", ".");
}
