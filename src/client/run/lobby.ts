/** Where a run is opened, continued, or brought in from a file. */
import type { Checklist } from "../../model/checklist.ts";
import { openRecord, personId } from "../../model/working/record.ts";
import { viewWork } from "../../model/working/view.ts";
import { make } from "../node.ts";
import { t } from "../words.ts";
import { clockTime, fromLocal, now, toLocal, zone } from "./clock.ts";
import { ask, choose, field, typed } from "./dialog.ts";
import { changeRun, type KeptRun, keyOf, listRuns, removeRun } from "./store.ts";
import { bringIn, readRecord } from "./transfer.ts";

const ID = /^[a-z0-9][a-z0-9._-]{0,62}$/;
const LAST = "countersign.me";

/** @param missing a run that the address asks for and that is not here */
export async function showLobby(
  place: HTMLElement,
  checklist: Checklist,
  missing: string | null,
): Promise<void> {
  const of = `${checklist.id}@${checklist.version}`;
  const draw = async (): Promise<void> => {
    const runs = [...(await listRuns(of))].sort((a, b) => (a.record.asOf < b.record.asOf ? 1 : -1));
    place.replaceChildren(
      ...(missing === null
        ? []
        : [
            make(
              "p",
              { class: "wrong", role: "alert" },
              t("The run “{run}” is not on this computer. Open its file, or start it anew.", {
                run: missing,
              }),
            ),
          ]),
      runs.length === 0
        ? make(
            "p",
            { class: "empty" },
            t(
              "No run of this version is on this computer yet. Start one, or open the file of one that somebody else began.",
            ),
          )
        : make("ul", { class: "runs", role: "list" }, ...runs.map((run) => line(run, checklist, draw))),
      openForm(checklist, runs),
      fileInput(checklist),
    );
  };
  await draw();
}

function line({ key, record, saved }: KeptRun, checklist: Checklist, draw: () => Promise<void>): HTMLElement {
  const { states } = viewWork(record, checklist, now());
  const done = states.filter(({ item, settled }) => item.derived === null && settled !== null).length;
  const remove = make(
    "button",
    { type: "button", "aria-label": t("Remove {run}", { run: record.run }) },
    t("Remove"),
  );
  remove.addEventListener("click", () => {
    const warning =
      saved === null
        ? t("It was not saved to a file since something was recorded in it: what is only here is lost.")
        : t("It was saved to a file at {time}.", { time: clockTime(saved) });
    void ask(
      {
        title: t("Remove {run} from this computer?", { run: record.run }),
        submit: t("Remove"),
        danger: true,
      },
      make("p", {}, warning),
    ).then((answer) => (answer ? removeRun(key).then(draw) : undefined));
  });
  return make(
    "li",
    {},
    make("a", { href: `?run=${encodeURIComponent(record.run)}` }, record.run),
    make(
      "span",
      {},
      `${t("{environment}, {count} recorded", { environment: record.deployment.environment, count: done })}${record.closed ? t(", closed") : ""}${saved === null ? t(", not saved to a file") : ""}`,
    ),
    remove,
  );
}

function openForm(checklist: Checklist, runs: readonly KeptRun[]): HTMLElement {
  const environment = checklist.status === "released" ? "production" : "staging";
  const wrong = make("p", { class: "wrong", role: "alert" });
  const form = make(
    "form",
    { class: "open", "aria-label": t("Start a run") },
    make("h2", {}, t("Start a run")),
    field("name", t("Your name"), { value: lastName() }),
    field("role", t("Your role in this run")),
    field("environment", t("Environment"), { value: environment }),
    field("to", t("Version that is deployed"), { value: checklist.product?.version ?? "" }),
    field("from", t("Version that ran before")),
    field("target", t("Planned begin ({zone})", { zone: zone() }), {
      type: "datetime-local",
      value: toLocal(now()).slice(0, 16),
    }),
    field("change", t("Change request")),
    choose(
      "type",
      t("Kind of change"),
      [
        ["normal", t("normal")],
        ["standard", t("standard")],
        ["emergency", t("emergency")],
      ],
      "normal",
    ),
    ...checklist.questions.map(({ id, label, type, choices }) =>
      choose(
        `answer ${id}`,
        label,
        type === "yes-no"
          ? [
              ["yes", t("yes")],
              ["no", t("no")],
            ]
          : choices.map((one) => [one, one] as const),
      ),
    ),
    field("run", t("Name of the run"), {
      value: freeId(checklist, environment, runs),
      hint: t("Whoever joins in uses the same name."),
    }),
    wrong,
    make("button", { type: "submit", class: "go" }, t("Start")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const data = new FormData(form);
    const fault = faultOf(data, checklist, runs);
    wrong.textContent = fault;
    if (fault === null)
      void start(checklist, data).catch((cause: unknown) => {
        wrong.textContent = t("The run was not opened: {reason}", { reason: String(cause) });
      });
  });
  return form;
}

