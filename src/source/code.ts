/** A fence: an item's command, a command with an owner, a template, or just text in a box. */
import type { Html, Code as MdastCode } from "mdast";
import type { CommandAnnotation } from "../model/annotation.schema.ts";
import type { Code, Command, Template } from "../model/checklist.ts";
import { diagramCaption } from "../model/diagram.ts";
import { parametersOf, partsOf, placeholdersOf } from "./command.ts";
import { type Context, placeOf } from "./context.ts";
import { yamlId } from "./ids.ts";
import type { Scope } from "./scope.ts";

export interface Annotated {
  readonly value: CommandAnnotation;
  readonly node: Html;
}

export function readCode(context: Context, node: MdastCode, scope: Scope, annotated: Annotated | null): Code {
  const { line } = placeOf(node);
  const base = { type: "code" as const, lang: node.lang ?? null, value: node.value, line };
  const isDiagram = diagramCaption(base.lang) !== null;
  if (annotated || (scope.item && !isDiagram))
    return { ...base, command: readCommand(context, node, scope, annotated), template: null };
  if (scope.role === "templates" && !isDiagram)
    return { ...base, command: null, template: readTemplate(context, node, scope) };
  return { ...base, command: null, template: null };
}

function readCommand(context: Context, node: MdastCode, scope: Scope, annotated: Annotated | null): Command {
  const { line } = placeOf(node);
  const own = annotated?.value ?? {};
  const owner = scope.item?.id ?? scope.section.id;
  const id = own.id ?? context.ids.derive(`${owner}-command`);
  if (own.id === undefined) pinCommand(context, node, annotated, id);
  const parts = partsOf(node.value);
  return {
    id,
    pinned: own.id !== undefined,
    kind: own.kind ?? "do",
    for: own.for === undefined ? [owner] : typeof own.for === "string" ? [own.for] : own.for,
    on: own.on ?? null,
    danger: own.danger ?? false,
    expect: own.expect ?? null,
    params: parametersOf(node.value, own.params ?? {}),
    parts,
    line,
  };
}

function pinCommand(context: Context, node: MdastCode, annotated: Annotated | null, id: string): void {
  const { line } = placeOf(node);
  if (annotated?.node.position) {
    const offset = context.text.indexOf("{", annotated.node.position.start.offset);
    if (offset >= 0)
      context.pins.push({ offset: offset + 1, insert: `id: ${yamlId(id)}, `, kind: "command", id, line });
    return;
  }
  const start = node.position?.start.offset;
  if (start === undefined) return;
  const before = context.text.slice(context.text.lastIndexOf("\n", start - 1) + 1, start);
  // Behind a list marker on the same line there is no place for a comment of its own.
  if (before.trim() === "")
    context.pins.push({
      offset: start,
      insert: `<!-- command: ${yamlId(id)} -->\n${before}`,
      kind: "command",
      id,
      line,
    });
}

function readTemplate(context: Context, node: MdastCode, scope: Scope): Template {
  // The section's own id is the template's; a second fence in it gets an id of its own.
  const id = context.templates.has(scope.section.id)
    ? context.ids.derive(`${scope.section.id}-template`)
    : scope.section.id;
  context.templates.add(id);
  return { id, title: scope.section.text, text: node.value, placeholders: placeholdersOf(node.value) };
}
