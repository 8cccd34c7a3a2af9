/** PDFs of any origin: what is no filled sheet of ours is refused by what is wrong with it, and quickly. */
import { expect, test } from "vitest";
import { readForm } from "../src/pdf/form.ts";
import { makeProject, type } from "./terminal.ts";

/** A PDF with a table of cross-references; object 1 is the catalogue. */
function pdf(objects: readonly string[], trailer = ""): Uint8Array {
  let text = "%PDF-1.7\n";
  const offsets = objects.map((body, at) => {
    const offset = text.length;
    text += `${at + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}
/** Changes at the end of a file, as viewers append them. */
function append(before: Uint8Array, id: number, body: string): Uint8Array {
  const text = Buffer.from(before).toString("latin1");
  const prev = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1];
  const offset = text.length;
  const object = `${id} 0 obj\n${body}\nendobj\n`;
  const end = `xref\n${id} 1\n${String(offset).padStart(10, "0")} 00000 n \ntrailer\n<< /Size 9 /Root 1 0 R /Prev ${prev} >>\nstartxref\n${offset + object.length}\n%%EOF\n`;
  return Uint8Array.from(text + object + end, (char) => char.charCodeAt(0));
}
const form = (fields: string): string => `<< /AcroForm << /Fields [${fields}] >> >>`;
const group = "<< /T (item) /Kids [3 0 R 4 0 R 5 0 R] >>";

test("fields are read by their full names, from what was saved last", () => {
  const first = pdf([
    form("2 0 R"),
    group,
    "<< /T (a:b) /FT /Tx /V (caf\\351 \\(\\200\\)) /Parent 2 0 R /TU (Label) >>",
    "<< /T (pass) /FT /Btn /V /Off /AS /Off >>",
    "<< /T (none) /FT /Tx /V () >>",
  ]);
  expect([...readForm(first).blanks]).toEqual([["item.a:b", { value: "café (•)", label: "Label" }]]);
  const later = append(first, 4, "<< /T (pass) /FT /Btn /V /Yes >>");
  expect([...readForm(append(later, 3, "<< /T (x) /FT /Tx /V <FEFF0141> >>")).blanks.keys()]).toEqual([
    "item.x",
    "item.pass",
  ]);
});

const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
test.each([
  ["nothing", new Uint8Array(), /does not begin as a PDF/],
  ["its beginning alone", pdf([form("")]).subarray(0, 60), /is cut off/],
  ["no form", pdf(["<< /Pages 2 0 R >>"]), /has no form/],
  ["encrypted", pdf([form("2 0 R"), group], "/Encrypt 2 0 R"), /is encrypted/],
  ["XFA", pdf(["<< /AcroForm << /XFA 2 0 R /Fields [] >> >>"]), /XFA/],
  [
    "a script on opening",
    pdf(["<< /OpenAction << /S /JavaScript >> /AcroForm << /Fields [] >> >>"]),
    /script/,
  ],
  ["scripts by name", pdf(["<< /Names << /JavaScript 2 0 R >> /AcroForm << /Fields [] >> >>"]), /script/],
  ["a circle of references", pdf(["<< /AcroForm 2 0 R >>", "2 0 R"]), /circle/],
  [
    "a wrong table",
    append(pdf([form("")]), 7, "x").map((byte, at, all) => (at === all.length - 8 ? 57 : byte)),
    /cross-reference|no object/,
  ],
  ["deep nesting", pdf([form(deep)]), /nested too deeply/],
  [
    "an empty stream where the table should be",
    pdf([form("2 0 R"), "<< /Length 1 0 R >>\nstream\n\nendstream"], "/XRefStm 9"),
    /./,
  ],
])("%s is refused by name", (_, bytes, reason) => {
  expect(() => readForm(bytes)).toThrow(reason);
});

test("kids that lead back to their parent end", () => {
  const bytes = pdf([form("2 0 R"), "<< /T (a) /Kids [2 0 R 3 0 R] >>", "<< /T (b) /FT /Tx /V (c) >>"]);
  expect([...readForm(bytes).blanks.keys()]).toEqual(["a.b"]);
});

test("ingest says what is wrong with the file, and writes nothing", async () => {
  const root = makeProject({
    "content/checklists/shop/1.0.0.md": "---\ntitle: Shop\n---\n",
    "content/site.yaml": "organisation: Shop\nurl: https://example.com\n",
    "form.pdf": pdf([form("2 0 R"), group, "null", "null", "null"]),
    "cut.pdf": "%PDF-1.7\n",
  });
  const other = await type(root, ["ingest", "form.pdf"]);
  expect([other.code, other.stdout]).toEqual([
    1,
    expect.stringMatching(/^NOT STORED\nform\.pdf: .*no sheet of ours/),
  ]);
  const cut = await type(root, ["ingest", "cut.pdf"]);
  expect([cut.code, cut.stdout]).toEqual([1, expect.stringMatching(/^NOT STORED\ncut\.pdf: .*cut off/)]);
  const redacted = await type(root, ["ingest", "form.pdf", "--redact", "/results/0/note"]);
  expect([redacted.code, redacted.stderr]).toEqual([
    2,
    expect.stringContaining("nothing can be taken out of form.pdf"),
  ]);
});