/** Who was here last, on this computer. */
function lastName(): string {
  try {
    return localStorage.getItem(LAST) ?? "";
  } catch {
    return ""; // storage of small things may be refused
  }
}

function freeId({ id }: Checklist, environment: string, runs: readonly KeptRun[]): string {
  const plain = `${now().slice(0, 10)}-${id}-${environment}`.slice(0, 60);
  const isFree = (name: string): boolean => runs.every(({ record }) => record.run !== name);
  let name = plain;
  for (let next = 2; !isFree(name); next += 1) name = `${plain}-${next}`;
  return name;
}

function faultOf(data: FormData, { questions }: Checklist, runs: readonly KeptRun[]): string | null {
  const run = typed(data, "run");
  if (typed(data, "name") === "") return t("Say who you are: what you record is recorded under your name.");
  if (typed(data, "environment") === "") return t("Say where it is deployed to, such as production.");
  if (!ID.test(run) || run.includes("..") || run.endsWith("."))
    return t(
      "The name of a run is 1 to 63 of a-z, 0-9, '.', '_' and '-', and begins with a letter or a digit.",
    );
  if (runs.some(({ record }) => record.run === run))
    return t("There is a run “{run}” already: open it above.", { run });
  const open = questions.find(({ id }) => typed(data, `answer ${id}`) === "");
  return open ? t("Answer “{question}”: it decides which items apply.", { question: open.label }) : null;
}

async function start(checklist: Checklist, data: FormData): Promise<void> {
  const [run, name, role] = [typed(data, "run"), typed(data, "name"), typed(data, "role")];
  const at = now();
  const me = { id: personId(name, []), name, ...(role === "" ? {} : { role }) };
  const optional = (key: string): Record<string, string> =>
    typed(data, key) === "" ? {} : { [key]: typed(data, key) };
  const type = typed(data, "type") as "normal" | "standard" | "emergency";
  const target = typed(data, "target");
  const record = openRecord({
    run,
    checklist: { id: checklist.id, version: checklist.version, digest: checklist.digest },
    deployment: { environment: typed(data, "environment"), ...optional("from"), ...optional("to") },
    change: {
      ...(typed(data, "change") === "" ? {} : { id: typed(data, "change") }),
      ...(type === "normal" ? {} : { type }),
    },
    target: target === "" ? null : fromLocal(target),
    answers: Object.fromEntries(checklist.questions.map(({ id }) => [id, typed(data, `answer ${id}`)])),
    me,
    at,
  });
  const of = `${checklist.id}@${checklist.version}`;
  const key = keyOf(of, run);
  let isTaken = false;
  await changeRun(key, (found) => {
    isTaken = found !== undefined;
    return isTaken ? null : { key, of, record, me: me.id, typed: {}, saved: null };
  });
  if (isTaken) throw new Error(t("there is a run “{run}” already, opened in another tab", { run }));
  try {
    localStorage.setItem(LAST, name);
  } catch {
    // Storage of small things may be refused; then the name is typed again next time.
  }
  // Asked for once something is worth keeping: a browser that is short of space then asks before it clears.
  void navigator.storage?.persist?.();
  location.search = `?run=${encodeURIComponent(run)}`;
}

function fileInput(checklist: Checklist): HTMLElement {
  const said = make("p", { class: "wrong", role: "alert" });
  const input = make("input", { type: "file", accept: ".json,application/json" });
  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    if (!file) return;
    void (async () => {
      const read = readRecord(await file.text(), checklist);
      if ("reason" in read) {
        said.textContent = t("{file} was not opened: {reason}", { file: file.name, reason: read.reason });
        return;
      }
      const name = await ask(
        {
          title: t("Open {run}", { run: read.record.run }),
          submit: t("Open"),
          check: (data) => (typed(data, "name") === "" ? t("Say who you are.") : null),
        },
        field("name", t("Your name")),
      );
      if (name === null) return;
      const key = await bringIn(read.record, checklist, typed(name, "name"));
      if (key !== null) location.search = `?run=${encodeURIComponent(read.record.run)}`;
    })().catch((cause: unknown) => {
      said.textContent = t("{file} was not opened: {reason}", { file: file.name, reason: String(cause) });
    });
    input.value = "";
  });
  return make(
    "section",
    { class: "bring" },
    make("h2", {}, t("Open a run’s file")),
    make(
      "p",
      {},
      t("To join in, to sign, or to go on with what somebody saved. What is here already is merged with it."),
    ),
    make("label", { class: "field" }, make("span", {}, t("Results file")), input),
    said,
  );
}
