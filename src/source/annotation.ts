/** Annotations: HTML comments that hold YAML with one known key. Any other comment is an ordinary comment. */
import {
  type CommandAnnotation,
  commandAnnotation,
  type FieldAnnotation,
  fieldAnnotation,
  type ItemAnnotation,
  itemAnnotation,
  type SectionAnnotation,
  sectionAnnotation,
} from "../model/annotation.schema.ts";
import { readWith } from "../model/issue.ts";
import { parseYaml } from "./yaml.ts";

export const annotationKeys = ["section", "item", "limit", "field", "command"] as const;
export type AnnotationKey = (typeof annotationKeys)[number];

export type Annotation =
  | { readonly key: "section"; readonly value: SectionAnnotation }
  | { readonly key: "item"; readonly value: ItemAnnotation }
  | { readonly key: "limit"; readonly value: readonly string[] }
  | { readonly key: "field"; readonly value: FieldAnnotation }
  | { readonly key: "command"; readonly value: CommandAnnotation };

export type CommentParse =
  | { readonly kind: "comment" }
  | { readonly kind: "annotation"; readonly annotation: Annotation }
  | { readonly kind: "error"; readonly reason: string; readonly hint: string | null };

const COMMENT = /^<!--([\s\S]*?)-->/;
const KEY = /^\s*([a-z]+)\s*:(?:\s|$)/;

/** Reads one HTML comment, `<!-- … -->`. */
export function parseComment(html: string): CommentParse {
  const body = COMMENT.exec(html)?.[1];
  const key = body === undefined ? undefined : KEY.exec(body)?.[1];
  if (body === undefined || key === undefined || !isKey(key)) return { kind: "comment" };
  const parsed = parseYaml(body.trim());
  if ("error" in parsed) {
    return {
      kind: "error",
      reason: `the ${key} annotation is not valid YAML: ${parsed.error}`,
      hint: body.includes("--")
        ? "'-->' ends the comment, also inside the YAML"
        : `write <!-- ${key}: an-id --> or <!-- ${key}: {id: an-id, …} -->`,
    };
  }
  const keys = Object.keys(parsed.value as object);
  if (keys.length !== 1) {
    return {
      kind: "error",
      reason: `one annotation holds one key, got ${keys.join(", ")}`,
      hint: "write a second comment beside it",
    };
  }
  return validate(key, (parsed.value as Record<string, unknown>)[key]);
}

function isKey(key: string): key is AnnotationKey {
  return (annotationKeys as readonly string[]).includes(key);
}

const schemas = {
  section: sectionAnnotation,
  item: itemAnnotation,
  field: fieldAnnotation,
  command: commandAnnotation,
};

function validate(key: AnnotationKey, value: unknown): CommentParse {
  if (key === "limit") {
    const texts = Array.isArray(value) ? value : [value];
    if (texts.length > 0 && texts.every((text) => typeof text === "string"))
      return { kind: "annotation", annotation: { key, value: texts } };
    return {
      kind: "error",
      reason: "a limit is text, or a list of texts",
      hint: 'write <!-- limit: "error_rate < 1 %" -->',
    };
  }
  const written = typeof value === "string" ? { id: value } : value;
  const read = readWith<(typeof schemas)[typeof key]>(schemas[key], written);
  if ("data" in read) return { kind: "annotation", annotation: { key, value: read.data } as Annotation };
  const [fault] = read.faults;
  return {
    kind: "error",
    reason: `in the ${key} annotation: ${fault?.reason ?? "not valid"}`,
    hint: fault?.hint ?? null,
  };
}
