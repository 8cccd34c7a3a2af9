import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { runAsOf } from "../src/archive/judged.ts";
import { parsePrivateKey, signWith } from "../src/archive/keys.ts";
import type { StoredRun } from "../src/archive/read.ts";
import { meanings } from "../src/model/checklist.schema.ts";
import type { Checklist, Meaning, Signoff } from "../src/model/checklist.ts";
import { showLocal } from "../src/model/instant.ts";
import { folded } from "../src/model/judgement/identity.ts";
import { nearest } from "../src/model/nearest.ts";
import { outlineOf } from "../src/model/outline.ts";
import type { SigningMethod } from "../src/model/run.ts";
import { type BoundChecklist, storedChecklist } from "./bound.ts";
import { type CommandContext, defineCommand, exit, UsageError } from "./command.ts";
import { continuing, handIn, recordOptions, timeNow } from "./continuing.ts";
import { inert } from "./inert.ts";
import { findProject } from "./project.ts";
import { findRun, recordNumber } from "./storedrun.ts";

export const sign = defineCommand({
  name: "sign",
  summary: "adds a signature to a run, on the signer's own machine",
  details: `Adds a record that continues the run and holds one signature: role, name, meaning, time, the sections it is about, and the digest of the record that was looked at. The sections are those of the sign-off that the checklist asks for, unless --section names others.

What is typed here is a name: reports print it as "typed, identity claimed". With --key the signature is made with an Ed25519 key (openssl genpkey -algorithm ed25519), over all that it says; ingest takes none that does not hold, and reports show the key. Whose key it is, is for the reader to know: nobody is identified by this command. A signature stays when the run is merely continued, and goes stale when what it covers is amended: then it can be given again.

--dry-run prints what would be signed. The first line says STORED or NOT STORED, as with ingest.

Exit codes: 0 signed; 1 refused, nothing was written; 2 wrong usage.`,
  positionals: [{ name: "run", summary: "id of the run" }],
  options: {
    role: {
      type: "string",
      value: "ROLE",
      required: true,
      summary: "role that signs, or the id of the sign-off",
    },
    meaning: {
      type: "string",
      value: "MEANING",
      choices: meanings,
      required: true,
      summary: meanings.join(", "),
    },
    by: { type: "string", value: "ID", required: true, summary: "id of the person who signs" },
    name: { type: "string", value: "NAME", summary: "name as printed, where the run does not know the id" },
    section: {
      type: "string",
      value: "SECTION",
      multiple: true,
      summary: "what the signature is about (default: as the checklist asks)",
    },
    key: {
      type: "string",
      value: "FILE",
      summary: "private Ed25519 key in PEM, without a passphrase: signs with it, and keeps nothing of it",
    },
    record: { type: "string", value: "N", summary: "the record that is signed (default: the newest)" },
    ...recordOptions,
    json: { type: "boolean", summary: "print JSON" },
  },
  async run({ positionals: [name = ""], options }, context) {
    const root = findProject(context.cwd);
    const found = findRun(root, name);
    if ("reason" in found) {
      context.stderr.write(`countersign sign: ${found.reason}\n`);
      return exit.problems;
    }
    const { stored } = found;
    const bound = storedChecklist(root, stored);
    const meaning = options.meaning as Meaning;
    const signoff = signoffOf(bound.checklist, options.role, meaning);
    const n = recordNumber(options.record, stored);
    const sections = scopeOf(bound.checklist, signoff, options.section);
    const key = options.key === undefined ? null : readKey(resolve(context.cwd, options.key), options.key);
    const method = key === null ? "typed" : "key";
    const before = signedAlready(stored, signoff, options.by, method);
    if (before !== null) {
      context.stderr.write(`countersign sign: ${before}\n`);
      return exit.problems;
    }
    const at = timeNow(context);
    const covers = {
      ...(sections.length > 0 && { sections: [...sections] }),
      record: digestOfRecord(stored, n),
    };
    const signature = { role: signoff.role, by: options.by, meaning, at, method, covers } as const;
    const record = continuing(
      stored,
      at,
      { id: options.by, name: options.name, role: signoff.role },
      { signatures: [{ ...signature, ...(key && { key: signWith(key, stored.run, signature) }) }] },
    );
    const code = handIn({ command: "sign", root, record, options, json: options.json === true }, context);
    if (options.json !== true && code === exit.done)
      showWhat(
        { stored, bound, n, sections },
        `${options.name ?? options.by}, ${signoff.role}, ${meaning}: ${key === null ? "typed" : `signed with ${key.public}`}, identity claimed`,
        context,
      );
    return code;
  },
});

