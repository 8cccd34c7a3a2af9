/** Sections on the desk: begin and end, time against plan, decisions, progress in the list, "all of these passed". */
import type { Item, Section } from "../../model/checklist.ts";
import { secondsOf } from "../../model/duration.ts";
import { itemsWithin } from "../../model/outline.ts";
import { sayDuration } from "../../model/say.ts";
import { firstWords } from "../../model/working/asked.ts";
import { addResult, resultOf, takeBack, timeSection } from "../../model/working/record.ts";
import { make } from "../node.ts";
import { t } from "../words.ts";
import { clockTime, since } from "./clock.ts";
import { type Desk, nameOf } from "./desk.ts";
import { ask } from "./dialog.ts";

export function startSections(desk: Desk): void {
  const links = new Map(
    [...document.querySelectorAll<HTMLAnchorElement>("#_desk .contents a")].map((link) => [
      decodeURIComponent(link.hash.slice(1)),
      link,
    ]),
  );
  const parts = desk.outline.sections.flatMap((section) => {
    const element = document.getElementById(section.id);
    const heading = element?.querySelector(":scope > :is(h2, h3, h4, h5, h6)");
    if (!heading) return [];
    const place = make("div", { class: "stage" });
    heading.after(place);
    return [{ section, place }];
  });
  const draw = (): void => {
    for (const { section, place } of parts) {
      drawStage(desk, section, place);
      drawProgress(desk, section, links.get(section.id));
    }
  };
  desk.onDraw(draw);
}

const asked = new Map<string, readonly Item[]>();

/** Own items and those below, that somebody has to say something about. One checklist is open in a page. */
export function askedIn({ checklist }: Desk, section: string): readonly Item[] {
  const known = asked.get(section);
  if (known) return known;
  const items = itemsWithin(checklist, section).filter((item) => firstWords(item).length > 0);
  asked.set(section, items);
  return items;
}

const EXCUSED: ReadonlySet<string> = new Set(["not-selected", "not-needed", "not-reached"]);

/** How many of them are recorded, of how many that apply, and how many of these are not as they should be. */
export function progressOf(
  desk: Desk,
  items: readonly Item[],
): { readonly done: number; readonly all: number; readonly bad: number } {
  const { state } = desk.view();
  const states = items.flatMap(({ id }) => state.get(id) ?? []).filter(({ status }) => !EXCUSED.has(status));
  return {
    all: states.length,
    done: states.filter(({ settled }) => settled?.status != null).length,
    bad: states.filter(({ status }) => ["failed", "fired", "blocked", "inconclusive"].includes(status))
      .length,
  };
}

function drawProgress(desk: Desk, section: Section, link: HTMLAnchorElement | undefined): void {
  const count = link?.querySelector<HTMLElement>(".count");
  if (!count || !link) return;
  const { done, all, bad } = progressOf(desk, askedIn(desk, section.id));
  const text = `${bad > 0 ? "! " : ""}${done}/${all}`;
  if (count.textContent === text) return;
  count.textContent = text;
  count.setAttribute(
    "aria-label",
    `${t("{done} of {all} recorded", { done, all })}${bad > 0 ? t(", {count} to look at", { count: bad }) : ""}`,
  );
  link.dataset.progress = bad > 0 ? "bad" : all > 0 && done === all ? "done" : done > 0 ? "begun" : "";
}

/** Sections in which something is done: the others are looked at. */
const WORK: ReadonlySet<string> = new Set(["checks", "contingency", "follow-up"]);

function drawStage(desk: Desk, section: Section, place: HTMLElement): void {
  const { record } = desk.kept();
  const noted = record.sections?.find((entry) => entry.section === section.id);
  const decided = (record.decisions ?? []).filter((one) => one.section === section.id);
  const own = section.content.some(
    (block) => block.type === "list" && block.entries.some(({ type }) => type === "item"),
  );
  const isTimed = WORK.has(section.role) && (own || section.duration !== null);
  const bulk = own ? eligible(desk, section) : [];
  const minutes =
    noted?.start !== undefined && noted.end === undefined ? Math.floor(since(noted.start) / 60_000) : null;
  const key = JSON.stringify([noted, decided, bulk.length, minutes]);
  if (place.dataset.drawn === key) return;
  place.dataset.drawn = key;
  const focused = place.contains(document.activeElement)
    ? (document.activeElement as HTMLElement).dataset.do
    : undefined;
  place.replaceChildren(
    ...decided.map(({ decision, by, at, basis }) =>
      make(
        "span",
        { class: "status act", "data-mark": "◆" },
        `${decision}: ${nameOf(record, by)}${at === undefined ? "" : `, ${clockTime(at)}`}${basis === undefined ? "" : `, ${basis}`}`,
      ),
    ),
    ...(isTimed ? timing(desk, section, noted, minutes) : []),
    ...(asksDecision(section)
      ? [
          action(
            "decide",
            t("Decide …"),
            () => void import("./back.ts").then(({ decide }) => decide(desk, section)),
            section,
          ),
        ]
      : []),
    ...(bulk.length > 1
      ? [
          action(
            "all",
            t("All {count} passed …", { count: bulk.length }),
            () => void passAll(desk, section),
            section,
          ),
        ]
      : []),
  );
  if (focused) place.querySelector<HTMLElement>(`[data-do="${focused}"], button`)?.focus();
}

