/**
 * Secretlint's recommended rules, called directly. The one that reads disable-comments is left out: a document does
 * not decide what is found in it.
 */
import { rules } from "@secretlint/secretlint-rule-preset-recommend";
import { isBlank } from "./placeholder.ts";
import type { Spot } from "./spot.ts";

const finders = rules.filter(({ meta }) => meta.id !== "@secretlint/secretlint-rule-filter-comments");

export function findByPreset(text: string): readonly Spot[] {
  const spots: Spot[] = [];
  for (const { meta, create } of finders) {
    const handler = create(
      {
        sharedOptions: {},
        // Messages name the secret; only their places are taken.
        createTranslator: () => (messageId) => ({
          message: "",
          messageId: String(messageId),
          data: undefined,
        }),
        report: ({ range: [start, end] }) => {
          if (!isBlank(text.slice(start, end))) spots.push({ kind: kindOf(meta.id), start, end });
        },
        ignore: () => undefined,
      },
      {},
    );
    const running = handler.file?.(sourceOf(text));
    if (running !== undefined) throw new Error(`${meta.id} does not answer at once any more`);
  }
  return spots;
}

const NAMES: Readonly<Record<string, string>> = {
  aws: "an AWS secret",
  basicauth: "a password in an address",
  privatekey: "a private key",
  "database-connection-string": "a password in an address",
};

function kindOf(ruleId: string): string {
  const name = ruleId.replace("@secretlint/secretlint-rule-", "");
  return NAMES[name] ?? `a secret of ${name}`;
}

type Source = Parameters<NonNullable<ReturnType<(typeof rules)[number]["create"]>["file"]>>[0];

/** Rules take only the text of it; places are reckoned elsewhere. */
function sourceOf(text: string): Source {
  const nowhere = { line: 1, column: 0 };
  return {
    hasBOM: false,
    content: text,
    filePath: undefined,
    physicalFilePath: undefined,
    contentType: "text",
    ext: ".md",
    getFilePath: () => undefined,
    getPhysicalFilePath: () => undefined,
    locationToRange: () => [0, 0],
    rangeToLocation: () => ({ start: nowhere, end: nowhere }),
    positionToIndex: () => 0,
    indexToPosition: () => nowhere,
  };
}
