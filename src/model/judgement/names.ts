/** How items, sections, people and times are named in messages, facts and reports. */
import type { Item, Section } from "../checklist.ts";
import type { ItemName, Moment, PersonName } from "../fact.ts";
import { showLocal, showUtc } from "../instant.ts";
import type { Run } from "../run.ts";

/** How an item is named in lists. */
export function itemName({ id, number, text }: Item): ItemName {
  return { id, number, text };
}

/** `3.2.1 Error rate below 1 %`, cut at 80 characters. */
export function sayItem({ number, text }: Pick<Item, "number" | "text">): string {
  const short = text.length > 80 ? `${text.slice(0, 79).trimEnd()}…` : text;
  return number === "" ? short : `${number} ${short}`;
}

/** `3.2 Smoke tests`. */
export function saySection({ number, text, id }: Pick<Section, "number" | "text" | "id">): string {
  return [number, text === "" ? id : text].filter((part) => part !== "").join(" ");
}

/** A person of the run; somebody who is not listed is named by the id, identity claimed. */
export function personName({ run }: { readonly run: Run }, id: string): PersonName {
  const person = run.people.find((entry) => entry.id === id);
  if (!person) return { id, name: id, role: null, identity: "claimed" };
  return { id, name: person.name, role: person.role, identity: person.identity };
}

export function maybePerson(of: { readonly run: Run }, id: string | null): PersonName | null {
  return id === null ? null : personName(of, id);
}

/** A person's name, as far as it is recorded. */
export function sayPerson(of: { readonly run: Run }, id: string | null): string {
  return id === null ? "somebody" : personName(of, id).name;
}

/** `2026-03-04 22:00 +01:00`; "an unknown time" where none is recorded. */
export function sayTime(at: string | null): string {
  return at === null ? "an unknown time" : showLocal(at);
}

export function moment(at: string): Moment {
  return { at, local: showLocal(at), utc: showUtc(at) };
}

export function maybeMoment(at: string | null): Moment | null {
  return at === null ? null : moment(at);
}
