/** Sign-offs as lines to sign: at pause points, after sections, at the end. */
import type { Element } from "hast";
import type { Meaning, Signoff } from "../model/checklist.ts";
import { sayCondition } from "../model/say.ts";
import { el } from "./html.ts";
import type { Rendering } from "./rendering.ts";

const MEANINGS: Readonly<Record<Meaning, string>> = {
  approval: "approves",
  review: "has reviewed",
  responsibility: "takes responsibility",
  execution: "has carried out",
};

export function renderSignoffs(signoffs: readonly Signoff[], title: string, rendering: Rendering): Element[] {
  if (signoffs.length === 0) return [];
  return [
    el(
      "div.signoffs",
      { role: "group", ariaLabel: title },
      el("p.role", {}, title),
      el(
        "ul",
        {},
        signoffs.map((signoff) => signoffLine(signoff, rendering)),
      ),
    ),
  ];
}

function signoffLine(signoff: Signoff, rendering: Rendering): Element {
  return el(
    "li",
    rendering.anchor(`_sign-${signoff.id}`),
    el("strong", {}, signoff.role),
    ` ${rendering.words(MEANINGS[signoff.meaning])} `,
    el(
      "span.meaning",
      {},
      `(${rendering.words(signoff.meaning)}${signoff.optional ? rendering.words(", optional") : ""})`,
    ),
    signoff.conditions.map((condition) =>
      el(
        "span.chip.when",
        {},
        el("span.word", {}, rendering.words("only if")),
        ` ${sayCondition(condition, rendering.words)}`,
      ),
    ),
    el("span.line", { role: "img", ariaLabel: rendering.words("line to sign on") }),
  );
}
