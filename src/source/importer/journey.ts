/** A text on its way from step to step: what it has become, by which edits, and what was noted. */
import { applyEdits, composeEdits, type Edit, originalOffset } from "../edits.ts";
import { type Draft, type Note, type Place, readDraft, type Step } from "./draft.ts";
import type { Matter } from "./matter.ts";

export class Journey {
  readonly start: string;
  readonly #place: Place;
  readonly passes: (readonly Edit[])[] = [];
  /** Their offsets are places of the text at the start. */
  readonly notes: Note[] = [];
  text: string;
  matter: Partial<Matter> = {};
  #draft: Draft | null = null;

  constructor(start: string, place: Place) {
    this.start = start;
    this.#place = place;
    this.text = start;
  }

  /** The text as it is now, parsed once. */
  get draft(): Draft {
    this.#draft ??= readDraft(this.text, this.#place);
    return this.#draft;
  }

  /** All edits so far as one list that fits the text at the start. */
  edits(): readonly Edit[] {
    return composeEdits(this.start, this.passes);
  }

  /** Takes a step from where the text is now. Answers with the number of its edits. */
  step(make: (draft: Draft) => Step): number {
    return this.go(make(this.draft));
  }

  go({ edits, notes = [], matter = {} }: Step): number {
    if (notes.length > 0) {
      const before = this.edits();
      this.notes.push(...notes.map((note) => ({ ...note, offset: originalOffset(before, note.offset) })));
    }
    this.matter = merge(this.matter, matter);
    if (edits.length === 0) return 0;
    this.passes.push(edits);
    this.text = applyEdits(this.text, edits);
    this.#draft = null;
    return edits.length;
  }
}

function merge(a: Partial<Matter>, b: Partial<Matter>): Partial<Matter> {
  return {
    ...a,
    ...b,
    fields: [...(a.fields ?? []), ...(b.fields ?? [])],
    signoffs: [...(a.signoffs ?? []), ...(b.signoffs ?? [])],
    contacts: [...(a.contacts ?? []), ...(b.contacts ?? [])],
    escalation: [...(a.escalation ?? []), ...(b.escalation ?? [])],
    decisions: [...(a.decisions ?? []), ...(b.decisions ?? [])],
  };
}
