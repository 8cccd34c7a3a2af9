import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { digestOf } from "../src/archive/canonical.ts";
import { type Attached, readAttached } from "../src/pdf/attached.ts";
import { defineCommand, exit, UsageError } from "./command.ts";

export const verify = defineCommand({
  name: "verify",
  summary: "checks that what is attached to a PDF is what the PDF names",
  details:
    "Takes a sheet or a report as it was published, on any computer, without a project. Holds (exit code 0) when every attachment is whole and its SHA-256 is one that the document names; does not hold (1) when one differs or is missing; cannot tell (3) for a file of another program, or one that was saved again by one. It shows that nothing was changed, not who typed a name, nor that what was typed is true.",
  positionals: [{ name: "file.pdf", summary: "a sheet or a report" }],
  options: {},
  async run({ positionals: [file = ""] }, { cwd, stdout }) {
    const { lines, code } = verified(readPdf(resolve(cwd, file), file));
    stdout.write(`${file}\n${lines.map((line) => `  ${line}\n`).join("")}`);
    return code;
  },
});

function readPdf(path: string, typed: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw new UsageError(
      `${typed} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

interface Verdict {
  /** What to print, the verdict last. */
  readonly lines: readonly string[];
  readonly code: number;
}

/** Compares attachments with what the document says of them. */
export function verified(bytes: Uint8Array): Verdict {
  let attached: ReturnType<typeof readAttached>;
  try {
    attached = readAttached(bytes);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return cannotTell(
      `it is not a PDF as Countersign writes it, or was saved again by another program (${why})`,
    );
  }
  const { files, named } = attached;
  if (named.length === 0 || files.length === 0)
    return cannotTell("it names no digests, or nothing is attached to it");
  const found = files.map((file) => ({ file, digest: digestOf(file.bytes) }));
  const faults = [
    ...found.flatMap(({ file, digest }) => faultsOf(file, digest, named)),
    ...named
      .filter((digest) => !found.some((one) => one.digest === digest))
      .map((digest) => `no attachment has ${digest}, which the document names`),
  ];
  const lines = found.map(({ file, digest }) => `${file.name}  ${file.bytes.length} bytes  ${digest}`);
  return faults.length > 0
    ? { lines: [...lines, ...faults, "DOES NOT HOLD"], code: exit.problems }
    : { lines: [...lines, "HOLDS: every attachment has a digest that the document names"], code: exit.done };
}

function cannotTell(why: string): Verdict {
  return { lines: [`CANNOT TELL: ${why}`], code: exit.unclean };
}

function faultsOf({ name, bytes, size }: Attached, digest: string, named: readonly string[]): string[] {
  return [
    ...(size === bytes.length ? [] : [`${name} has ${bytes.length} bytes, and the document says ${size}`]),
    ...(named.includes(digest) ? [] : [`${name} has ${digest}, which the document does not name`]),
  ];
}
