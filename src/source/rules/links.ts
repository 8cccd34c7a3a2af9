/** Rules about links that lead nowhere. */
import type { Checklist } from "../../model/checklist.ts";
import { outlineOf } from "../../model/outline.ts";
import { slug } from "../ids.ts";
import type { Checked, Finding } from "./rule.ts";

/** Addresses of the model, with the line of the item or section they stand in. */
function hrefsOf(checklist: Checklist): readonly { readonly href: string; readonly line: number }[] {
  const { items, sections } = outlineOf(checklist);
  const read = (line: number, value: unknown): { href: string; line: number }[] => {
    const found: { href: string; line: number }[] = [];
    // Items and sections are visited by themselves, each with its own line.
    JSON.stringify(value, (key, one: unknown) => {
      if (key === "href" && typeof one === "string") found.push({ href: one, line });
      return key === "item" || key === "section" ? undefined : one;
    });
    return found;
  };
  return [
    ...sections.flatMap(({ line, title, content }) => read(line, [title, content])),
    ...items.flatMap(({ line, title, body }) => read(line, [title, body])),
  ];
}

/** Anchors inside the document lead to a section or an item, by id or by the slug that other tools give headings. */
export function brokenLink({ checklist }: Checked): readonly Finding[] {
  const { section, item, sections } = outlineOf(checklist);
  const slugs = new Set(sections.map(({ text }) => slug(text, 200)));
  return hrefsOf(checklist).flatMap(({ href, line }): readonly Finding[] => {
    if (!href.startsWith("#")) return [];
    const id = decode(href.slice(1));
    if (id === "" || section.has(id) || item.has(id) || slugs.has(slug(id, 200))) return [];
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
