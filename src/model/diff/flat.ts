/** A checklist as a flat list of parts, each with its attributes and its text, and the way back. */
import type { Block, Checklist, Code, Entry, Footnote, Item, Section } from "../checklist.ts";
import { type Inline, plainText } from "../text.ts";
import type { Attributes, ListName, PartKind, PartName, Side, Token } from "./change.ts";

export interface Part extends PartName {
  readonly number: string | null;
  /** The part that it stands in; null: the document itself. */
  readonly in: PartName | null;
  readonly attributes: Attributes;
  readonly text: readonly Token[];
}

export type Lists = Readonly<Record<ListName, readonly Attributes[]>>;

export interface Flat {
  readonly side: Side;
  readonly document: Attributes;
  readonly lists: Lists;
  readonly text: readonly Token[];
  /** By `keyOf`, in the order of the document. */
  readonly parts: ReadonlyMap<string, Part>;
}

export function keyOf({ kind, id }: PartName): string {
  return `${kind} ${id}`;
}

const flats = new WeakMap<Checklist, Flat>();

/** The flat form, made once per value. */
export function flatten(checklist: Checklist): Flat {
  const known = flats.get(checklist);
  if (known) return known;
  const { schema: _, id, version, digest, content, footnotes, ...rest } = checklist;
  const { questions, fields, metrics, signoffs, escalation, contacts, ...document } = rest;
  const flattener = new Flattener();
  const text = flattener.tokens(content, null);
  const notes = footnotes.map((footnote) => flattener.footnote(footnote));
  const flat: Flat = {
    side: { id, version, digest },
    document,
    lists: { questions, fields, metrics, signoffs, escalation, contacts } as unknown as Lists,
    text: [...text, ...notes],
    parts: flattener.inOrder(),
  };
  flats.set(checklist, flat);
  return flat;
}

class Flattener {
  readonly #parts = new Map<string, Part | null>();

