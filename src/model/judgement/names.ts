/** How items, sections, people and times are named in messages, facts and reports. */
import type { Item, Section } from "../checklist.ts";
import type { ItemName, Moment, PersonName } from "../fact.ts";
import { showLocal, showUtc } from "../instant.ts";
import type { Facts } from "../policy.ts";
import type { Run } from "../run.ts";

/** Where names of people are known from: the run, and the roster where there is one. */
export interface Naming {
  readonly run: Run;
  readonly facts: Facts;
}

/** How an item is named in lists. */
export function itemName({ id, number, text }: Item): ItemName {
  return { id, number, text };
}

/** `3.2.1 Error rate below 1 %`, cut at 80 characters, without the full stop: a sentence goes on after it. */
export function sayItem({ number, text }: Pick<Item, "number" | "text">): string {
  const short = text.length > 80 ? `${text.slice(0, 79).trimEnd()}…` : text.replace(/[.:]$/, "");
  return number === "" ? short : `${number} ${short}`;
}

/** `3.2 Smoke tests`. */
export function saySection({ number, text, id }: Pick<Section, "number" | "text" | "id">): string {
  return [number, text === "" ? id : text].filter((part) => part !== "").join(" ");
}

/** A person by the name that the run gives, else the roster, else the id; somebody who is not listed has identity claimed. */
export function personName({ run, facts }: Naming, id: string): PersonName {
  const person = run.people.find((entry) => entry.id === id);
  const named = person && person.name !== id ? person.name : null;
  const name = named ?? facts.roster?.roles.find((entry) => entry.person === id && entry.name)?.name ?? id;
  return { id, name, role: person?.role ?? null, identity: person?.identity ?? "claimed" };
}

export function maybePerson(of: Naming, id: string | null): PersonName | null {
  return id === null ? null : personName(of, id);
}

/** A person's name, as far as it is recorded. */
export function sayPerson(of: Naming, id: string | null): string {
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
