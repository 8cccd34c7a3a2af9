/** Rules about links that lead nowhere. */
import { addressesOf } from "../../model/addresses.ts";
import { outlineOf } from "../../model/outline.ts";
import { slug } from "../ids.ts";
import type { Checked, Finding } from "./rule.ts";

/** Anchors inside the document lead to a section or an item, by id or by the slug that other tools give headings. */
export function brokenLink({ checklist }: Checked): readonly Finding[] {
  const { section, item, sections } = outlineOf(checklist);
  let slugs: ReadonlySet<string> | null = null;
  return addressesOf(checklist).flatMap(({ url: href, line }): readonly Finding[] => {
    if (!href.startsWith("#")) return [];
    const id = decode(href.slice(1));
    if (id === "" || section.has(id) || item.has(id)) return [];
    slugs ??= new Set(sections.map(({ text }) => slug(text, 200)));
    if (slugs.has(slug(id, 200))) return [];
    return [
      {
        rule: "broken-link",
        severity: "warning",
        line,
        reason: `the link '${href}' leads to no section and no item`,
        hint: "link to an id, such as #rollback-steps",
      },
    ];
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
