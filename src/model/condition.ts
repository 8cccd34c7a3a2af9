/**
 * Conditions: `platform == vercel`, `database-change`, `not sms-used and decision == rollback`.
 * Names are ids of questions, or `decision` for the latest decision, or `decision.<section id>`.
 */

export type Condition =
  | { readonly type: "is"; readonly name: string; readonly value: string; readonly equal: boolean }
  | { readonly type: "true"; readonly name: string }
  | { readonly type: "not"; readonly of: Condition }
  | { readonly type: "and"; readonly of: readonly Condition[] }
  | { readonly type: "or"; readonly of: readonly Condition[] };

export type ConditionParse = { readonly condition: Condition } | { readonly error: string };

const TOKEN = /\s*(==|!=|\(|\)|"[^"]*"|'[^']*'|[A-Za-z0-9][A-Za-z0-9._-]*)/y;

/** Parses a condition. Errors say what was expected at which word; they never throw. */
export function parseCondition(source: string): ConditionParse {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  let end = 0;
  for (let match = TOKEN.exec(source); match; match = TOKEN.exec(source)) {
    tokens.push(match[1] ?? "");
    end = TOKEN.lastIndex;
  }
  if (source.slice(end).trim() !== "")
    return { error: `cannot read '${source.slice(end).trim()}' in the condition '${source}'` };
  const parser = new Parser(tokens, source);
  const condition = parser.or();
  if (condition === null || parser.error !== null)
    return { error: parser.error ?? `the condition '${source}' is empty` };
  if (!parser.atEnd()) return { error: `did not expect '${parser.peek()}' in the condition '${source}'` };
  return { condition };
}

class Parser {
  #at = 0;
  #depth = 0;
  error: string | null = null;
  readonly #tokens: readonly string[];
  readonly #source: string;

  constructor(tokens: readonly string[], source: string) {
    this.#tokens = tokens;
    this.#source = source;
  }

  peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  atEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  or(): Condition | null {
    return this.#chain("or", () => this.#chain("and", () => this.#unary()));
  }

  #chain(word: "and" | "or", next: () => Condition | null): Condition | null {
    const parts: Condition[] = [];
    do {
      const part = next();
      if (part === null) return null;
      parts.push(part);
    } while (this.#take(word));
    const [only] = parts;
    return parts.length === 1 && only ? only : { type: word, of: parts };
  }

  #unary(): Condition | null {
    this.#depth += 1;
    if (this.#depth > 32) return this.#fail("a condition nests at most 32 deep");
    try {
      if (this.#take("not")) {
        const of = this.#unary();
        return of && { type: "not", of };
      }
      if (this.#take("(")) {
        const inner = this.or();
        if (inner && !this.#take(")"))
          return this.#fail(`a ')' is missing in the condition '${this.#source}'`);
        return inner;
      }
      return this.#comparison();
    } finally {
      this.#depth -= 1;
    }
  }

  #comparison(): Condition | null {
    const name = this.#word();
    if (name === null) return null;
    const equal = this.#take("==");
    if (!equal && !this.#take("!=")) return { type: "true", name };
    const value = this.#word();
    return value === null ? null : { type: "is", name, value, equal };
  }

  #word(): string | null {
    const token = this.peek();
    if (token === undefined || /^(?:==|!=|\(|\)|and|or|not)$/.test(token)) {
      return this.#fail(
        `expected a name or a value, got ${token === undefined ? "the end" : `'${token}'`} in the condition '${this.#source}'`,
      );
    }
    this.#at += 1;
    return token.replace(/^["']|["']$/g, "");
  }

  #take(token: string): boolean {
    if (this.peek() !== token) return false;
    this.#at += 1;
    return true;
  }

  #fail(message: string): null {
    this.error ??= message;
    return null;
  }
}

/** Every name a condition speaks of, in order, once. */
export function namesIn(condition: Condition): readonly string[] {
  switch (condition.type) {
    case "is":
    case "true":
      return [condition.name];
    case "not":
      return namesIn(condition.of);
    case "and":
    case "or":
      return [...new Set(condition.of.flatMap(namesIn))];
    default:
      return condition satisfies never;
  }
}

/** Answers by name; a name without an entry is not answered yet. Yes-no answers are `"yes"` and `"no"`. */
export type Answers = ReadonlyMap<string, string>;

/** Three-valued: `null` where an answer that matters is missing. */
export function holds(condition: Condition, answers: Answers): boolean | null {
  switch (condition.type) {
    case "is": {
      const answer = answers.get(condition.name);
      return answer === undefined ? null : (yesNo(answer) === yesNo(condition.value)) === condition.equal;
    }
    case "true": {
      const answer = answers.get(condition.name);
      return answer === undefined ? null : yesNo(answer) === "yes";
    }
    case "not": {
      const inner = holds(condition.of, answers);
      return inner === null ? null : !inner;
    }
    case "and":
      return fold(condition.of, answers, false);
    case "or":
      return fold(condition.of, answers, true);
    default:
      return condition satisfies never;
  }
}

function fold(parts: readonly Condition[], answers: Answers, decisive: boolean): boolean | null {
  const values = parts.map((part) => holds(part, answers));
  if (values.includes(decisive)) return decisive;
  return values.includes(null) ? null : !decisive;
}

/** `true`, `false` as written in YAML conditions mean yes and no. */
function yesNo(value: string): string {
  return value === "true" ? "yes" : value === "false" ? "no" : value;
}