  inOrder(): ReadonlyMap<string, Part> {
    return new Map([...this.#parts].flatMap(([key, part]) => (part ? [[key, part] as const] : [])));
  }

  tokens(blocks: readonly Block[], owner: PartName | null): Token[] {
    return blocks.flatMap((block): Token[] => {
      switch (block.type) {
        case "section":
          return [this.#section(block.section, owner)];
        case "code":
          return [this.#code(block, owner)];
        case "list": {
          const { entries, ...list } = block;
          return bracket(
            list,
            entries.flatMap((entry) => this.#entry(entry, owner)),
          );
        }
        case "quote":
        case "details": {
          const { content, ...holder } = block;
          return bracket(holder, this.tokens(content, owner));
        }
        default:
          return [{ type: "block", block }];
      }
    });
  }

  #entry(entry: Entry, owner: PartName | null): Token[] {
    switch (entry.type) {
      case "section":
        return [this.#section(entry.section, owner)];
      case "item": {
        const { id, number, line: _line, text: _text, body, ...attributes } = entry.item;
        return [this.#part("item", id, owner, number, attributes, body)];
      }
      case "bullet":
        return bracket({ type: "bullet" }, this.tokens(entry.content, owner));
      default:
        return entry satisfies never;
    }
  }

  #section(section: Section, owner: PartName | null): Token {
    const { id, number, line: _line, text: _text, content, ...attributes } = section;
    return this.#part("section", id, owner, number, attributes, content);
  }

  #code(code: Code, owner: PartName | null): Token {
    const { lang, value, command, template } = code;
    if (command) {
      const { id, line: _, ...own } = command;
      return this.#part("command", id, owner, null, { lang, value, ...own }, []);
    }
    if (template) {
      const { id, ...own } = template;
      return this.#part("template", id, owner, null, { lang, value, ...own }, []);
    }
    return { type: "block", block: { ...code, line: 0 } };
  }

  footnote({ label, number, content }: Footnote): Token {
    return this.#part("footnote", label, null, String(number), {}, content);
  }

  #part(
    kind: PartKind,
    wanted: string,
    owner: PartName | null,
    number: string | null,
    attributes: Attributes,
    body: readonly Block[],
  ): Token {
    let id = wanted;
    // Two parts with one id are a fault of the source, and still two parts here.
    for (let n = 2; this.#parts.has(keyOf({ kind, id })); n += 1) id = `${wanted}#${n}`;
    const name = { kind, id };
    // The place is taken before the parts inside are read: parents come first.
    this.#parts.set(keyOf(name), null);
    this.#parts.set(keyOf(name), { ...name, number, in: owner, attributes, text: this.tokens(body, name) });
    return { type: "part", ...name };
  }
}

function bracket(block: Extract<Token, { type: "open" }>["block"], inside: readonly Token[]): Token[] {
  return [{ type: "open", block }, ...inside, { type: "close" }];
}

/** The checklist that a flat form is of. Lines of the source are not known any more: they are 0. */
export function unflatten(flat: Flat): Checklist {
  const footnotes = flat.text.filter(isFootnote);
  const reader = new Reader(flat, flat.text.slice(0, flat.text.length - footnotes.length));
  // The attributes were taken from a checklist (flatten) and changed to those of another one.
  return {
    schema: "countersign/checklist@1",
    ...flat.side,
    ...flat.document,
    ...flat.lists,
    content: reader.blocks(),
    footnotes: footnotes.map((token): Footnote => {
      const { id, number, text } = partOf(flat, token);
      return { label: id, number: Number(number), content: new Reader(flat, text).blocks() };
    }),
  } as unknown as Checklist;
}

function isFootnote(token: Token): token is Extract<Token, { type: "part" }> {
  return token.type === "part" && token.kind === "footnote";
}

function partOf(flat: Flat, token: PartName): Part {
  const part = flat.parts.get(keyOf(token));
  if (!part) throw new TypeError(`the text names the ${token.kind} '${token.id}', which is not there`);
  return part;
}

class Reader {
  readonly #flat: Flat;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(flat: Flat, tokens: readonly Token[]) {
    this.#flat = flat;
    this.#tokens = tokens;
  }

  blocks(): Block[] {
    const blocks: Block[] = [];
    for (let token = this.#next(); token && token.type !== "close"; token = this.#next()) {
      if (token.type === "block") blocks.push(token.block);
      else if (token.type === "open") blocks.push(this.#holder(token.block));
      else if (token.kind === "section") blocks.push({ type: "section", section: this.#section(token) });
      else if (token.kind === "item") throw new TypeError(`the item '${token.id}' stands in no list`);
      else blocks.push(this.#code(token));
    }
    return blocks;
  }

  #next(): Token | undefined {
    this.#at += 1;
    return this.#tokens[this.#at - 1];
  }

  #holder(block: Extract<Token, { type: "open" }>["block"]): Block {
    if (block.type === "list") return { ...block, entries: this.#entries() };
    if (block.type === "bullet") throw new TypeError("a bullet stands in no list");
    return { ...block, content: this.blocks() };
  }

  #entries(): Entry[] {
    const entries: Entry[] = [];
    for (let token = this.#next(); token && token.type !== "close"; token = this.#next()) {
      if (token.type === "part" && token.kind === "item")
        entries.push({ type: "item", item: this.#item(token) });
      else if (token.type === "part" && token.kind === "section")
        entries.push({ type: "section", section: this.#section(token) });
      else entries.push({ type: "bullet", content: this.blocks() });
    }
    return entries;
  }

  #named(token: PartName) {
    const part = partOf(this.#flat, token);
    const { attributes, number, text } = part;
    const title = attributes.title as readonly Inline[] | undefined;
    return {
      attributes,
      named: { id: part.id.replace(/#\d+$/, ""), number, line: 0, text: plainText(title ?? []).trim() },
      inside: () => new Reader(this.#flat, text).blocks(),
    };
  }

  #item(token: PartName): Item {
    const { attributes, named, inside } = this.#named(token);
    return { ...attributes, ...named, body: inside() } as unknown as Item;
  }

  #section(token: PartName): Section {
    const { attributes, named, inside } = this.#named(token);
    return { ...attributes, ...named, content: inside() } as unknown as Section;
  }

  #code(token: PartName): Code {
    const { lang, value, ...own } = partOf(this.#flat, token).attributes;
    const id = token.id.replace(/#\d+$/, "");
    const command = token.kind === "command" ? { id, line: 0, ...own } : null;
    const template = token.kind === "template" ? { id, ...own } : null;
    return { type: "code", lang, value, command, template, line: 0 } as unknown as Code;
  }
}
