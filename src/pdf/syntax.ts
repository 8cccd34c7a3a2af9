/** PDF syntax to values: objects, and the operators of content streams. Throws for what ends too early. */

export class Name {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}
export class Ref {
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
}
export type Dict = Map<string, Value>;
export type Value = null | boolean | number | string | Name | Ref | Dict | readonly Value[];

export interface Parsed {
  readonly value: Value;
  readonly stream: Uint8Array | null;
}

/** By character code: 1 is white space, 2 ends a word. */
const KINDS = new Uint8Array(256);
for (const char of "\0\t\n\f\r ") KINDS[char.charCodeAt(0)] = 1;
for (const char of "()<>[]{}/%") KINDS[char.charCodeAt(0)] = 2;
const PERCENT = 0x25;

/** A tokeniser over text whose characters are bytes. */
export class Reader {
  readonly text: string;
  at: number;

  constructor(text: string, at = 0) {
    this.text = text;
    this.at = at;
  }

  space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (KINDS[code] === 1) this.at += 1;
      else if (code === PERCENT)
        while (this.at < this.text.length && !/[\r\n]/.test(this.text.charAt(this.at))) this.at += 1;
      else return;
    }
  }

  get done(): boolean {
    this.space();
    return this.at >= this.text.length;
  }

  word(): string {
    this.space();
    const start = this.at;
    while (this.at < this.text.length && KINDS[this.text.charCodeAt(this.at)] === 0) this.at += 1;
    return this.text.slice(start, this.at);
  }

  /** A value, or the operator (a bare word) of a content stream. */
  value(): Value | { readonly operator: string } {
    this.space();
    const two = this.text.slice(this.at, this.at + 2);
    if (two === "<<") return this.#dictionary();
    switch (this.text[this.at]) {
      case "/":
        this.at += 1;
        return new Name(
          this.word().replace(/#([0-9A-F]{2})/gi, (_, hex: string) =>
            String.fromCharCode(Number.parseInt(hex, 16)),
          ),
        );
      case "(":
        return this.#literal();
      case "<":
        return this.#hex();
      case "[":
        return this.#array();
      default:
        return this.#plain();
    }
  }

  /** White space, and then something. */
  #more(): void {
    this.space();
    if (this.at >= this.text.length) throw new Error("the file ends within an object");
  }

  #dictionary(): Dict {
    this.at += 2;
    const dictionary: Dict = new Map();
    for (;;) {
      this.#more();
      if (this.text.startsWith(">>", this.at)) break;
      const key = this.value();
      if (!(key instanceof Name)) throw new Error(`no name as key at ${this.at}`);
      dictionary.set(key.value, operand(this.value()));
    }
    this.at += 2;
    return dictionary;
  }

  #array(): Value[] {
    this.at += 1;
    const items: Value[] = [];
    for (;;) {
      this.#more();
      if (this.text[this.at] === "]") break;
      items.push(operand(this.value()));
    }
    this.at += 1;
    return items;
  }

  #literal(): string {
    this.at += 1;
    let depth = 1;
    let out = "";
    while (depth > 0) {
      if (this.at >= this.text.length) throw new Error("a text has no end");
      const char = this.text.charAt(this.at);
      this.at += 1;
      if (char === "\\") {
        const octal = /^[0-7]{1,3}/.exec(this.text.slice(this.at, this.at + 3))?.[0];
        if (octal !== undefined) {
          out += String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
          this.at += octal.length;
          continue;
        }
        const next = this.text.startsWith("\r\n", this.at) ? "\r\n" : this.text.charAt(this.at);
        this.at += next.length;
        // A line that ends after a backslash goes on.
        if (!/^[\r\n]/.test(next)) out += { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" }[next] ?? next;
        continue;
      }
      if (char === "(") depth += 1;
      if (char === ")") depth -= 1;
      if (depth > 0) out += char;
    }
    return out;
  }

  #hex(): string {
    const end = this.text.indexOf(">", this.at);
    if (end < 0) throw new Error("a text has no end");
    const digits = this.text.slice(this.at + 1, end).replace(/\s/g, "");
    this.at = end + 1;
    return digits.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
  }

  #plain(): Value | { readonly operator: string } {
    const code = this.text.charCodeAt(this.at);
    const reference =
      code >= 0x30 && code <= 0x39
        ? /^(\d{1,10})\s+\d{1,5}\s+R(?![A-Za-z])/.exec(this.text.slice(this.at, this.at + 24))
        : null;
    if (reference) {
      this.at += reference[0].length;
      return new Ref(Number(reference[1]));
    }
    const word = this.word();
    if (word === "") throw new Error(`nothing readable at ${this.at}`);
    if (word === "true" || word === "false") return word === "true";
    if (word === "null") return null;
    return /^[-+]?(?:\d+\.?\d*|\.\d+)$/.test(word) ? Number(word) : { operator: word };
  }
}

export function operand(value: Value | { readonly operator: string }): Value {
  if (typeof value === "object" && value !== null && "operator" in value)
    throw new Error(`stray word ${value.operator}`);
  return value;
}

/** PDFDocEncoding where it is not Latin-1 (ISO 32000-1, D.2); "" where it has no character. */
const DOC_ENCODED: ReadonlyMap<string, string> = new Map([
  ...[..."˘ˇˆ˙˝˛˚˜"].map((char, at): [string, string] => [String.fromCharCode(0x18 + at), char]),
  ...[..."•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž"].map((char, at): [string, string] => [
    String.fromCharCode(0x80 + at),
    char,
  ]),
  ["\u009f", ""],
  ["\u00a0", "€"],
]);

/** Text strings: UTF-16 or UTF-8 with a mark, or PDFDocEncoding. */
export function textOf(value: Value | undefined): string | null {
  if (typeof value !== "string") return null;
  if (value.startsWith("\u00ef\u00bb\u00bf"))
    return new TextDecoder().decode(Uint8Array.from(value.slice(3), (char) => char.charCodeAt(0)));
  if (!value.startsWith("\u00fe\u00ff"))
    return value.replace(/[\u0018-\u001f\u0080-\u00a0]/g, (char) => DOC_ENCODED.get(char) ?? char);
  return value
    .slice(2)
    .replace(/[\s\S]{2}/g, (pair) => String.fromCharCode(pair.charCodeAt(0) * 256 + pair.charCodeAt(1)));
}
