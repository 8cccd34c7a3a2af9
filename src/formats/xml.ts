/**
 * XML that comes from outside: elements, attributes and text, nothing else. A document type declaration is refused,
 * so there are no entities but the five of XML; nesting is bounded. The parser (saxes) does not recurse.
 */
import { SaxesParser } from "saxes";
import { error } from "./foreign.ts";
import { maxForeignBytes, type Problems } from "./given.ts";
import { maxDepth } from "./strictjson.ts";

export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own text, CDATA included. */
  readonly text: string;
  readonly line: number;
}

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
  readonly line: number;
}

class Stop extends Error {}

/** The root element, or null: then the problems say why. */
export function parseXml(bytes: Uint8Array, problems: Problems): XmlElement | null {
  const text = textOf(bytes, problems);
  if (text === null) return null;
  const parser = new SaxesParser<{ xmlns: false; position: true }>({ xmlns: false, position: true });
  const stack: Open[] = [];
  let root: XmlElement | null = null;
  const stop = (rule: string, reason: string, hint: string | null = null): never => {
    problems.add(error(rule, `line ${parser.line}`, reason, hint));
    throw new Stop();
  };
  parser.on("error", ({ message }) => stop("syntax", `is not XML: ${message.replace(/^\d+:\d+: /, "")}`));
  parser.on("doctype", () =>
    stop("doctype", "has a document type declaration (DOCTYPE)", "remove it: no test report needs entities"),
  );
  parser.on("opentag", ({ name, attributes }) => {
    if (stack.length >= maxDepth) stop("too-deep", `nests deeper than ${maxDepth} levels`);
    stack.push({ name: name.replace(/^.*:/, ""), attributes, children: [], text: "", line: parser.line });
  });
  const add = (part: string): void => {
    const top = stack.at(-1);
    if (top) top.text += part;
  };
  parser.on("text", add);
  parser.on("cdata", add);
  parser.on("closetag", () => {
    const done = stack.pop();
    if (!done) return;
    const parent = stack.at(-1);
    if (parent) parent.children.push(done);
    else root = done;
  });
  try {
    parser.write(text).close();
  } catch (cause) {
    if (!(cause instanceof Stop)) throw cause;
    return null;
  }
  return root;
}

function textOf(bytes: Uint8Array, problems: Problems): string | null {
  if (bytes.length > maxForeignBytes) {
    problems.add(
      error("too-large", "", `is longer than ${maxForeignBytes / 1024 / 1024} MiB, the most that is read`),
    );
    return null;
  }
  try {
    // What else a declaration could name is refused here: the bytes are then not UTF-8.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    problems.add(error("not-utf8", "", "is not valid UTF-8 text", "save it in the encoding UTF-8"));
    return null;
  }
}
