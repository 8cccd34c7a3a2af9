/** The file that an item's evidence is, on a night on which all goes well. */
import { createHash } from "node:crypto";
import type { Item } from "../../src/model/checklist.ts";
import type { WrittenEvidence, WrittenObservation } from "../../src/model/result.schema.ts";
import { chart, wandering } from "./evidence.ts";
import { type Dice, minute, written } from "./time.ts";

export interface File {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A file with the entry that names it. */
export interface Proof {
  readonly entry: WrittenEvidence;
  readonly file: File;
}

interface Occasion {
  readonly at: number;
  readonly offset: number;
  readonly by: string;
}

/** The entry under `evidence` for some bytes. */
export function proofOf(id: string, name: string, bytes: Uint8Array, { at, offset, by }: Occasion): Proof {
  return {
    file: { name, bytes },
    entry: {
      id,
      name,
      type: name.endsWith(".png") ? "image/png" : "text/plain",
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      at: written(at, offset),
      by,
      file: `evidence/${name}`,
    },
  };
}

/** A chart where the item has a figure over time, else the log of what was run. */
export function evidenceOf(
  item: Item,
  observed: readonly WrittenObservation[],
  occasion: Occasion,
  dice: Dice,
): Proof {
  const figure = observed.find(({ value }) => value !== null && Number(value) > 0);
  if (figure && /dashboard|screenshot|chart/i.test(JSON.stringify(item.body) + item.text)) {
    const limit = item.limits.find(({ metric }) => metric === figure.metric)?.bound;
    const bytes = chart(
      wandering(dice, Number(figure.value)),
      limit?.type === "compare" ? Number(limit.value) : null,
    );
    return proofOf(item.id, `${item.id}.png`, bytes, occasion);
  }
  const bytes = new TextEncoder().encode(logOf(item, observed, occasion, dice));
  return proofOf(item.id, `${item.id}.log`, bytes, occasion);
}

function logOf(
  item: Item,
  observed: readonly WrittenObservation[],
  { at, offset, by }: Occasion,
  dice: Dice,
): string {
  const begin = at - Math.round(dice.between(4, 9)) * minute;
  const stamp = (share: number): string => written(begin + (at - begin) * share, offset);
  const count = Math.round(dice.between(18, 64));
  const cases = Array.from({ length: Math.min(count, 24) }, (_, index) => {
    const milliseconds = Math.round(dice.between(11, 930));
    return `${stamp((index + 1) / 26)}  ok ${String(index + 1).padStart(3)}  ${item.id}/${String(index + 1).padStart(3, "0")}  ${milliseconds} ms`;
  });
  return [
    `# ${item.text}`,
    `${stamp(0)}  begin  ${item.id}  started by ${by}`,
    ...cases,
    ...observed.map(
      ({ metric, value, unit }) => `${stamp(0.98)}  value  ${metric} = ${value}${unit ? ` ${unit}` : ""}`,
    ),
    `${stamp(1)}  end    ${cases.length} of ${cases.length} ok, exit code 0`,
    "",
  ].join("\n");
}
