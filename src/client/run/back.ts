/** Decisions, and the way back: what was decided, by whom, on what basis; a rollback opens its path. */
import type { Section } from "../../model/checklist.ts";
import { holds } from "../../model/condition.ts";
import type { decisions } from "../../model/event.schema.ts";
import type { WrittenRecord } from "../../model/run.schema.ts";
import { addEntry } from "../../model/working/record.ts";
import { make } from "../node.ts";
import { t } from "../words.ts";
import { type Desk, named } from "./desk.ts";
import { ask, choose, field, tick, typed } from "./dialog.ts";

type Decision = (typeof decisions)[number];

const WORDS: Readonly<Record<Decision, string>> = {
  go: t("Go"),
  "no-go": t("No-go"),
  delay: t("Delay"),
  continue: t("Go on"),
  rollback: t("Roll back"),
  "fix-forward": t("Fix forward"),
  abort: t("Abort"),
};

/** What can be decided at a section, by its role and its stage. */
export function choicesAt({ role, stage }: Section): readonly Decision[] {
  if (role === "triggers") return ["continue", "rollback", "fix-forward", "abort"];
  return stage === "before"
    ? ["go", "no-go", "delay"]
    : ["go", "continue", "no-go", "delay", "rollback", "fix-forward", "abort"];
}

export async function decide(desk: Desk, section: Section): Promise<void> {
  const decider = deciderOf(desk, section);
  const answer = await ask(
    {
      title: t("Decide: {section}", { section: section.text }),
      submit: t("Record"),
      check: (data) =>
        typed(data, "decision") === ""
          ? t("Say what was decided.")
          : typed(data, "by") === ""
            ? t("Say who decided.")
            : null,
    },
    choose(
      "decision",
      t("Decision"),
      choicesAt(section).map((one) => [one, WORDS[one]] as const),
    ),
    field("by", decider.label, { value: decider.name }),
    field("basis", t("On what basis"), { rows: 2 }),
  );
  if (answer === null) return;
  const decision = typed(answer, "decision") as Decision;
  if (decision === "rollback") {
    await rollBack(desk, { by: typed(answer, "by"), basis: typed(answer, "basis"), section });
    return;
  }
  await record(desk, {
    decision,
    by: typed(answer, "by"),
    basis: typed(answer, "basis"),
    section: section.id,
  });
}

interface Decided {
  readonly decision: Decision;
  readonly by: string;
  readonly basis: string;
  readonly section: string | null;
}

function record(desk: Desk, decided: Decided): Promise<boolean> {
  return desk.act(
    (start, _me, at) => withDecision(start, decided, at),
    t("Decided: {decision}", { decision: WORDS[decided.decision] }),
  );
}

function withDecision(
  start: WrittenRecord,
  { decision, by, basis, section }: Decided,
  at: string,
): WrittenRecord {
  const who = named(start, by);
  return addEntry(who.record, "decisions", {
    decision,
    ...(section === null ? {} : { section }),
    by: who.id,
    at,
    ...(basis === "" ? {} : { basis }),
  });
}

/** Who decides at a section: the role it names, with the person whom a field or the run names for it. */
function deciderOf(desk: Desk, { decider }: Section): { readonly label: string; readonly name: string } {
  const { record: run } = desk.kept();
  const asked = desk.checklist.fields.find(({ id }) => id === decider);
  const typedIn = asked ? String(run.fields?.[asked.id] ?? "") : "";
  const holder = (run.people ?? []).find(({ role }) => role !== undefined && role === decider);
  const label =
    decider === null ? t("Who decided") : t("Who decided ({role})", { role: asked?.label ?? decider });
  return { label, name: typedIn || holder?.name || "" };
}

/** Ways back that apply, by the answers of this run. */
export function waysBack(desk: Desk): readonly Section[] {
  const { answers } = desk.view();
  const { sections, section } = desk.outline;
  return sections.filter(
    ({ role, parent, conditions }) =>
      role === "contingency" &&
      (parent === null || section.get(parent)?.role !== "contingency") &&
      conditions.every((one) => JSON.stringify(one).includes('"decision') || holds(one, answers) !== false),
  );
}

/** Asks what is needed to turn back, and opens the path. */
export async function rollBack(
  desk: Desk,
  known: { readonly by?: string; readonly basis?: string; readonly section?: Section } = {},
): Promise<void> {
  const ways = waysBack(desk);
  const triggers = desk.outline.items.filter(({ role, derived }) => role === "triggers" && derived === null);
  const fired = desk.view().states.find(({ item, status }) => item.role === "triggers" && status === "fired");
  const asking =
    known.section ??
    desk.outline.sections.find(({ role, whenMet }) => role === "triggers" && whenMet === "rollback");
  const decider = asking ? deciderOf(desk, asking) : { label: t("Who decided"), name: "" };
  const answer = await ask(
    {
      title: t("Roll back"),
      submit: t("Roll back now"),
      danger: true,
      check: (data) => (typed(data, "by") === "" ? t("Say who decided.") : null),
    },
    ways.length === 0
      ? make("p", {}, t("This checklist has no way back. The decision is recorded."))
      : make(
          "p",
          {},
          t("Only read it: "),
          ...ways.flatMap(({ id, number, text }, index) => [
            index === 0 ? "" : ", ",
            make("a", { href: `#${id}` }, `${number} ${text}`),
          ]),
        ),
    field("by", decider.label, { value: known.by || decider.name }),
    field("trigger", t("What called for it"), {
      value: fired?.item.id ?? "",
      choices: [
        ["", t("something else")],
        ...triggers.map(({ id, number, text }) => [id, `${number} ${text}`] as const),
      ],
    }),
    field("basis", t("On what basis"), { rows: 2, value: known.basis ?? "" }),
    ...(ways.length > 1
      ? [
          make(
            "fieldset",
            {},
            make("legend", {}, t("Which way")),
            ...ways.map(({ id, number, text }, index) => tick("path", id, `${number} ${text}`, index === 0)),
          ),
        ]
      : []),
  );
  if (answer === null) return;
  const paths = ways.length > 1 ? answer.getAll("path").map(String) : ways.map(({ id }) => id);
  const trigger = typed(answer, "trigger");
  const decided = {
    decision: "rollback",
    by: typed(answer, "by"),
    basis: typed(answer, "basis"),
    section: asking?.id ?? null,
  } as const;
  await desk.act((start, _me, at) => {
    const next = withDecision(start, decided, at);
    const rollback = {
      ...next.rollback,
      ...(trigger === "" ? {} : { trigger }),
      at: next.rollback?.at ?? at,
      ...(paths.length === 0 ? {} : { paths }),
    };
    return { ...next, rollback };
  }, t("Rolling back"));
  location.hash = `#${paths[0] ?? ""}`;
}
