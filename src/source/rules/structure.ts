/** Rules about what a checklist must have to mean something. */
import type { Section } from "../../model/checklist.ts";
import { itemsWithin, outlineOf } from "../../model/outline.ts";
import type { Checked, Finding } from "./rule.ts";

/** A contingency, criteria or a change stage without one item could pass with nothing done. */
export function hollowSection({ checklist }: Checked): readonly Finding[] {
  const hollow = ({ id, role, stage, parent }: Section): boolean => {
    const above = parent === null ? undefined : outlineOf(checklist).section.get(parent);
    const top = above?.role !== role || above.stage !== stage;
    const counts =
      ["contingency", "triggers", "criteria", "decision", "bands"].includes(role) ||
      (role === "checks" && stage === "change");
    return top && counts && itemsWithin(checklist, id).length === 0;
  };
  return outlineOf(checklist)
    .sections.filter(hollow)
    .map(({ id, role, line }) => ({
      rule: "hollow-section",
      severity: checklist.status === "released" ? "error" : "warning",
      line,
      reason: `the section '${id}' has the role '${role}' and holds no item: its run would pass with nothing done`,
      hint: "write its steps as items ('- [ ] …', or a bullet with <!-- item: id -->), or give it the role 'reference'",
    }));
}

export function noSignoff({ checklist }: Checked): readonly Finding[] {
  if (checklist.signoffs.length > 0) return [];
  const reason = "nobody signs: the frontmatter has no 'signoffs'";
  return [
    {
      rule: "no-signoff",
      severity: "warning",
      line: 1,
      reason,
      hint: "add at least one, such as {id: eng, role: Engineering lead, meaning: approval}",
    },
  ];
}