function readKey(
  path: string,
  typed: string,
): Exclude<ReturnType<typeof parsePrivateKey>, { reason: string }> {
  let pem: string;
  try {
    pem = readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`--key: ${typed} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  const key = parsePrivateKey(pem);
  if ("reason" in key)
    throw new UsageError(
      `--key: ${typed} ${key.reason}; make one: openssl genpkey -algorithm ed25519 -out ${typed}`,
    );
  return key;
}

interface Signing {
  readonly stored: StoredRun;
  readonly bound: BoundChecklist;
  readonly n: number;
  readonly sections: readonly string[];
}

/** The sign-off of this role and meaning; a signature that nobody asks for is refused by name. */
function signoffOf({ signoffs }: Checklist, role: string, meaning: Meaning): Signoff {
  const known = signoffs.filter((one) => folded(one.role) === folded(role) || one.id === role);
  const found = known.find((one) => one.meaning === meaning);
  if (found) return found;
  const asked = signoffs.map((one) => `${one.role} (${one.meaning})`).join(", ");
  const [other] = known;
  if (other) throw new UsageError(`${other.role} is asked for ${other.meaning}, not for ${meaning}`);
  const near = nearest(
    role,
    signoffs.flatMap((one) => [one.role, one.id]),
  );
  throw new UsageError(
    `the checklist asks no signature of '${role}'; ${near === null ? `it asks ${asked || "nobody"}` : `did you mean '${near}'?`}`,
  );
}

function scopeOf(
  checklist: Checklist,
  { before, after }: Signoff,
  typed: readonly string[] | undefined,
): readonly string[] {
  const { section, sections } = outlineOf(checklist);
  for (const id of typed ?? []) {
    if (section.has(id)) continue;
    const near = nearest(
      id,
      sections.map((one) => one.id),
    );
    throw new UsageError(`there is no section '${id}'${near === null ? "" : `; did you mean '${near}'?`}`);
  }
  return typed ?? [before, after].filter((id) => id !== null);
}

function digestOfRecord({ envelopes }: StoredRun, n: number): string {
  const envelope = envelopes[n - 1];
  if (!envelope) throw new RangeError(`there is no record ${n}`);
  return envelope.digest;
}

/** Why this person need not sign again; null where they have not, or where what they signed was amended since. */
function signedAlready(
  stored: StoredRun,
  signoff: Signoff,
  by: string,
  method: SigningMethod,
): string | null {
  const run = runAsOf(stored, stored.envelopes.length);
  const mine = run.signatures.findLast(
    (one) =>
      one.by === by &&
      folded(one.role) === folded(signoff.role) &&
      one.meaning === signoff.meaning &&
      // Who signed in another way may still sign with a key.
      (method !== "key" || one.method === "key"),
  );
  const amended = run.corrections.some(
    ({ record, part }) => part !== "dispositions" && record > (mine?.record ?? 0),
  );
  if (!mine || amended) return null;
  return `${by} signed as ${signoff.role} for ${signoff.meaning} already, in record ${mine.record}${mine.at === null ? "" : ` at ${showLocal(mine.at)}`}; it still stands`;
}

function showWhat({ stored, bound, n, sections }: Signing, says: string, context: CommandContext): void {
  const { checklist } = bound;
  const envelope = stored.envelopes[n - 1];
  if (!envelope) return;
  const { section } = outlineOf(checklist);
  const titles = sections.map((id) => section.get(id)?.text ?? id);
  const lines = [
    `run       ${stored.run}, record ${n} of ${stored.envelopes.length}, as of ${showLocal(envelope.record.asOf)}`,
    `checklist ${checklist.title} ${checklist.version} to ${envelope.record.deployment.environment}`,
    `state     ${envelope.judged.headline}`,
    `about     ${titles.length === 0 ? "the whole run" : titles.join(", ")}`,
    `signature ${says}`,
    `record    ${envelope.digest}`,
  ];
  context.stdout.write(`${lines.map(inert).join("\n")}\n`);
}
