/** Code blocks: plain ones, commands (with their parts, captions and parameters), templates. */
import type { Element } from "hast";
import type { Code, Command, CommandPart, Template } from "../model/checklist.ts";
import { diagramCaption } from "../model/diagram.ts";
import { highlight, markIn } from "./highlight.ts";
import { type Content, el } from "./html.ts";
import type { Rendering } from "./rendering.ts";

export function renderCode(code: Code, rendering: Rendering): Element {
  if (code.template) return renderTemplate(code.template, rendering);
  if (code.command) return renderCommand(code, code.command, rendering);
  const diagram = diagramCaption(code.lang);
  const text = pre(highlight(code.value, code.lang, []));
  return diagram === null
    ? el("div.code", {}, text)
    : el("figure.diagram", {}, el("figcaption", {}, el("span.kind", {}, diagram)), text);
}

/** A block that may scroll sideways has to be reachable with the keyboard. */
function pre(content: Content): Element {
  return el("pre", { tabIndex: 0 }, el("code", {}, content));
}

const KINDS: Readonly<Record<Command["kind"], string>> = {
  do: "Command",
  verify: "Check",
  watch: "Watch",
  undo: "Undo",
  output: "Output",
  list: "List",
};

function renderCommand(code: Code, command: Command, rendering: Rendering): Element {
  const written = command.params.map((param) => param.written);
  const explained = command.params.filter((param) => param.meaning !== null);
  const isRun = command.kind !== "output" && command.kind !== "list";
  return el(
    command.danger ? "figure.command.danger" : "figure.command",
    { ...rendering.anchor(command.id), dataKind: command.kind },
    el(
      "figcaption",
      {},
      el("span.kind", {}, rendering.words(KINDS[command.kind])),
      command.on === null ? null : el("span.on", {}, rendering.words("on {where}", { where: command.on })),
      command.danger ? el("strong.mark-danger", {}, rendering.words("DANGER")) : null,
      servedBy(command, rendering),
    ),
    command.parts.map((part) => renderPart(part, { code, written, isRun, rendering })),
    explained.length === 0
      ? null
      : el(
          "dl.params",
          {},
          explained.map((param) => [
            el("dt", {}, el("var", {}, param.written)),
            el("dd", {}, param.meaning ?? ""),
          ]),
        ),
    command.expect === null ? null : expectation(command.expect, rendering),
  );
}

interface PartOf {
  readonly code: Code;
  readonly written: readonly string[];
  readonly isRun: boolean;
  readonly rendering: Rendering;
}

function renderPart(part: CommandPart, { code, written, isRun, rendering }: PartOf): Element {
  const used = written.filter((one) => part.code.includes(one));
  return el(
    "div.part",
    // The script puts the copy button in: without one it would do nothing.
    isRun ? { dataCopy: JSON.stringify(used) } : {},
    part.caption === null ? null : el("p.caption", {}, part.caption),
    pre(highlight(part.code, code.lang, used)),
    part.expect === null ? null : expectation(part.expect, rendering),
  );
}

function expectation(text: string, rendering: Rendering): Element {
  return el("p.expect", {}, el("span.label", {}, rendering.words("expect")), " ", text);
}

/** Which items a command serves, where it does not stand inside them. */
function servedBy(command: Command, rendering: Rendering): Content {
  const links = command.for.flatMap((id) => {
    const item = rendering.outline.item.get(id);
    const section = rendering.outline.section.get(id);
    const number = item?.number ?? section?.number;
    return number === undefined ? [] : [el("a", { href: `#${id}` }, number === "" ? id : number)];
  });
  return links.length === 0
    ? null
    : el(
        "span.serves",
        {},
        rendering.words("for "),
        links.map((link, index) => [index === 0 ? null : ", ", link]),
      );
}

function renderTemplate(template: Template, rendering: Rendering): Element {
  const written = template.placeholders.map((placeholder) => placeholder.written);
  return el(
    "figure.template",
    { ...rendering.anchor(template.id) },
    el(
      "figcaption",
      {},
      el("span.kind", {}, rendering.words("Template")),
      el("span.title", {}, template.title),
    ),
    el(
      "div.part",
      { dataCopy: JSON.stringify(written) },
      el("pre.wrap", { tabIndex: 0 }, el("code", {}, markIn(template.text, written))),
    ),
  );
}
