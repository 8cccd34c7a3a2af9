/** What stands before the text on the desk: what is run, who is here, the blanks to fill in. */
import type { Field } from "../../model/checklist.ts";
import { addEntry } from "../../model/working/record.ts";
import { make } from "../node.ts";
import { t } from "../words.ts";
import { fromLocal, toLocal, zone } from "./clock.ts";
import { type Desk, named, nameOf } from "./desk.ts";
import { ask, field, typed } from "./dialog.ts";

export function startFront(desk: Desk): void {
  const place = document.querySelector<HTMLElement>("[data-front]");
  if (!place) return;
  const head = make("div", { class: "head" });
  place.replaceChildren(head, fieldsForm(desk));
  desk.onDraw(() => drawHead(desk, head));
}

function drawHead(desk: Desk, head: HTMLElement): void {
  const { record } = desk.kept();
  const { deployment, change, answers = {} } = record;
  const key = JSON.stringify([deployment, change, answers, record.people, desk.kept().me, record.handovers]);
  if (head.dataset.drawn === key) return;
  head.dataset.drawn = key;
  const me = desk.me();
  const who = make("button", { type: "button" }, t("Somebody else is here …"));
  who.addEventListener("click", () => void switchPerson(desk));
  const hand = make("button", { type: "button" }, t("Hand over …"));
  hand.addEventListener("click", () => void handOver(desk));
  const facts: (readonly [string, string])[] = [
    [t("Environment"), deployment.environment],
    [t("Version"), [deployment.from, deployment.to].filter(Boolean).join(" → ")],
    [t("Change request"), [change?.id, change?.type].filter(Boolean).join(", ")],
    ...desk.checklist.questions.map(({ id, label }) => [label, String(answers[id] ?? "")] as const),
    [t("Recording as"), [me.name ?? me.id, me.role].filter(Boolean).join(", ")],
  ];
  head.replaceChildren(
    make(
      "p",
      { class: "eyebrow" },
      make("a", { href: "../" }, `${desk.checklist.title} ${desk.checklist.version}`),
      " · ",
      make("a", { href: "./" }, t("all runs here")),
    ),
    make("h1", {}, record.run),
    make(
      "dl",
      { class: "facts" },
      ...facts
        .filter(([, value]) => value !== "")
        .map(([term, value]) => make("div", {}, make("dt", {}, term), make("dd", {}, value))),
    ),
    make("div", { class: "downloads" }, who, hand),
  );
}

async function switchPerson(desk: Desk): Promise<void> {
  const answer = await ask(
    {
      title: t("Who records from now on?"),
      submit: t("Go on"),
      check: (data) => (typed(data, "name") === "" ? t("Say who.") : null),
    },
    field("name", t("Name")),
    field("role", t("Role in this run")),
  );
  if (answer === null) return;
  await desk.keep((kept) => {
    const who = named(kept.record, typed(answer, "name"), typed(answer, "role"));
    return { ...kept, record: who.record, me: who.id };
  });
  desk.say(t("Recording as {name}", { name: typed(answer, "name") }));
}

async function handOver(desk: Desk): Promise<void> {
  const { record } = desk.kept();
  const holders = (record.people ?? []).filter(({ role }) => role !== undefined);
  const answer = await ask(
    {
      title: t("Hand a role over"),
      submit: t("Hand over"),
      check: (data) =>
        typed(data, "role") === "" || typed(data, "to") === "" ? t("Say which role, and to whom.") : null,
    },
    field("role", t("Role"), { value: holders[0]?.role ?? "" }),
    field("from", t("From whom"), { value: nameOf(record, holders[0]?.id ?? desk.me().id) }),
    field("to", t("To whom")),
  );
  if (answer === null) return;
  await desk.act(
    (start, _by, at) => {
      const from = named(start, typed(answer, "from") || (desk.me().name ?? desk.me().id));
      const to = named(from.record, typed(answer, "to"), typed(answer, "role"));
      return addEntry(to.record, "handovers", { role: typed(answer, "role"), from: from.id, to: to.id, at });
    },
    t("{role} handed over to {name}", { role: typed(answer, "role"), name: typed(answer, "to") }),
  );
}

/** The checklist's own blanks, kept as they are typed. */
function fieldsForm(desk: Desk): HTMLElement {
  const { fields } = desk.checklist;
  if (fields.length === 0) return make("div", {});
  const form = make(
    "form",
    { class: "blanks", "aria-label": t("To fill in") },
    make("h2", {}, t("To fill in")),
    ...fields.map(inputOf),
  );
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
    const asked = fields.find(({ id }) => id === target.name);
    const value = asked?.type === "datetime" ? (fromLocal(target.value) ?? "") : target.value.trim();
    void desk.act(
      (record) => {
        const { [target.name]: _, ...rest } = record.fields ?? {};
        return { ...record, fields: value === "" ? rest : { ...rest, [target.name]: value } };
      },
      value === ""
        ? t("{field}: emptied", { field: asked?.label ?? target.name })
        : t("{field}: kept", { field: asked?.label ?? target.name }),
    );
  });
  desk.onDraw(() => {
    for (const { id, type } of fields) {
      const input = form.elements.namedItem(id);
      if (!(input instanceof HTMLInputElement || input instanceof HTMLSelectElement)) continue;
      const value = String(desk.kept().record.fields?.[id] ?? "");
      if (document.activeElement !== input)
        input.value = type === "datetime" && value !== "" ? toLocal(value) : value;
    }
  });
  return form;
}

function inputOf({ id, label, type, choices, required }: Field): HTMLElement {
  const name = type === "datetime" ? `${label} (${zone()})` : label;
  return field(id, required ? `${name} *` : name, {
    type: type === "datetime" ? "datetime-local" : type === "date" ? "date" : "text",
    ...(choices.length === 0 ? {} : { choices: [["", "–"], ...choices.map((one) => [one, one] as const)] }),
  });
}
