/** Sign-offs on the desk: a role signs, for a meaning, over a scope; what is typed here is a name, and is called so. */

import type { Signoff } from "../../model/checklist.ts";
import { holds } from "../../model/condition.ts";
import { addEntry } from "../../model/working/record.ts";
import { make } from "../node.ts";
import { clockTime } from "./clock.ts";
import { type Desk, named, nameOf } from "./desk.ts";
import { ask, choose, field, typed } from "./dialog.ts";

const STATEMENTS: Readonly<Record<Signoff["meaning"], string>> = {
  approval: "approve this",
  review: "have reviewed this",
  responsibility: "take responsibility for this",
  execution: "have carried this out",
};

export function startSignoffs(desk: Desk): void {
  const places = desk.checklist.signoffs.flatMap((signoff) => {
    const line = document.getElementById(`_sign-${signoff.id}`);
    return line ? [{ signoff, place: line.appendChild(make("span", { class: "signing" })) }] : [];
  });
  desk.onDraw(() => {
    for (const { signoff, place } of places) draw(desk, signoff, place);
  });
}

function draw(desk: Desk, signoff: Signoff, place: HTMLElement): void {
  const { record } = desk.kept();
  const found = desk.view().signing.find((one) => one.signoff.id === signoff.id);
  const signature = found?.signature;
  const key = JSON.stringify([signature, found?.state]);
  if (place.dataset.drawn === key) return;
  place.dataset.drawn = key;
  const isAsked = !signoff.conditions.some((condition) => holds(condition, desk.view().answers) === false);
  const button = make("button", { type: "button" }, signature ? "Sign again" : "Sign …");
  button.setAttribute("aria-label", `${button.textContent} as ${signoff.role}, ${signoff.meaning}`);
  button.addEventListener("click", () => void sign(desk, signoff));
  const hadFocus = place.contains(document.activeElement);
  place.replaceChildren(
    signature
      ? make(
          "span",
          { class: "status good", "data-mark": "✓" },
          `${nameOf(record, signature.by ?? undefined)}${signature.at === null ? "" : `, ${clockTime(signature.at)}`}`,
        )
      : make("span", { class: "status warn", "data-mark": "○" }, isAsked ? "NOT SIGNED" : "not asked for"),
    ...(signature ? [" typed, identity claimed "] : []),
    ...(isAsked ? [button] : []),
  );
  if (hadFocus) button.focus();
}

async function sign(desk: Desk, signoff: Signoff): Promise<void> {
  const { record } = desk.kept();
  const sections = [signoff.before, signoff.after].filter((id) => id !== null);
  const about = sections.map((id) => desk.outline.section.get(id)?.text ?? id);
  const answer = await ask(
    {
      title: `Sign as ${signoff.role}`,
      submit: "Sign",
      check: (data) =>
        typed(data, "name") === ""
          ? "Say who signs."
          : typed(data, "method") === "verbal" && typed(data, "witness") === ""
            ? "Say who heard it."
            : null,
    },
    make(
      "p",
      {},
      `I ${STATEMENTS[signoff.meaning]}: ${about.length === 0 ? "the whole run" : about.join(", ")} of ${record.run}, ${record.deployment.environment}.`,
    ),
    field("name", "Name", { value: desk.me().name ?? "" }),
    choose(
      "method",
      "How",
      [
        ["typed", "typed here, by the signer"],
        ["verbal", "said to somebody who heard it"],
      ],
      "typed",
    ),
    field("witness", "Who heard it"),
    make(
      "p",
      { class: "aside" },
      "A typed name identifies nobody: the report says “typed, identity claimed”. To sign on your own device, open this run’s file there.",
    ),
  );
  if (answer === null) return;
  const method = typed(answer, "method") === "verbal" ? "verbal" : "typed";
  await desk.act((start, _by, at) => {
    const signer = named(start, typed(answer, "name"), signoff.role);
    const heard = typed(answer, "witness") === "" ? null : named(signer.record, typed(answer, "witness"));
    return addEntry(heard?.record ?? signer.record, "signatures", {
      role: signoff.role,
      by: signer.id,
      meaning: signoff.meaning,
      at,
      method,
      ...(heard === null ? {} : { witness: heard.id }),
      ...(sections.length === 0 ? {} : { covers: { sections } }),
    });
  }, `${signoff.role} signed (${signoff.meaning})`);
}
