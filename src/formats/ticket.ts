/** A report as Markdown for a change ticket: what page one says, in a form that every ticket system shows. */
import type { Fact, Moment, PersonName } from "../model/fact.ts";
import { statusWords } from "../model/itemreport.ts";
import type { Report } from "../model/report.ts";
import { escapeMarkdown, escapeMarkdownLine as text } from "./escape.ts";
import { countedItems, type Exported, linkOf, recordDigest, sayStatus, titleOf } from "./exported.ts";

/** Markdown (GitHub's tables). Text of the record can be no markup in it. */
export function renderTicket(exported: Exported): string {
  const { report } = exported;
  const parts = [
    head(exported),
    facts(exported),
    chapter(
      "Why",
      report.derivation.map(({ says, rule }) => `- ${text(says)}${rule === null ? "" : ` (${rule})`}`),
    ),
    counts(report),
    exceptions(report),
    limits(report),
    decisions(report),
    signatures(report),
    items(report),
    actions(report),
    `Record ${report.number} of ${text(report.run)}: \`${recordDigest(report)}\`. Report: <${linkOf(exported)}>`,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function head({ report, checklist }: Exported): string {
  const { deployment, interim, number, outcome, finding, headline } = report;
  const what = `${checklist.product?.name ?? checklist.title}${deployment.to === null ? "" : ` ${deployment.to}`}`;
  return [
    `## ${text(`${what} to ${deployment.environment}`)}: ${outcome}, ${finding}`,
    ...(interim ? [`**INTERIM ${number}**: the run is not closed.`] : []),
    text(headline),
  ].join("\n\n");
}

function facts({ report }: Exported): string {
  const { deployment, change, window, checklist } = report;
  const begun = window.start ?? window.plannedStart;
  return table(
    ["", ""],
    [
      ["Change", `${change.id ?? "without a number"}, ${change.type}`],
      ["Deployed", `${deployment.from ?? "–"} → ${deployment.to ?? "–"}`],
      ["Commit", deployment.commit ?? "–"],
      ["Began", begun === null ? "–" : `${moment(begun)}${window.start === null ? " (planned)" : ""}`],
      ["Ended", moment(window.end)],
      ["Led by", person(report.lead)],
      ["Checklist", `${checklist.id} ${checklist.version}`],
      ["As of", moment(report.asOf)],
    ],
  );
}

function counts({ counts: { total, byStatus } }: Report): string {
  const parts = byStatus.map(({ status, count }) => `${count} ${statusWords[status]}`);
  return chapter("Items", [`${parts.join(" + ")} = ${total} items`]);
}

function exceptions({ exceptions: found, undispositioned }: Report): string {
  if (found.length === 0) return chapter("Exceptions", ["None."]);
  const rows = found.map((fact) => [fact.severity, `${fact.reason} (${fact.rule})`, disposition(fact)]);
  return chapter("Exceptions", [
    `${undispositioned} of ${found.length} without a disposition.\n`,
    table(["Severity", "What", "Disposition"], rows),
  ]);
}

function disposition({ disposition: given }: Fact): string {
  if (given === null) return "NONE";
  const said = [
    given.accepted === null ? null : `accepted: ${given.accepted}`,
    given.action === null ? null : `action: ${given.action}`,
  ].filter((part) => part !== null);
  return `${said.join("; ")} (${person(given.by)}, ${moment(given.at)})`;
}

function limits({ limits: all }: Report): string {
  if (all.length === 0) return "";
  const rows = all.map(({ kind, item, limit, value, verdict, reason }) => [
    titleOf(item),
    kind === "limit" ? limit : `${limit} (${kind})`,
    value ?? "–",
    reason === null ? verdict : `${verdict}: ${reason}`,
  ]);
  return chapter("Observed values", [table(["Item", "Limit", "Observed", "Verdict"], rows)]);
}

function decisions({ decisions: all, rollback }: Report): string {
  if (all.length === 0 && rollback === null) return "";
  const rows = all.map(({ decision, by, at, basis }) => [decision, person(by), moment(at), basis ?? "–"]);
  return chapter("Decisions", [
    ...(rows.length === 0 ? [] : [table(["Decision", "By", "At", "On what basis"], rows)]),
    ...(rollback === null ? [] : [`\nRollback: ${rollback.verified ? "verified" : "NOT VERIFIED"}.`]),
  ]);
}

function signatures({ signatures: all }: Report): string {
  if (all.length === 0) return "";
  const rows = all.map(({ role, meaning, scope, state, by, at, grade }) => [
    role,
    meaning ?? "–",
    scope,
    state === "not signed"
      ? "NOT SIGNED"
      : state === "signed"
        ? person(by)
        : `${state} ${by ? person(by) : ""}`,
    moment(at),
    grade,
  ]);
  return chapter("Signatures", [table(["Role", "Meaning", "Scope", "Signed by", "At", "Identity"], rows)]);
}

function items(report: Report): string {
  const rows = countedItems(report).map((item) => [
    titleOf(item),
    sayStatus(item),
    person(item.by),
    moment(item.at),
    [item.because, item.reason].filter((part) => part !== null).join("; "),
  ]);
  return chapter("What was done", [table(["Item", "Status", "By", "At", "Why"], rows)]);
}

function actions({ actions: all }: Report): string {
  if (all.length === 0) return "";
  const rows = all.map(({ item, owner, due, reason }) => [
    titleOf(item),
    owner ?? "–",
    due ?? "–",
    reason ?? "–",
  ]);
  return chapter("Still to do", [table(["Item", "Owner", "Due", "Why"], rows)]);
}

function chapter(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [`### ${title}\n`, ...lines].join("\n");
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(" | ")} |`;
  return [line(heads), `|${" --- |".repeat(heads.length)}`, ...rows.map(line)].join("\n");
}

function moment(at: Moment | null): string {
  return at === null ? "–" : at.utc;
}

function person(who: PersonName | null): string {
  return who === null ? "–" : who.name;
}
