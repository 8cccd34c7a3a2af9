/** The last steps of an import: ids, what refers to ids, and the frontmatter. */
import type { Nodes, Root } from "mdast";
import { outlineOf } from "../../model/outline.ts";
import type { Edit } from "../edits.ts";
import { Ids, slug } from "../ids.ts";
import type { ChecklistParse } from "../parse.ts";
import { proposeFields } from "./blanks.ts";
import { type Owners, proposeOwners } from "./commands.ts";
import { type Draft, inOrder, type Step, startOf, walk } from "./draft.ts";
import { flow, heldKeys, type Matter, matterBlock, renderKeys } from "./matter.ts";
import { languageOf } from "./title.ts";

/** Every derived id is written, so that no later wording changes it. */
export function pinAll({ eol, parsed }: Draft): Step {
  const { pins } = parsed();
  const edits = pins.map(
    ({ offset, insert, kind, id }): Edit => ({
      offset,
      old: "",
      new: insert.replace("\n", eol),
      kind: "id",
      why: `the ${kind} has the id '${id}' for good`,
      confidence: "likely",
    }),
  );
  return { edits: inOrder(edits) };
}

/** Commands get their owners and blanks their fields, once all ids are written. */
export function annotateReferences(draft: Draft): Step {
  const parsed = draft.parsed();
  const fields = proposeFields(draft, new Ids(idsOf(parsed)));
  const commands = proposeOwners(draft, ownersOf(draft, parsed));
  return { edits: inOrder([...fields.edits, ...commands.edits]) };
}

function idsOf({ checklist, written }: ChecklistParse): readonly string[] {
  const outline = checklist ? outlineOf(checklist) : null;
  return [
    ...written.keys(),
    ...(outline ? [...outline.section.keys(), ...outline.item.keys()] : []),
    "start",
  ];
}

function ownersOf({ root }: Draft, { checklist }: ChecklistParse): Owners {
  const [sections, items] = [new Map<number, string>(), new Map<number, string>()];
  const outline = checklist ? outlineOf(checklist) : null;
  const sectionAt = new Map(outline?.sections.map(({ line, id }) => [line, id]));
  const itemAt = new Map(outline?.items.map(({ line, id }) => [line, id]));
  walk(root, (node: Nodes) => {
    const line = node.position?.start.line ?? 0;
    const id =
      node.type === "heading" ? sectionAt.get(line) : node.type === "listItem" ? itemAt.get(line) : undefined;
    if (id !== undefined) (node.type === "heading" ? sections : items).set(startOf(node), id);
  });
  return { sections, items };
}

/** Writes what was lifted into the frontmatter, which is ours by now. */
export function addMatter({ text, root, eol, parsed: parse }: Draft, matter: Partial<Matter>): Step {
  const parsed = parse();
  const { checklist } = parsed;
  const block = matterBlock(text);
  if (!checklist || block === "") return { edits: [] };
  const ids = new Ids([...idsOf(parsed), ...checklist.fields.map(({ id }) => id)]);
  const held = heldKeys(text);
  const lang = held.has("lang") ? null : languageOf(root);
  const keys = {
    owner: held.has("owner") ? undefined : matter.owner,
    duration: held.has("duration") ? undefined : matter.duration,
    fields: held.has("fields") ? [] : fieldLines(matter, ids),
    signoffs: held.has("signoffs") ? [] : signoffLines(root, matter, ids, parsed),
    escalation: held.has("escalation")
      ? []
      : unique(matter.escalation ?? [], ({ level }) => String(level)).map((step) => flow({ ...step })),
    contacts: held.has("contacts")
      ? []
      : unique(matter.contacts ?? [], ({ role }) => role.toLowerCase()).map((contact) =>
          flow({ ...contact }),
        ),
    lang: lang === null || lang === "en" ? undefined : lang,
  };
  const made = renderKeys(keys, eol);
  if (made === "") return { edits: [] };
  // Our keys stand before those of other tools.
  const at = /^extra:/m.exec(block)?.index ?? block.length;
  const why = `${Object.keys(keys)
    .filter((key) => new RegExp(`^${key}:`, "m").test(made))
    .join(", ")}: lifted out of the text, or read from it`;
  return { edits: [{ offset: at, old: "", new: made, kind: "frontmatter", why, confidence: "likely" }] };
}

function unique<T>(values: readonly T[], keyOf: (value: T) => string): readonly T[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const key = keyOf(value);
    return !seen.has(key) && seen.add(key);
  });
}

function fieldLines({ fields = [] }: Partial<Matter>, ids: Ids): readonly string[] {
  return fields.map(({ label, type, authority, choices }) =>
    flow({
      id: ids.derive(slug(label) || "field"),
      label,
      type: type === "text" ? undefined : type,
      authority,
      choices,
    }),
  );
}

function signoffLines(
  root: Root,
  { signoffs = [] }: Partial<Matter>,
  ids: Ids,
  parsed: ChecklistParse,
): readonly string[] {
  const headings: number[] = [];
  walk(root, (node) => {
    if (node.type === "heading") headings.push(node.position?.start.line ?? 0);
  });
  const outline = parsed.checklist ? outlineOf(parsed.checklist) : null;
  const idAt = new Map(outline?.sections.map(({ line, id }) => [line, id]));
  const sectionOf = (after: number | null): string | undefined => idAt.get(headings[after ?? -1] ?? -1);
  return unique(signoffs, ({ role, meaning, after }) => `${role.toLowerCase()} ${meaning} ${after}`).map(
    ({ role, meaning, after }) => {
      const section = sectionOf(after);
      const id = ids.derive(slug(section === undefined ? role : `${section}-${role}`) || "sign-off");
      return flow({ id, role, meaning, after: section });
    },
  );
}
