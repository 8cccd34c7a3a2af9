/** Who is named on a filled sheet: rows of people, contacts, names beside signatures, initials beside items. */
import type { Checklist } from "../model/checklist.ts";
import type { Blanks } from "./sheetblanks.ts";
import { partId } from "./sheetblanks.ts";

interface Person {
  readonly id: string;
  name: string;
  role?: string;
  phone?: string;
}

/** Somebody whom the run of a half-filled sheet knows, with the initials that are printed for them. */
export interface KnownPerson {
  readonly id: string;
  readonly name: string;
  readonly role: string | null;
  readonly phone: string | null;
  readonly initials: string;
}

/** Everybody by initials and by name, each under one id. Nobody is matched by likeness. */
export class People {
  readonly all: Person[] = [];
  readonly #byName = new Map<string, Person>();
  readonly #byInitials = new Map<string, Person>();
  readonly #blanks: Blanks;

  /** @param known people of a run that the sheet goes on with: they keep their ids */
  constructor(blanks: Blanks, checklist: Checklist, known: readonly KnownPerson[]) {
    this.#blanks = blanks;
    for (const { id, name, role, phone, initials } of known) {
      const person = { id, name, ...(role !== null && { role }), ...(phone !== null && { phone }) };
      this.all.push(person);
      if (!this.#byName.has(name)) this.#byName.set(name, person);
      this.#byInitials.set(initials, person);
    }
    for (const number of new Set(blanks.below("person").map((rest) => rest.split(".")[0] ?? "")))
      this.#row(number);
    const lead = blanks.text("run.lead");
    const leadRole = checklist.signoffs.find(({ role }) => /\blead\b/i.test(role))?.role ?? "Deployment lead";
    if (lead !== null) this.#add(lead, { role: leadRole });
    for (const [at, { role }] of checklist.contacts.entries()) this.#reach(`contact.${at + 1}`, role);
    for (const { level, role } of checklist.escalation) {
      this.#reach(`escalation.${level}`, role);
      this.#reach(`rollback-escalation.${level}`, role);
    }
  }

  #row(number: string): void {
    const place = (key: string): string => `person.${number}.${key}`;
    const [name, initials] = [this.#blanks.text(place("name")), this.#blanks.text(place("initials"))];
    // A role that is printed is no blank; the label of the blanks beside it says it.
    const [, printed] =
      /^(.*): (?:name|initials)$/.exec(this.#blanks.label(place(name === null ? "initials" : "name"))) ?? [];
    const role =
      this.#blanks.text(place("role")) ?? (/^Person \d+$/.test(printed ?? "") ? undefined : printed);
    if (this.#blanks.ticked(place("specimen")))
      this.#blanks.unsure(place("specimen"), "is signed by a key, which is not verified here");
    if (name === null && initials === null) return;
    const person = this.#add(name ?? initials ?? "", { role, id: initials });
    if (initials === null) return;
    if (this.#byInitials.has(initials))
      this.#blanks.wrong(
        place("initials"),
        `are those of two people: '${initials}'`,
        "tell them apart on the sheet",
      );
    this.#byInitials.set(initials, person);
  }

  #reach(prefix: string, role: string): void {
    const name = this.#blanks.text(`${prefix}.name`);
    const person = name === null ? this.all.find((one) => one.role === role) : this.#add(name, { role });
    // A number that belongs to nobody on the sheet is left, and named with what has no place.
    const phone = person ? this.#blanks.text(`${prefix}.phone`) : null;
    if (person && phone !== null) person.phone ??= phone;
  }

  #add(name: string, { role, id = null }: { role?: string | undefined; id?: string | null }): Person {
    const known = this.#byName.get(name);
    if (known) {
      if (role !== undefined) known.role ??= role;
      return known;
    }
    const person: Person = { id: this.#free(id ?? name), name, ...(role === undefined ? {} : { role }) };
    this.all.push(person);
    this.#byName.set(name, person);
    return person;
  }

  #free(wanted: string): string {
    const plain = partId(wanted).slice(0, 120);
    const taken = (id: string): boolean => this.all.some((person) => person.id === id);
    let id = plain;
    for (let count = 2; taken(id); count += 1) id = `${plain}-${count}`;
    return id;
  }

  /** The id for initials beside an item; who is not explained on the sheet is named by the initials alone. */
  initials(written: string | null, place: string): string | undefined {
    if (written === null) return undefined;
    const known = this.#byInitials.get(written) ?? this.#byName.get(written);
    if (known) return known.id;
    this.#blanks.unsure(
      place,
      `'${written}' are initials that the sheet gives no name for`,
      "write them once under 'People who write on this sheet'",
    );
    const person = this.#add(written, {});
    this.#byInitials.set(written, person);
    return person.id;
  }

  /** The id for a name that is written out, or for initials in its place. */
  named(written: string | null, role?: string): string | undefined {
    if (written === null) return undefined;
    return (this.#byName.get(written) ?? this.#byInitials.get(written) ?? this.#add(written, { role })).id;
  }
}
