/** What the frontmatter declares, in its normal form. */

import type { Signoff } from "../model/checklist.ts";
import type { Frontmatter } from "../model/frontmatter.schema.ts";
import { type Context, report } from "./context.ts";
import { slug } from "./ids.ts";
import { withCondition } from "./scope.ts";

/** Id and version come from the path; the frontmatter may repeat them and must not contradict them. */
export function checkPath(
  context: Context,
  path: { readonly id: string; readonly version: string },
  { id, version }: Frontmatter,
): void {
  const place = { line: 1, column: 1 };
  const hint = "take the key out of the frontmatter, or move the file";
  if (id !== undefined && id !== path.id)
    report(context, place, "path-matches", `the path says the id is '${path.id}', the frontmatter '${id}'`, {
      hint,
    });
  if (version !== undefined && version !== path.version) {
    report(
      context,
      place,
      "path-matches",
      `the path says the version is '${path.version}', the frontmatter '${version}'`,
      { hint },
    );
  }
}

export function readSignoffs(context: Context, frontmatter: Frontmatter): readonly Signoff[] {
  return frontmatter.signoffs.map(({ id, role, meaning, before, after, when, optional }) => ({
    id: id ?? context.ids.derive(slug(role) || "signoff"),
    role,
    meaning,
    before: before ?? null,
    after: after ?? null,
    conditions: withCondition(context, { line: 1, column: 1 }, [], when),
    optional,
  }));
}

/** The nouns of the frontmatter in their normal form. */
export function declared(context: Context, frontmatter: Frontmatter) {
  return {
    questions: frontmatter.questions.map(({ id, label, type, choices, by }) => ({
      id,
      label,
      type,
      choices: choices ?? (type === "yes-no" ? ["yes", "no"] : []),
      by: by ?? null,
    })),
    fields: [
      ...frontmatter.fields.map(({ id, label, type, choices, required, authority }) => ({
        id,
        label: label ?? id,
        type,
        choices: choices ?? [],
        required,
        authority: authority ?? null,
        section: null,
      })),
      ...context.fields,
    ],
    metrics: frontmatter.metrics.map(({ id, label, unit, better, query }) => ({
      id,
      label,
      unit: unit ?? null,
      better: better ?? null,
      query: query ?? null,
    })),
    signoffs: context.signoffs,
    escalation: frontmatter.escalation.map(({ level, role, from, to, channel }) => ({
      level,
      role,
      from,
      to: to ?? null,
      channel: channel ?? null,
    })),
    contacts: frontmatter.contacts.map((contact) => ({
      role: contact.role,
      for: contact.for ?? null,
      channel: contact.channel ?? null,
    })),
  };
}
