/** Sign-offs on the desk: a role signs, for a meaning, over a scope; what is typed here is a name, and is called so. */

import type { Signoff } from "../../model/checklist.ts";
import { holds } from "../../model/condition.ts";
import { addEntry } from "../../model/working/record.ts";
import { make } from "../node.ts";
import { t } from "../words.ts";
import { clockTime } from "./clock.ts";
import { type Desk, named, nameOf } from "./desk.ts";
import { ask, choose, field, typed } from "./dialog.ts";

const STATEMENTS: Readonly<Record<Signoff["meaning"], string>> = {
  approval: t("approve this"),
  review: t("have reviewed this"),
  responsibility: t("take responsibility for this"),
  execution: t("have carried this out"),
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
  const button = make("button", { type: "button" }, signature ? t("Sign again") : t("Sign …"));
  button.setAttribute(
    "aria-label",
    t("{button} as {role}, {meaning}", {
      button: button.textContent,
      role: signoff.role,
      meaning: signoff.meaning,
    }),
  );
  button.addEventListener("click", () => void sign(desk, signoff));
  const hadFocus = place.contains(document.activeElement);
  place.replaceChildren(
    signature
      ? make(
          "span",
          { class: "status good", "data-mark": "✓" },
          `${nameOf(record, signature.by ?? undefined)}${signature.at === null ? "" : `, ${clockTime(signature.at)}`}`,
        )
      : make(
          "span",
          { class: "status warn", "data-mark": "○" },
          isAsked ? t("NOT SIGNED") : t("not asked for"),
        ),
    ...(signature ? [t(" typed, identity claimed ")] : []),
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
      title: t("Sign as {role}", { role: signoff.role }),
      submit: t("Sign"),
      check: (data) =>
        typed(data, "name") === ""
          ? t("Say who signs.")
          : typed(data, "method") === "verbal" && typed(data, "witness") === ""
            ? t("Say who heard it.")
            : null,
    },
    make(
      "p",
      {},
      t("I {statement}: {scope} of {run}, {environment}.", {
        statement: STATEMENTS[signoff.meaning],
        scope: about.length === 0 ? t("the whole run") : about.join(", "),
        run: record.run,
        environment: record.deployment.environment,
      }),
    ),
    field("name", t("Name"), { value: desk.me().name ?? "" }),
    choose(
      "method",
      t("How"),
      [
        ["typed", t("typed here, by the signer")],
        ["verbal", t("said to somebody who heard it")],
      ],
      "typed",
    ),
    field("witness", t("Who heard it")),
    make(
      "p",
      { class: "aside" },
      t(
        "A typed name identifies nobody: the report says “typed, identity claimed”. To sign on your own device, open this run’s file there.",
      ),
    ),
  );
  if (answer === null) return;
  const method = typed(answer, "method") === "verbal" ? "verbal" : "typed";
  await desk.act(
    (start, _by, at) => {
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
    },
    t("{role} signed ({meaning})", { role: signoff.role, meaning: signoff.meaning }),
  );
}
