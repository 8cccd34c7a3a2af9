/** What somebody has filled into a sheet on screen, and the source that the sheet was made from. Nothing is believed of it yet. */
import type { FilledBlank, FilledForm } from "../model/blank.ts";
import { ForeignPdf } from "./foreignpdf.ts";
import { Ref, type Value } from "./syntax.ts";

/** Longer files are not read. */
export const maxFormBytes = 32 * 1024 * 1024;

const MOST_FIELDS = 50_000;
const DEEPEST = 32;

/**
 * Reads the fields of a PDF form.
 * @throws with what is wrong, as the rest of a sentence about the file
 */
export function readForm(bytes: Uint8Array): FilledForm {
  if (bytes.length > maxFormBytes) throw new Error("is longer than 32 MiB, the most that is read");
  try {
    return formOf(new ForeignPdf(bytes));
  } catch (cause) {
    // Objects in objects in objects …
    if (cause instanceof RangeError) throw new Error("is nested too deeply");
    throw cause;
  }
}

function formOf(file: ForeignPdf): FilledForm {
  const catalogue = file.dict(file.trailer.get("Root"));
  refuseActive(file, catalogue);
  const form = file.dict(catalogue.get("AcroForm"));
  if (form.size === 0) throw new Error("has no form: nothing in it can be filled in on screen");
  if (form.has("XFA")) throw new Error("holds an XFA form, which is a program; save it as a plain form");
  const info = file.dict(file.trailer.get("Info"));
  const [id = "", version = "", ...keywords] = (file.text(info.get("Keywords")) ?? "").split(", ");
  const blanks = new Map<string, FilledBlank>();
  const seen = new Set<number>();
  for (const field of file.list(form.get("Fields")))
    walk(file, field, { names: [], kind: null, value: null, depth: 0 }, { blanks, seen });
  const attached = file.list(catalogue.get("AF")).flatMap((entry) => {
    const specification = file.dict(entry);
    const bytes = file.stream(file.dict(specification.get("EF")).get("F"));
    const kind = file.name(specification.get("AFRelationship"));
    return bytes ? [{ kind, name: file.text(specification.get("UF")) ?? "", bytes }] : [];
  });
  const source = attached.find(({ kind }) => kind === "Source")?.bytes ?? null;
  const data = attached.filter(({ kind }) => kind === "Data").map(({ name, bytes }) => ({ name, bytes }));
  return { id, version, digest: keywords[0] ?? "", keywords, blanks, source, data };
}

/** A sheet of ours holds no program: one that does is not as it was printed. */
function refuseActive(file: ForeignPdf, catalogue: ReadonlyMap<string, Value>): void {
  const opening = file.get(catalogue.get("OpenAction"));
  const action = opening instanceof Map ? file.name(opening.get("S")) : null;
  const scripts = file.dict(catalogue.get("Names")).has("JavaScript");
  if (scripts || catalogue.has("AA") || (action !== null && action !== "GoTo"))
    throw new Error("holds a script or an action, which no sheet of ours does");
}

interface Above {
  readonly names: readonly string[];
  readonly kind: string | null;
  readonly value: Value;
  readonly depth: number;
}

interface Found {
  readonly blanks: Map<string, FilledBlank>;
  readonly seen: Set<number>;
}

function walk(file: ForeignPdf, entry: Value, above: Above, found: Found): void {
  if (entry instanceof Ref) {
    if (found.seen.has(entry.id)) return;
    found.seen.add(entry.id);
  }
  if (above.depth > DEEPEST) throw new Error("has a form that is nested too deeply");
  const field = file.dict(entry);
  const name = file.text(field.get("T"));
  const here: Above = {
    names: name === null ? above.names : [...above.names, name],
    kind: file.name(field.get("FT")) ?? above.kind,
    value: field.has("V") ? file.get(field.get("V")) : above.value,
    depth: above.depth + 1,
  };
  const kids = file.list(field.get("Kids"));
  for (const kid of kids) walk(file, kid, here, found);
  if (kids.length > 0 || here.names.length === 0) return;
  const full = here.names.join(".");
  if (found.blanks.size > MOST_FIELDS) throw new Error(`has more than ${MOST_FIELDS} fields`);
  const value = entryOf(file, here.kind, here.value, field.get("AS"));
  if (value !== null && !found.blanks.has(full))
    found.blanks.set(full, { value, label: file.text(field.get("TU")) ?? "" });
}

/** What is filled in: text, or true for a box that is ticked and a place that is signed; null for nothing. */
function entryOf(
  file: ForeignPdf,
  kind: string | null,
  value: Value,
  state: Value | undefined,
): string | true | null {
  if (kind === "Btn") {
    const chosen = file.name(value) ?? file.name(state);
    return chosen === null || chosen === "Off" ? null : true;
  }
  if (kind === "Sig") return value instanceof Map ? true : null;
  const text = (file.text(value) ?? "").replaceAll("\r\n", "\n").replaceAll("\r", "\n").trim();
  return text === "" ? null : text;
}
