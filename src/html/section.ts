/** A section: heading with its number, what its role means, its content, and the sign-offs that stand around it. */
import type { ElementContent } from "hast";
import type { Section, SectionRole } from "../model/checklist.ts";
import { factsOfSection, renderFacts } from "./facts.ts";
import { type Content, el } from "./html.ts";
import { renderInlines } from "./prose.ts";
import type { Rendering } from "./rendering.ts";
import { renderSignoffs } from "./signoffs.ts";

const ROLES: Readonly<Record<SectionRole, string | null>> = {
  checks: null,
  triggers: "Triggers",
  contingency: "Contingency path",
  criteria: "Criteria",
  decision: "Decision",
  bands: "Bands",
  "follow-up": "Follow-up",
  contacts: "Contacts",
  templates: "Templates",
  review: "Review",
  reference: "Reference",
};

export function renderSection(section: Section, rendering: Rendering): ElementContent[] {
  const { signoffs } = rendering.checklist;
  return [
    ...renderSignoffs(
      signoffs.filter((signoff) => signoff.before === section.id),
      rendering.words("Pause: signed before this begins"),
      rendering,
    ),
    el(
      "section",
      { ...rendering.anchor(section.id), dataRole: section.role },
      heading(section, rendering),
      renderFacts(factsOfSection(section, rendering)),
      rule(section, rendering),
      rendering.blocks(section.content),
    ),
    ...renderSignoffs(
      signoffs.filter((signoff) => signoff.after === section.id),
      rendering.words("Signed when this is done"),
      rendering,
    ),
  ];
}

function heading(section: Section, rendering: Rendering): Content {
  const around = section.parent === null ? undefined : rendering.outline.section.get(section.parent);
  const label = section.role === around?.role ? null : ROLES[section.role];
  return [
    label === null ? null : el("p.role", {}, rendering.words(label)),
    el(
      `h${levelOf(section, rendering)}`,
      {},
      el("a.n", { href: `#${section.id}` }, section.number),
      " ",
      renderInlines(section.title, rendering),
    ),
  ];
}

/** By nesting, so that headings never jump, whatever the source did. */
export function levelOf(section: Section, rendering: Rendering): number {
  let level = rendering.topLevel;
  let parent = section.parent;
  while (parent !== null) {
    const around = rendering.outline.section.get(parent);
    if (!around) break;
    level += 1;
    parent = around.parent;
  }
  return Math.min(level, 6);
}

const CONSEQUENCES = { go: "go", "no-go": "no-go", delay: "delay", rollback: "roll back" } as const;

/** What the role asks for, in one sentence. */
function rule(section: Section, rendering: Rendering): Content {
  const consequence =
    section.whenMet === null ? null : el("strong", {}, rendering.words(CONSEQUENCES[section.whenMet]));
  const amount =
    section.rule === "all"
      ? rendering.words("If all of these hold")
      : rendering.words("If any of these holds");
  switch (section.role) {
    case "triggers":
      return section.rule === null && consequence === null
        ? null
        : el(
            "p.rule",
            {},
            amount,
            consequence === null ? rendering.words(", somebody has to decide") : [": ", consequence],
            rendering.words(". Look at each: not true counts only when somebody looked."),
          );
    case "criteria":
    case "decision":
      return section.rule === null && consequence === null
        ? null
        : el(
            "p.rule",
            {},
            section.rule === "any"
              ? rendering.words("One of these suffices")
              : rendering.words("All of these have to be met"),
            consequence === null ? null : [rendering.words(" for "), consequence],
            ".",
          );
    case "bands":
      return el("p.rule", {}, rendering.words("Exactly one band applies; each says what to do."));
    case "contingency":
      return section.parent === null
        ? el("p.rule", {}, rendering.words("Only when somebody has decided to take this path."))
        : null;
    default:
      return null;
  }
}
