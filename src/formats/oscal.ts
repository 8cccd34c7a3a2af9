/**
 * OSCAL assessment-results 1.1.2, out. An item is an observation, what the judge found is a risk. A control gets a
 * finding only where an item names it, and the finding speaks of the items of this run alone.
 */
import type { Fact } from "../model/fact.ts";
import { earliest } from "../model/instant.ts";
import { type ItemReport, statusWords } from "../model/itemreport.ts";
import { outlineOf } from "../model/outline.ts";
import { escapeMarkdown as text } from "./escape.ts";
import {
  countedItems,
  type Exported,
  hexOf,
  linkOf,
  recordDigest,
  sayStatus,
  testedAs,
  titleOf,
} from "./exported.ts";

const namespace = "urn:countersign:report";

/** The document as JSON text. */
export function renderOscal(exported: Exported): string {
  const { report, uuid } = exported;
  const items = countedItems(report);
  const controls = controlsOf(exported, items);
  const risks = report.exceptions.map((fact, index) => riskOf(fact, index, exported));
  const findings = controls.flatMap((control) => findingOf(control, exported));
  const begin = earliest(exported.results.flatMap(({ started, at }) => [started, at])) ?? report.asOf.at;
  const result = {
    uuid: uuid("result"),
    title: text(`${report.run}: ${report.outcome}, ${report.finding}`),
    description: text(report.headline),
    start: begin,
    ...(report.interim ? {} : { end: report.asOf.at }),
    props: [
      prop("outcome", report.outcome),
      prop("finding", report.finding),
      prop("environment", report.deployment.environment),
      prop("record-digest", recordDigest(report)),
    ],
    links: [{ href: linkOf(exported), text: "The report" }],
    "reviewed-controls": { "control-selections": [selectionOf(controls)] },
    ...list(
      "observations",
      items.map((item) => observationOf(item, exported)),
    ),
    ...list("risks", risks),
    ...list("findings", findings),
  };
  const document = {
    "assessment-results": {
      uuid: uuid("assessment-results"),
      metadata: metadataOf(exported),
      "import-ap": { href: `#${uuid("checklist")}` },
      results: [result],
      "back-matter": { resources: [checklistResource(exported)] },
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function metadataOf({ report, uuid }: Exported) {
  const parties = report.people.map(({ id, name, identity }) => ({
    uuid: uuid(`person ${id}`),
    type: "person",
    name: line(name),
    remarks: `Identity ${identity}.`,
  }));
  return {
    title: text(`${report.checklist.title}: ${report.run}`),
    "last-modified": report.asOf.at,
    version: String(report.number),
    "oscal-version": "1.1.2",
    ...list("parties", parties),
  };
}

/** The plan that was assessed by is the checklist. */
function checklistResource({ report, checklist, url, uuid }: Exported) {
  return {
    uuid: uuid("checklist"),
    title: text(`${checklist.title} ${checklist.version}`),
    description: "The checklist that was run, as it was run.",
    rlinks: [
      {
        href: `${url}/checklists/${checklist.id}/${checklist.version}/`,
        hashes: [{ algorithm: "SHA-256", value: hexOf(report.provenance.checklistDigest) }],
      },
    ],
  };
}

const METHODS = { test: "TEST", examine: "EXAMINE", interview: "INTERVIEW" } as const;

function observationOf(item: ItemReport, { report, uuid, ...rest }: Exported) {
  const observed = item.limits.map(
    ({ limit, value, verdict }) => `${limit}: ${value ?? "nothing observed"}, ${verdict}`,
  );
  const files = report.evidence.filter(({ id }) => item.evidence.includes(id));
  return {
    uuid: uuid(`item ${item.id}`),
    title: text(titleOf(item) || item.id),
    description: text([`${sayStatus(item)}.`, ...observed].join(" ")),
    props: [
      prop("item", item.id),
      prop("status", statusWords[item.status]),
      prop("as-it-should-be", item.good ? "yes" : "no"),
      ...(item.at === null ? [prop("collected", "not recorded: the time is that of the record")] : []),
    ],
    methods: [item.method === null ? "UNKNOWN" : METHODS[item.method]],
    ...(item.by === null
      ? {}
      : { origins: [{ actors: [{ type: "party", "actor-uuid": uuid(`person ${item.by.id}`) }] }] }),
    "relevant-evidence": [
      { href: `${linkOf({ report, ...rest })}#${item.id}`, description: "The item in the report." },
      ...files.map(({ name, sha256 }) => ({ description: text(`${name}, ${sha256 ?? "without a digest"}`) })),
    ],
    collected: item.at?.at ?? report.asOf.at,
    ...(item.reason === null ? {} : { remarks: text(item.reason) }),
  };
}

/** What is accepted is a deviation that somebody approved; what has an action is being worked on. */
function riskOf(fact: Fact, index: number, { report, uuid }: Exported) {
  const { rule, severity, reason, serves, items, disposition } = fact;
  const status =
    disposition === null ? "open" : disposition.action === null ? "deviation-approved" : "remediating";
  const counted = new Set(countedItems(report).map(({ id }) => id));
  const about = items.filter(({ id }) => counted.has(id));
  return {
    uuid: uuid(`risk ${index} ${rule}`),
    title: text(`${severity}: ${rule}`),
    description: text(reason),
    statement: text(serves.length === 0 ? reason : `Bears on ${serves.join(", ")}.`),
    props: [prop("rule", rule), prop("severity", severity)],
    status,
    ...list(
      "related-observations",
      about.map(({ id }) => ({ "observation-uuid": uuid(`item ${id}`) })),
    ),
  };
}

interface Control {
  /** As the checklist writes it: `SOC2 CC8.1`. */
  readonly name: string;
  /** As OSCAL can write it: `soc2-cc8.1`. */
  readonly id: string;
  readonly items: readonly ItemReport[];
}

/** Controls that items name, each with its items, in the order in which they first appear. */
function controlsOf({ checklist }: Exported, items: readonly ItemReport[]): readonly Control[] {
  const { item: known } = outlineOf(checklist);
  const named = new Map<string, ItemReport[]>();
  for (const item of items)
    for (const name of known.get(item.id)?.controls ?? [])
      named.set(name, [...(named.get(name) ?? []), item]);
  return [...named].map(([name, of]) => ({ name, id: tokenOf(name), items: of }));
}

function tokenOf(name: string): string {
  const token = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return /^[\p{L}_]/u.test(token) ? token : `_${token}`;
}

function selectionOf(controls: readonly Control[]) {
  if (controls.length === 0)
    return { description: "No item of the checklist names a control: none was reviewed." };
  const ids = [...new Set(controls.map(({ id }) => id))];
  return {
    description: text(
      `Controls that items of the checklist name: ${controls.map(({ name }) => name).join(", ")}.`,
    ),
    "include-controls": ids.map((id) => ({ "control-id": id })),
  };
}

/** None where nothing was assessed: every item of the control is still to come, or was not for this run. */
function findingOf({ name, id, items }: Control, { uuid }: Exported) {
  const assessed = items.filter(
    (item) => item.status === "not-recorded" || !["pending", "skipped"].includes(testedAs(item)),
  );
  if (assessed.length === 0) return [];
  const good = assessed.filter((item) => testedAs(item) === "passed");
  const bad = assessed.length - good.length;
  return [
    {
      uuid: uuid(`control ${name}`),
      title: text(`Items of this run that name ${name}`),
      description: text(
        `${good.length} of ${assessed.length} assessed items are as they should be; ${items.length - assessed.length} were not assessed. This speaks of these items alone, and is no assessment of the control.`,
      ),
      target: {
        type: "objective-id",
        "target-id": id,
        status: { state: bad === 0 ? "satisfied" : "not-satisfied", reason: bad === 0 ? "pass" : "fail" },
      },
      "related-observations": assessed.map((item) => ({ "observation-uuid": uuid(`item ${item.id}`) })),
    },
  ];
}

function prop(name: string, value: string) {
  return { name, ns: namespace, value: line(value) || "–" };
}

/** OSCAL's strings are one line without blanks at its ends. */
function line(value: string): string {
  return value.replace(/\s+/g, " ").trim();
}

/** OSCAL knows no empty lists. */
function list<T>(name: string, entries: readonly T[]): Readonly<Record<string, readonly T[]>> {
  return entries.length === 0 ? {} : { [name]: entries };
}
