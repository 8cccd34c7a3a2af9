/** New drafts: the first of a checklist, and the next version of one. Plans, decided before anything is written. */
import type { Checklist } from "../model/checklist.ts";
import { compareVersions } from "../model/version.ts";
import { badNames, type Catalogue, type Source } from "./checklists.ts";
import { parseChecklist } from "./parse.ts";

export interface DraftPlan {
  /** Relative to the project, with `/`. */
  readonly file: string;
  readonly text: string;
  /** The version it is copied from; null for a first one. */
  readonly from: Source | null;
}

export interface DraftWish {
  readonly id: string;
  readonly version: string;
}

type Planned = DraftPlan | { readonly reasons: readonly string[] };

const fileOf = ({ id, version }: DraftWish): string => `content/checklists/${id}/${version}.md`;

/** The first draft of a checklist that does not exist yet. @param text of the draft */
export function planNew(
  { sources, lock }: Pick<Catalogue, "sources" | "lock">,
  wish: DraftWish,
  text: string,
): Planned {
  const wrong = badNames(wish.id, wish.version);
  if (wrong.length > 0) return { reasons: wrong };
  const folder = sources.find(({ id }) => id.toLowerCase() === wish.id)?.id;
  const known = folder ?? (lock.checklists[wish.id] ? wish.id : undefined);
  if (known !== undefined)
    return {
      reasons: [
        `there is a checklist '${known}' already: 'countersign bump ${known} <version>' makes its next version`,
      ],
    };
  return { file: fileOf(wish), text, from: null };
}

/** The next version: the highest one as a draft, with every id, and without what changed since another version. */
export function planBump({ sources, lock }: Pick<Catalogue, "sources" | "lock">, wish: DraftWish): Planned {
  const wrong = badNames(wish.id, wish.version);
  if (wrong.length > 0) return { reasons: wrong };
  const from = sources.findLast(({ id }) => id === wish.id);
  if (!from)
    return {
      reasons: [`there is no checklist '${wish.id}': 'countersign new ${wish.id}' makes a first draft`],
    };
  const highest =
    [from.version, ...Object.keys(lock.checklists[wish.id] ?? {})].sort(compareVersions).at(-1) ?? "";
  if (compareVersions(wish.version, highest) <= 0)
    return { reasons: [`${wish.version} is not higher than ${highest}, the highest version there is`] };
  if (!from.checklist)
    return { reasons: [`${from.file} cannot be parsed: 'countersign check ${from.file}' says why`] };
  const text = asDraft(from.text, wish.version, highest);
  const before = parseChecklist(from);
  const after = text === null ? null : parseChecklist({ ...from, version: wish.version, text });
  if (
    text === null ||
    after?.checklist?.status !== "draft" ||
    meaning(before.checklist) !== meaning(after.checklist)
  )
    return {
      reasons: [
        `the frontmatter of ${from.file} is written in a form that cannot be edited: copy it by hand`,
      ],
    };
  return { file: fileOf(wish), text, from };
}

/** `status` and `changes` are lines of their own in a block of YAML; null where there is no such block. */
function asDraft(text: string, version: string, before: string): string | null {
  const matter = /^(\uFEFF?---[ \t]*(\r\n|\n|\r))([\s\S]*?)(?=(?:\r\n|\n|\r)---)/.exec(text);
  if (!matter) return null;
  const [whole, open = "", newline = "\n", yaml = ""] = matter;
  const kept: string[] = [];
  let inChanges = false;
  for (const line of yaml.split(newline)) {
    inChanges = /^changes[ \t]*:/.test(line) || (inChanges && /^(?:[ \t]|$)/.test(line));
    if (!inChanges) kept.push(line);
  }
  const lines = kept.map((line) =>
    line
      .replace(/^(status[ \t]*:[ \t]*)(["']?)released\2/, "$1draft")
      .replace(
        /^(version[ \t]*:[ \t]*)(?:"[^"]*"|'[^']*'|[^\s#]+)/,
        (_, key: string) => `${key}"${version}"`,
      ),
  );
  const reminder = `# changes: what whoever works from ${before} has to know, in a sentence or two`;
  return `${open}${[...lines, reminder].join(newline)}${text.slice(whole.length)}`;
}

/** The model without what another version may have of its own. */
function meaning(checklist: Checklist | null): string {
  const { version, status, digest, changes, ...rest } = checklist ?? {
    version: "",
    status: "",
    digest: "",
    changes: "",
  };
  return JSON.stringify(rest, (key, value: unknown) => (key === "line" ? undefined : value));
}
