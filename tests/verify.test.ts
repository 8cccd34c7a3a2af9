/** What is attached to a published PDF, and whether it is what the PDF names. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { run } from "../scripts/cli.ts";
import { readFilled } from "../scripts/filled.ts";
import { verified } from "../scripts/verify.ts";
import type { SheetOptions } from "../src/pdf/sheet/context.ts";
import { renderSheet } from "../src/pdf/sheet.ts";
import { ours } from "./ours.ts";
import { fonts } from "./pdftext.ts";
import { readCodes } from "./qr.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const { checklist, source } = ours("credential-rotation-release", "2024.01.22");
const examples = "content/examples/2024-01-24-credential-rotation-prod";

async function sheet(rest: Partial<SheetOptions> = {}): Promise<Uint8Array> {
  return renderSheet(checklist, {
    fonts,
    paper: "a4",
    organisation: "Example",
    url: "https://runbooks.example.com",
    source,
    released: "2024-01-22",
    tool: "0.0.0",
    ...rest,
  });
}

const plain = await sheet();

test("a sheet holds: its source has the digest that it names", async () => {
  expect(verified(plain)).toEqual({
    code: 0,
    lines: [
      `source.md  ${source.length} bytes  ${checklist.digest}`,
      "HOLDS: every attachment has a digest that the document names",
    ],
  });
});

test("a half-filled sheet holds with its records", async () => {
  const filling = readFilled([`${examples}/results.json`], root, checklist);
  if (!("filled" in filling)) throw new Error(filling.reasons.join("; "));
  const { code, lines } = verified(await sheet({ filled: filling.filled }));
  expect([code, lines.length]).toEqual([0, 3]);
});

test("a source that was changed does not hold, and both digests are said", async () => {
  const { code, lines } = verified(await sheet({ source: new TextEncoder().encode("# Another\n") }));
  expect(code).toBe(1);
  expect(lines.join("\n")).toContain("which the document does not name");
  expect(lines.join("\n")).toContain(`no attachment has ${checklist.digest}`);
  expect(lines.at(-1)).toBe("DOES NOT HOLD");
});

test("what is no PDF of ours cannot be told, whatever is wrong with it", async () => {
  const whole = plain;
  const wrong = [
    new Uint8Array(),
    new TextEncoder().encode("%PDF-1.4\nstartxref\n9\n%%EOF\n"),
    whole.slice(0, 9000),
  ];
  // The end stays, so that the cross-reference is found, and leads into rubbish.
  for (const at of [100, 5000, whole.length - 2000]) {
    const spoilt = whole.slice();
    spoilt.fill(0x28, at, at + 900);
    wrong.push(spoilt);
  }
  for (const bytes of wrong) {
    const { code, lines } = verified(bytes);
    expect([1, 3]).toContain(code);
    expect(lines.at(-1)).toMatch(/^CANNOT TELL|^DOES NOT HOLD/);
  }
});

test("the command prints what it found, and says by its exit code what that means", async () => {
  const folder = mkdtempSync(join(tmpdir(), "countersign-verify-"));
  try {
    writeFileSync(join(folder, "sheet.pdf"), plain);
    writeFileSync(join(folder, "text.pdf"), "hello");
    const written: string[] = [];
    const write = (chunk: string | Uint8Array): number => written.push(String(chunk));
    const type = (file: string): Promise<number> =>
      run(["verify", file], {
        cwd: folder,
        stdout: { write },
        stderr: { write },
        stdin: async () => new Uint8Array(),
        now: () => new Date(0),
        env: {},
        signal: new AbortController().signal,
      });
    expect(await type("sheet.pdf")).toBe(0);
    expect(await type("text.pdf")).toBe(3);
    expect(await type("none.pdf")).toBe(2);
    expect(written.join("")).toMatch(
      /sheet\.pdf\n {2}source\.md.*HOLDS.*text\.pdf\n {2}CANNOT TELL.*none\.pdf/s,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the QR code of a sheet can be read at 100 dpi, and leads to where one works through it", async () => {
  const url = "https://runbooks.example.com/checklists/credential-rotation-release/2024.01.22/run/";
  expect(readCodes(plain, 100)).toEqual([url]);
  const long = `https://${"runbooks-of-a-very-large-organisation.".repeat(3)}example.com/deployments/countersign`;
  expect(readCodes(await sheet({ url: long }), 100)).toEqual([
    `${long}/checklists/credential-rotation-release/2024.01.22/run/`,
  ]);
});
