/** What the rules find, with names, severities of this installation and dispositions put to it. */
import type { Fact } from "../fact.ts";
import { itemName, moment, personName } from "../judgement/names.ts";
import type { Situation } from "../judgement/situation.ts";
import type { Policy } from "../policy.ts";
import type { Found, Rule } from "../rules/rule.ts";
import { rules } from "../rules.ts";
import { type Severity, severities } from "../site.schema.ts";

/** Everything that all rules find, worst first, then in the order of the document. */
export function factsOf(situation: Situation): readonly Fact[] {
  const places = new Map(situation.outline.items.map(({ id }, index) => [id, index]));
  return rules
    .flatMap((rule, order) =>
      rule.find(situation).map((found) => ({
        fact: factOf(situation, rule, found),
        order,
        place: Math.min(
          Number.MAX_SAFE_INTEGER,
          ...(found.items ?? []).map(({ id }) => places.get(id) ?? Number.MAX_SAFE_INTEGER),
        ),
      })),
    )
    .map((entry, index) => ({ ...entry, index }))
    .sort(
      (a, b) =>
        rank(a.fact.severity) - rank(b.fact.severity) ||
        a.place - b.place ||
        a.order - b.order ||
        a.index - b.index,
    )
    .map(({ fact }) => fact);
}

/** Departures from the default severities, in the order of the rules. */
export function departuresOf(
  policy: Policy,
): readonly { readonly rule: string; readonly default: Severity; readonly here: Severity }[] {
  return rules.flatMap(({ id, severity }) => {
    const here = severityHere(policy, id) ?? severity;
    return here === severity ? [] : [{ rule: id, default: severity, here }];
  });
}

function severityHere(policy: Policy, rule: string): Severity | undefined {
  return Object.hasOwn(policy.severities, rule) ? policy.severities[rule] : undefined;
}

function rank(severity: Severity): number {
  return severities.indexOf(severity);
}

/** A finding may weigh less than its rule, never more. */
function severityOf(policy: Policy, rule: Rule, found: Found): Severity {
  const usual = severityHere(policy, rule.id) ?? rule.severity;
  return found.severity !== undefined && rank(found.severity) > rank(usual) ? found.severity : usual;
}

function factOf(situation: Situation, rule: Rule, found: Found): Fact {
  const items = found.items ?? [];
  const people = [...new Set((found.people ?? []).filter((id) => id !== null))];
  const times = [...new Set((found.times ?? []).filter((time) => time !== null))];
  const given = situation.run.dispositions.findLast(
    (entry) => entry.rule === rule.id && (entry.item === null || items.some(({ id }) => id === entry.item)),
  );
  return {
    rule: rule.id,
    severity: severityOf(situation.policy, rule, found),
    serves: rule.serves,
    reason: found.reason,
    items: items.map(itemName),
    people: people.map((id) => personName(situation, id)),
    times: times.map(moment),
    figures: found.figures ?? [],
    disposition: given
      ? {
          by: personName(situation, given.by),
          at: moment(given.at),
          accepted: given.accepted,
          action: given.action,
        }
      : null,
  };
}
