import { runAsOf } from "../src/archive/judged.ts";
import type { Checklist, Template } from "../src/model/checklist.ts";
import { nearest } from "../src/model/nearest.ts";
import { outlineOf } from "../src/model/outline.ts";
import { fillTemplate } from "../src/model/placeholders.ts";
import { storedChecklist } from "./bound.ts";
import { defineCommand, exit, UsageError } from "./command.ts";
import { continuing, handIn, recordOptions, timeNow } from "./continuing.ts";
import { findProject } from "./project.ts";
import { findRun } from "./storedrun.ts";

export const message = defineCommand({
  name: "message",
  summary: "fills a message of the checklist with what the run knows",
  details: `Prints the text of a template with its placeholders filled: by --set, by a field or an answer of that id, else by what the run says under that name: VERSION (or TO), FROM (PREVIOUS), ENVIRONMENT, COMMIT (GIT_SHA), RUN, CHANGE, REASON, IMPACT, PRODUCT, DATE and TIME of the target, START and END of the window, DECISION, TRIGGER. Names have to be these; nothing is matched by likeness.

Where a placeholder stays open, nothing is printed to standard output, so that no half-filled message is sent; what is missing is listed, with what to type.

--sent adds to the run that the message was sent, by whom and where, as a record of its own; then the first line is about storing it, and the text follows.

Exit codes: 0 printed; 1 something is missing, or refused; 2 wrong usage.`,
  positionals: [{ name: "run", summary: "id of the run" }],
  options: {
    template: { type: "string", value: "ID", required: true, summary: "id of the message in the checklist" },
    set: { type: "string", value: "NAME=TEXT", multiple: true, summary: "what stands in a placeholder" },
    sent: { type: "boolean", summary: "record that it was sent" },
    by: { type: "string", value: "ID", summary: "who sent it; with --sent" },
    name: { type: "string", value: "NAME", summary: "name as printed, where the run does not know the id" },
    channel: { type: "string", value: "CHANNEL", summary: "where it was sent; with --sent" },
    ...recordOptions,
    json: { type: "boolean", summary: "print JSON" },
  },
  async run({ positionals: [name = ""], options }, context) {
    if (options.sent && options.by === undefined) throw new UsageError("--sent needs --by: who sent it");
    if (!options.sent) {
      const alone = ["by", "name", "channel", "output", "dry-run"] as const;
      const vain = alone.find((one) => options[one] !== undefined);
      if (vain) throw new UsageError(`--${vain} is about recording it: add --sent`);
    }
    const root = findProject(context.cwd);
    const found = findRun(root, name);
    if ("reason" in found) {
      context.stderr.write(`countersign message: ${found.reason}\n`);
      return exit.problems;
    }
    const { stored } = found;
    const { checklist } = storedChecklist(root, stored);
    const template = templateNamed(checklist, options.template);
    const given = givenValues(options.set ?? [], template);
    const { text, values } = fillTemplate(
      template,
      runAsOf(stored, stored.envelopes.length),
      checklist,
      given,
    );
    const open = values.filter(({ value }) => value === null).map((one) => one.name);
    const { id, title } = template;
    if (open.length > 0) {
      if (options.json)
        context.stdout.write(
          `${JSON.stringify({ template: id, title, text: null, missing: open, values }, null, 2)}\n`,
        );
      const sets = open.map((one) => `--set ${/[ /]/.test(one) ? `"${one}=…"` : `${one}=…`}`).join(" ");
      context.stderr.write(`countersign message: the run does not say ${open.join(", ")}; add ${sets}\n`);
      return exit.problems;
    }
    if (options.sent && options.by !== undefined) {
      const at = timeNow(context);
      const filled = Object.fromEntries(
        values.flatMap((one) => (one.value === null ? [] : [[one.name, one.value]])),
      );
      const { channel } = options;
      const entry = {
        template: id,
        at,
        by: options.by,
        ...(channel !== undefined && { channel }),
        values: filled,
      };
      const who = { id: options.by, name: options.name, role: undefined };
      const record = continuing(stored, at, who, { messages: [entry] });
      const code = handIn(
        { command: "message", root, record, options, json: options.json === true },
        context,
      );
      if (code !== exit.done || options.json) return code;
    } else if (options.json) {
      context.stdout.write(
        `${JSON.stringify({ template: id, title, text, missing: [], values }, null, 2)}\n`,
      );
      return exit.done;
    }
    context.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
    return exit.done;
  },
});

function templateNamed(checklist: Checklist, id: string): Template {
  const templates = outlineOf(checklist).codes.flatMap(({ template }) => template ?? []);
  const found = templates.find((one) => one.id === id);
  if (found) return found;
  const ids = templates.map((one) => one.id);
  const near = nearest(id, ids);
  throw new UsageError(
    `${checklist.id} ${checklist.version} has no message '${id}'; ${near === null ? (ids.length === 0 ? "it has none" : `there are ${ids.join(", ")}`) : `did you mean '${near}'?`}`,
  );
}

function givenValues(typed: readonly string[], { placeholders }: Template): Readonly<Record<string, string>> {
  const names = placeholders.map(({ name }) => name);
  const values: Record<string, string> = {};
  for (const text of typed) {
    const at = text.indexOf("=");
    if (at < 1) throw new UsageError(`--set is NAME=TEXT, not "${text}"`);
    const name = text.slice(0, at);
    const known = names.find((one) => one.toLowerCase() === name.toLowerCase());
    if (known === undefined) {
      const near = nearest(name.toUpperCase(), names);
      throw new UsageError(
        `the message has no placeholder ${name}${near === null ? `; it has ${names.join(", ") || "none"}` : `; did you mean ${near}?`}`,
      );
    }
    if (Object.hasOwn(values, known)) throw new UsageError(`--set ${known} is given twice`);
    values[known] = text.slice(at + 1);
  }
  return values;
}
