/** A row of the register as a table shows it, the same from the build and in the browser. */
import type { RegisterRow } from "./register.ts";
import { type Sign, signOfFinding, signOfOutcome } from "./sign.ts";
import { english, type Words } from "./words.ts";

export type CellPart =
  /** `path` leads from the root of the site, without a slash in front. */
  | { readonly kind: "link"; readonly path: string; readonly text: string; readonly isUnder: boolean }
  | { readonly kind: "text"; readonly text: string; readonly isUnder: boolean }
  | { readonly kind: "time"; readonly day: string; readonly text: string }
  | { readonly kind: "sign"; readonly sign: Sign };

export interface RegisterHead {
  readonly text: string;
  /** What the column is sorted by. */
  readonly column: keyof RegisterRow;
  /** For figures. */
  readonly isRight: boolean;
}

export const registerHeads: readonly RegisterHead[] = [
  { text: "Run", column: "run", isRight: false },
  { text: "Where", column: "environment", isRight: false },
  { text: "When", column: "day", isRight: false },
  { text: "Outcome", column: "outcome", isRight: false },
  { text: "Finding", column: "finding", isRight: false },
  { text: "Passed", column: "passed", isRight: true },
  { text: "Exceptions", column: "exceptions", isRight: true },
];

/** A name of any length must not make a page of any length; files have it whole. */
const LONGEST = 40;

function short(text: string): string {
  const signs = [...text];
  return signs.length <= LONGEST ? text : `${signs.slice(0, LONGEST - 1).join("")}…`;
}

/**
 * One cell a head, in their order; the first is the head of the row.
 * @param isFull with the name of the checklist, where the table has runs of several
 */
export function registerCells(
  row: RegisterRow,
  isFull = true,
  words: Words = english,
): readonly (readonly CellPart[])[] {
  const plain = (text: string): CellPart => ({ kind: "text", text: short(text), isUnder: false });
  const under = (text: string): CellPart => ({ kind: "text", text, isUnder: true });
  const { checklist, version } = row;
  return [
    [
      { kind: "link", path: `reports/${row.run}/`, text: row.run, isUnder: false },
      isFull
        ? {
            kind: "link",
            path: `checklists/${checklist}/${version}/`,
            text: `${checklist} ${version}`,
            isUnder: true,
          }
        : under(words("version {version}", { version })),
    ],
    [plain(row.environment), under(`${short(row.from ?? "–")} → ${short(row.to ?? "–")}`)],
    [{ kind: "time", day: row.day, text: row.when }, under(short(row.lead ?? "–"))],
    [{ kind: "sign", sign: signOfOutcome(row.outcome) }],
    [{ kind: "sign", sign: signOfFinding(row.finding) }],
    [plain(words("{passed} of {due}", { passed: row.passed, due: row.due }))],
    [plain(String(row.exceptions))],
  ];
}
