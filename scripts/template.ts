import { join } from "node:path";
import type { Checklist, Item } from "../src/model/checklist.ts";
import { holds } from "../src/model/condition.ts";
import { statusesOf } from "../src/model/fitting.ts";
import { outlineOf } from "../src/model/outline.ts";
import { readInstallation } from "../src/source/installation.ts";
import { defineCommand, exit } from "./command.ts";
import { findProject, parseTarget } from "./project.ts";
import { findVersion } from "./versions.ts";

export const template = defineCommand({
  name: "template",
  summary: "prints a results file of a version, to be filled in",
  details:
    "Prints JSON with an entry for every item, all of them not recorded (status null). Under 'extra' stand what each item says, its limits and their units, and which answers, fields and signatures the checklist asks for; ingest keeps 'extra' and judges nothing by it. Ingested as it is, the record is in progress, and what is due is missing.",
  positionals: [{ name: "id@version", summary: "which version" }],
  options: {
    run: {
      type: "string",
      value: "RUN",
      summary: "id of the run (default: the date, the checklist and the environment)",
    },
  },
  async run({ positionals, options }, context) {
    const target = parseTarget(positionals[0]);
    const root = findProject(context.cwd);
    const { lock } = readInstallation(join(root, "content"));
    const found = findVersion(root, lock, target);
    if ("reason" in found) {
      context.stderr.write(`countersign template: ${found.reason}\n`);
      return exit.problems;
    }
    const { checklist } = found;
    const asOf = context
      .now()
      .toISOString()
      .replace(/\.\d+Z$/, "Z");
    // What is not released has no business in production.
    const environment = lock.checklists[target.id]?.[target.version] ? "production" : "staging";
    const name = `${asOf.slice(0, 10)}-${checklist.id}-${environment}`.slice(0, 63).replace(/[.-]+$/, "");
    const record = templateOf(checklist, { run: options.run ?? name, asOf, environment });
    context.stdout.write(`${JSON.stringify(record, null, 2)}\n`);
    return exit.done;
  },
});

export interface TemplateHead {
  readonly run: string;
  /** RFC 3339; also taken for the target, so that times of the checklist can be reckoned. */
  readonly asOf: string;
  readonly environment: string;
}

/** A record of a run in which nothing is recorded yet. */
export function templateOf(
  checklist: Checklist,
  { run, asOf, environment }: TemplateHead,
): Readonly<Record<string, unknown>> {
  const asked = outlineOf(checklist).items.filter(isAsked);
  return {
    schema: "countersign/run@1",
    run,
    asOf,
    checklist: { id: checklist.id, version: checklist.version, digest: checklist.digest },
    deployment: {
      environment,
      ...(checklist.product?.version ? { to: checklist.product.version } : {}),
    },
    anchors: { target: asOf },
    results: asked.map(({ id }) => ({ item: id, status: null })),
    ...(asked.some(isTimed) ? {} : { closed: { at: asOf, open: asked.map(({ id }) => ({ item: id })) } }),
    extra: {
      items: Object.fromEntries(asked.map((item) => [item.id, hints(item)])),
      questions: checklist.questions.map(({ id, label, type, choices }) => ({
        id,
        label,
        answers: type === "yes-no" ? ["yes", "no"] : choices,
      })),
      fields: checklist.fields.map(({ id, label, type, required }) => ({ id, label, type, required })),
      signatures: checklist.signoffs.map(({ id, role, meaning, before, after, optional }) => ({
        id,
        role,
        meaning,
        before,
        after,
        optional,
      })),
    },
  };
}

/** Is it recorded by a result? Not what follows from other items, nor what a signature does. */
function isAsked(item: Item): boolean {
  return item.derived === null && item.signs === null && statusesOf[item.role].length > 0;
}

/** Without any times a run is recorded at once, to its end: what then is not recorded was left open. */
function isTimed({ timing }: Item): boolean {
  return timing.at !== null || timing.due !== null;
}

function hints(item: Item): Readonly<Record<string, unknown>> {
  const some = <T>(key: string, list: readonly T[]): Readonly<Record<string, readonly T[]>> =>
    list.length === 0 ? {} : { [key]: list };
  return {
    number: item.number,
    text: item.text,
    statuses: statusesOf[item.role],
    ...some(
      "limits",
      item.limits.map(({ text, metric, unit, for: held }) => ({ metric, limit: text, unit, for: held })),
    ),
    ...some(
      "captures",
      item.captures.map(({ id, label, type, required }) => ({ id, label, type, required })),
    ),
    ...(item.evidence ? { evidence: "required" } : {}),
    ...(item.observe ? { observe: "required" } : {}),
    ...(item.conditions.some((condition) => holds(condition, new Map()) === null)
      ? { conditional: true }
      : {}),
    ...(item.repeat ? { readings: item.repeat.expected, every: item.repeat.every } : {}),
  };
}