/** Does somebody decide here? Of triggers where the checklist says who, or what follows. */
function asksDecision({ role, decider, whenMet }: Section): boolean {
  return role === "decision" || (role === "triggers" && (decider !== null || whenMet !== null));
}

function action(name: string, text: string, work: () => void, section: Section): HTMLElement {
  const button = make(
    "button",
    { type: "button", "data-do": name, "aria-label": `${text}: ${section.number} ${section.text}` },
    text,
  );
  button.addEventListener("click", work);
  return button;
}

interface Noted {
  readonly start?: string | undefined;
  readonly end?: string | undefined;
}

function timing(
  desk: Desk,
  section: Section,
  noted: Noted | undefined,
  minutes: number | null,
): HTMLElement[] {
  const plan = section.duration === null ? "" : t(" of {plan}", { plan: sayDuration(section.duration) });
  if (noted?.start === undefined)
    return [
      action(
        "time",
        t("Begin"),
        () =>
          void desk.act(
            (record, _by, at) => timeSection(record, section.id, { start: at }),
            t("{section} began", { section: section.number }),
          ),
        section,
      ),
    ];
  if (noted.end !== undefined)
    return [
      make(
        "span",
        { class: "took" },
        t("{start} to {end}", { start: clockTime(noted.start), end: clockTime(noted.end) }),
      ),
    ];
  const isOver = section.duration !== null && (minutes ?? 0) * 60 > secondsOf(section.duration);
  return [
    make(
      "span",
      { class: isOver ? "took over" : "took" },
      `${t("since {start}: {minutes} min", { start: clockTime(noted.start), minutes: minutes ?? 0 })}${plan}${isOver ? t(", over the plan") : ""}`,
    ),
    action(
      "time",
      t("End"),
      () =>
        void desk.act(
          (record, _by, at) => timeSection(record, section.id, { end: at }),
          t("{section} ended", { section: section.number }),
        ),
      section,
    ),
  ];
}

/** What "all of these passed" may stand for: never what is mandatory, measured, proved by a file, watched, or written down. */
function eligible(desk: Desk, section: Section): readonly Item[] {
  const { state } = desk.view();
  const { record } = desk.kept();
  return askedIn(desk, section.id).filter(
    (item) =>
      item.section === section.id &&
      firstWords(item)[0]?.[0] === "passed" &&
      !item.mandatory &&
      !item.evidence &&
      !item.observe &&
      !item.witness &&
      item.limits.length === 0 &&
      item.captures.length === 0 &&
      item.repeat === null &&
      resultOf(record, item.id) === undefined &&
      !EXCUSED.has(state.get(item.id)?.status ?? ""),
  );
}

async function passAll(desk: Desk, section: Section): Promise<void> {
  const items = eligible(desk, section);
  const left = askedIn(desk, section.id).length - items.length;
  const answer = await ask(
    {
      title: `${section.number} ${section.text}`,
      submit: t("Record {count} as passed", { count: items.length }),
    },
    make("p", {}, t("You say of each of these that it was done and is as it should be, now:")),
    make("ul", {}, ...items.map(({ number, text }) => make("li", {}, `${number} ${text}`))),
    left > 0
      ? make(
          "p",
          { class: "aside" },
          t(
            "What is mandatory, has a limit, or needs a file, a value or a second person is recorded one by one.",
          ),
        )
      : null,
    items.length >= 20
      ? make(
          "p",
          { class: "aside" },
          t("Twenty and more in a minute are an exception that the report names."),
        )
      : null,
  );
  if (answer === null) return;
  await desk.act(
    (record, by, at) =>
      items.reduce(
        (next, { id }) =>
          resultOf(next, id) ? next : addResult(next, { item: id, status: "passed", by, at }, false),
        record,
      ),
    t("{count} passed in {section}", { count: items.length, section: section.number }),
    (record, _by, at) => items.reduce((next, { id }) => takeBack(next, id, at), record),
  );
}
