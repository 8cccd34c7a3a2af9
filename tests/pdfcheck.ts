/** What both standards ask of a file and can be looked up in it. Every fault is a line; a good file has none. */
import { PdfFile } from "../src/pdf/file.ts";
import { type Dict, Name, Reader, Ref, type Value } from "../src/pdf/syntax.ts";
import { checkRules } from "./pdfrules.ts";

const ROLES = new Set(
  "Document Part Sect Div BlockQuote Caption P H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference Code Link Figure Form".split(
    " ",
  ),
);
const PAINTS = new Set("S s f F f* B B* b b* Tj TJ ' \" sh Do EI".split(" "));

interface Node {
  readonly id: number;
  readonly role: string;
  readonly data: Dict;
  readonly kids: readonly (
    | Node
    | { readonly page: number; readonly mcid: number }
    | { readonly page: number; readonly annotation: number }
  )[];
}

/** All faults found in a file that was read, or altered after reading. */
export function checkFile(file: PdfFile): string[] {
  const faults: string[] = [];
  const fault = (text: string): void => {
    faults.push(text);
  };
  checkCatalogue(file, fault);
  checkMetadata(file, fault);
  const pages = file.pages;
  const tree = readTree(file, pages, fault);
  const parents = parentTree(file);
  const claims = claimsOf(tree);
  pages.forEach((page, i) => {
    checkContent(file, page, i, claims, parents, fault);
  });
  checkStructure(file, tree, fault);
  checkAnnotations(file, pages, tree, parents, fault);
  checkFonts(file, fault);
  checkOutline(file, pages, fault);
  checkForm(file, fault);
  checkRules(file, fault);
  return faults;
}

/** All faults found. */
export function checkPdf(bytes: Uint8Array): string[] {
  return checkFile(new PdfFile(bytes));
}

function checkCatalogue(file: PdfFile, fault: (text: string) => void): void {
  const root = file.catalogue;
  if (!file.text(root.get("Lang"))) fault("the document has no language");
  if (file.dict(root.get("MarkInfo")).get("Marked") !== true) fault("the document is not marked");
  if (file.dict(root.get("ViewerPreferences")).get("DisplayDocTitle") !== true)
    fault("the title is not displayed");
  if (file.list(root.get("OutputIntents")).length !== 1) fault("there is not one output intent");
  if (!root.has("PageLabels")) fault("pages have no labels");
  if (file.list(file.trailer.get("ID")).length !== 2) fault("the file has no ID");
  const files = file.list(root.get("AF"));
  for (const entry of files) {
    const specification = file.dict(entry);
    const embedded = file.dict(file.dict(specification.get("EF")).get("F"));
    if (!["Source", "Data"].includes(file.name(specification.get("AFRelationship")) ?? ""))
      fault("an attachment has no relationship");
    if (!file.name(embedded.get("Subtype"))?.includes("/")) fault("an attachment has no media type");
    if (!file.dict(embedded.get("Params")).has("ModDate")) fault("an attachment has no date");
    if (!file.text(specification.get("UF")) || !file.text(specification.get("F")))
      fault("an attachment has no name");
  }
}

function checkMetadata(file: PdfFile, fault: (text: string) => void): void {
  const xmp = new TextDecoder().decode(file.stream(file.catalogue.get("Metadata")));
  for (const part of [
    "<pdfaid:part>3<",
    "<pdfaid:conformance>A<",
    "<pdfuaid:part>1<",
    "pdfaExtension:schemas",
    "<pdfaSchema:prefix>pdfuaid<",
  ]) {
    if (!xmp.includes(part)) fault(`XMP lacks ${part}`);
  }
  if (/&(?!amp;|lt;|gt;|quot;|apos;)/.test(xmp)) fault("XMP is not escaped");
  const info = file.dict(file.trailer.get("Info"));
  const unescaped = (tag: string): string | undefined =>
    new RegExp(`<${tag}>(?:<rdf:Alt><rdf:li[^>]*>)?([^<]*)`)
      .exec(xmp)?.[1]
      ?.replace(/&lt;/g, "<")
      .replace(/&gt;/g, ">")
      .replace(/&quot;/g, '"')
      .replace(/&apos;/g, "'")
      .replace(/&amp;/g, "&");
  if (unescaped("dc:title") !== file.text(info.get("Title")))
    fault(`title differs: ${unescaped("dc:title")}, ${file.text(info.get("Title"))}`);
  const date = unescaped("xmp:CreateDate")?.replace(/[-:T]/g, "");
  if (`D:${date}` !== file.text(info.get("CreationDate"))) fault("creation date differs");
}

function readTree(file: PdfFile, pages: readonly Ref[], fault: (text: string) => void): Node {
  const page = (value: Value | undefined): number =>
    pages.findIndex((ref) => value instanceof Ref && ref.id === value.id);
  const read = (ref: Value, parent: number): Node => {
    const data = file.dict(ref);
    const id = ref instanceof Ref ? ref.id : -1;
    const up = data.get("P");
    if (!(up instanceof Ref) || up.id !== parent) fault(`element ${id} does not name its parent`);
    const k = file.get(data.get("K"));
    const kids = k === null ? [] : Array.isArray(k) ? k : [data.get("K") ?? null];
    return {
      id,
      role: file.name(data.get("S")) ?? "",
      data,
      kids: kids.map((kid) => {
        if (typeof kid === "number") return { page: page(data.get("Pg")), mcid: kid };
        const inner = file.dict(kid);
        const type = file.name(inner.get("Type"));
        if (type === "MCR") return { page: page(inner.get("Pg")), mcid: Number(inner.get("MCID")) };
        if (type === "OBJR") {
          const object = inner.get("Obj");
          return { page: page(inner.get("Pg")), annotation: object instanceof Ref ? object.id : -1 };
        }
        return read(kid, id);
      }),
    };
  };
  const root = file.catalogue.get("StructTreeRoot");
  const top = file.list(file.dict(root).get("K"));
  if (top.length !== 1) fault("the structure tree has not one root element");
  return read(top[0] ?? null, root instanceof Ref ? root.id : -1);
}

function parentTree(file: PdfFile): Map<number, Value> {
  const numbers = file.list(
    file.dict(file.dict(file.catalogue.get("StructTreeRoot")).get("ParentTree")).get("Nums"),
  );
  const map = new Map<number, Value>();
  for (let i = 0; i < numbers.length; i += 2) map.set(Number(numbers[i]), numbers[i + 1] ?? null);
  return map;
}

export function walk(
  node: Node,
  visit: (node: Node, path: readonly Node[]) => void,
  path: readonly Node[] = [],
): void {
  visit(node, path);
  for (const kid of node.kids) if ("role" in kid) walk(kid, visit, [...path, node]);
}

/** Page -> marked content id -> element that has it as a child. */
function claimsOf(tree: Node): Map<number, Map<number, number>> {
  const claims = new Map<number, Map<number, number>>();
  walk(tree, (node) => {
    for (const kid of node.kids) {
      if (!("mcid" in kid)) continue;
      const page = claims.get(kid.page) ?? new Map<number, number>();
      claims.set(kid.page, page.set(kid.mcid, node.id));
    }
  });
  return claims;
}

/** Content is tagged or an artifact; marked content ids lead to the element that claims them; no .notdef. */
function checkContent(
  file: PdfFile,
  page: Ref,
  index: number,
  claims: ReadonlyMap<number, ReadonlyMap<number, number>>,
  parents: ReadonlyMap<number, Value>,
  fault: (text: string) => void,
): void {
  const data = file.dict(page);
  if (file.name(data.get("Tabs")) !== "S") fault(`page ${index + 1} has no tab order`);
  const owners = file.list(parents.get(Number(data.get("StructParents"))));
  const claimed = claims.get(index) ?? new Map<number, number>();
  if (claimed.size !== owners.length)
    fault(`page ${index + 1}: ${owners.length} pieces of content, ${claimed.size} claimed`);
  const reader = new Reader(Buffer.from(file.stream(data.get("Contents"))).toString("latin1"));
  let operands: Value[] = [];
  let open = 0;
  while (!reader.done) {
    const next = reader.value();
    if (typeof next !== "object" || next === null || !("operator" in next)) {
      operands.push(next);
      continue;
    }
    const { operator } = next;
    if (operator === "BDC" || operator === "BMC") {
      const properties = operands[1];
      const isActual = properties instanceof Map && properties.has("ActualText");
      if (open > 0 && !isActual) fault(`page ${index + 1}: nested marked content`);
      open += 1;
      if (properties instanceof Map && properties.has("MCID")) {
        const mcid = Number(properties.get("MCID"));
        const owner = owners[mcid];
        if (!(owner instanceof Ref) || claimed.get(mcid) !== owner.id)
          fault(`page ${index + 1}: content ${mcid} leads to another element`);
      } else if (!isActual && !(operands[0] instanceof Name && operands[0].value === "Artifact"))
        fault(`page ${index + 1}: content without id`);
    }
    if (operator === "EMC") open -= 1;
    if (PAINTS.has(operator) && open === 0)
      fault(`page ${index + 1}: ${operator} is neither tagged nor an artifact`);
    if (operator === "TJ" && Array.isArray(operands[0])) {
      for (const part of operands[0])
        if (typeof part === "string" && hasNotdef(part)) fault(`page ${index + 1}: .notdef is drawn`);
    }
    operands = [];
  }
  if (open !== 0) fault(`page ${index + 1}: marked content is not closed`);
}

function hasNotdef(codes: string): boolean {
  for (let i = 0; i < codes.length; i += 2)
    if (codes.charCodeAt(i) === 0 && codes.charCodeAt(i + 1) === 0) return true;
  return false;
}

function attribute(file: PdfFile, node: Node, key: string): Value {
  const a = file.get(node.data.get("A"));
  const objects = Array.isArray(a) ? a : a === null ? [] : [a];
  for (const object of objects) if (file.dict(object).has(key)) return file.get(file.dict(object).get(key));
  return null;
}

function checkStructure(file: PdfFile, tree: Node, fault: (text: string) => void): void {
  let level = 0;
  let first = true;
  walk(tree, (node, path) => {
    if (!ROLES.has(node.role)) fault(`${node.role} is no standard role`);
    const heading = /^H([1-6])$/.exec(node.role);
    if (heading) {
      const depth = Number(heading[1]);
      if (first && depth !== 1) fault(`the first heading is ${node.role}`);
      if (depth > level + 1) fault(`${node.role} follows H${level}`);
      level = depth;
      first = false;
      if (node.kids.length === 0) fault(`an ${node.role} is empty`);
    }
    if (node.role === "Figure") {
      if (!file.text(node.data.get("Alt"))) fault("a figure has no alternative text");
      if (!attribute(file, node, "BBox")) fault("a figure has no box");
    }
    if (node.role === "TH" && !attribute(file, node, "Scope")) fault("a table head has no scope");
    if (["TH", "TD"].includes(node.role) && path.at(-1)?.role !== "TR") fault(`${node.role} outside a row`);
    if (node.role === "TR" && !["Table", "THead", "TBody"].includes(path.at(-1)?.role ?? ""))
      fault("a row outside a table");
    if (node.role === "LI" && path.at(-1)?.role !== "L") fault("LI outside a list");
    if (node.role === "LBody" && path.at(-1)?.role !== "LI") fault("LBody outside an item of a list");
    if (
      node.role === "LI" &&
      node.kids.some((kid) => !("role" in kid) || !["Lbl", "LBody"].includes(kid.role))
    )
      fault("an item of a list holds more than its label and its body");
    if (node.role === "TR" && node.kids.some((kid) => !("role" in kid) || !["TH", "TD"].includes(kid.role)))
      fault("a row holds more than cells");
    if (
      node.role === "L" &&
      node.kids.some((kid) => !("role" in kid) || !["LI", "L", "Caption"].includes(kid.role))
    )
      fault("a list holds more than items");
    if (node.role === "Note" && !file.text(node.data.get("ID"))) fault("a note has no ID");
    if (node.role === "Table") checkTable(file, node, fault);
    if ((node.role === "Form" || node.role === "Link") && !node.kids.some((kid) => "annotation" in kid))
      fault(`a ${node.role} has no annotation`);
  });
}

function checkTable(file: PdfFile, table: Node, fault: (text: string) => void): void {
  const parts = table.kids.map((kid) => ("role" in kid ? kid.role : ""));
  if (parts.some((role) => !["TR", "THead", "TBody", "TFoot", "Caption"].includes(role)))
    fault("a table holds more than rows");
  if (parts.includes("THead") && !parts.includes("TBody")) fault("a table has a head and no body");
  const widths = new Set<number>();
  let heads = 0;
  for (const row of table.kids) {
    if (!("role" in row) || row.role !== "TR") continue;
    let width = 0;
    for (const cell of row.kids) {
      if (!("role" in cell)) continue;
      width += Number(attribute(file, cell, "ColSpan") ?? 1);
      if (cell.role === "TH") heads += 1;
    }
    widths.add(width);
  }
  if (widths.size > 1) fault(`a table has rows of ${[...widths].join(" and ")} columns`);
  if (heads === 0) fault("a table has no heads");
}

/** Every annotation belongs to an element that names the page it is on. */
function checkAnnotations(
  file: PdfFile,
  pages: readonly Ref[],
  tree: Node,
  parents: ReadonlyMap<number, Value>,
  fault: (text: string) => void,
): void {
  const owners = new Map<number, { node: Node; page: number }>();
  walk(tree, (node) => {
    for (const kid of node.kids)
      if ("annotation" in kid) owners.set(kid.annotation, { node, page: kid.page });
  });
  pages.forEach((page, i) => {
    for (const entry of file.list(file.dict(page).get("Annots"))) {
      if (!(entry instanceof Ref)) continue;
      const data = file.dict(entry);
      const subtype = file.name(data.get("Subtype"));
      const owner = owners.get(entry.id);
      if (!owner) {
        fault(`page ${i + 1}: a ${subtype} belongs to no element`);
        continue;
      }
      if (owner.page !== i) fault(`page ${i + 1}: the element of a ${subtype} names page ${owner.page + 1}`);
      const parent = parents.get(Number(data.get("StructParent")));
      if (!(parent instanceof Ref) || parent.id !== owner.node.id)
        fault(`page ${i + 1}: a ${subtype} leads to another element`);
      if ((Number(data.get("F")) & 4) === 0) fault(`page ${i + 1}: a ${subtype} is not printed`);
      if (subtype === "Link" && (owner.node.role !== "Link" || !file.text(data.get("Contents"))))
        fault(`page ${i + 1}: a link has no description`);
      if (subtype === "Widget") checkWidget(file, data, owner.node, i, fault);
    }
  });
}

function checkWidget(
  file: PdfFile,
  data: Dict,
  owner: Node,
  page: number,
  fault: (text: string) => void,
): void {
  if (owner.role !== "Form") fault(`page ${page + 1}: a widget is in a ${owner.role}`);
  if (!file.text(data.get("TU"))) fault(`page ${page + 1}: a widget has no name to say`);
  const normal = file.dict(data.get("AP")).get("N");
  if (file.name(data.get("FT")) === "Btn") {
    const states = file.dict(normal);
    if (!states.has("Off") || states.size !== 2)
      fault(`page ${page + 1}: a check box has no two appearances`);
    if (file.name(data.get("AS")) !== file.name(data.get("V")))
      fault(`page ${page + 1}: a check box shows another state than it has`);
  } else file.stream(normal);
}

function checkFonts(file: PdfFile, fault: (text: string) => void): void {
  for (const { value } of file.objects.values()) {
    const data = file.dict(value);
    if (file.name(data.get("Type")) !== "Font") continue;
    const subtype = file.name(data.get("Subtype"));
    const base = file.name(data.get("BaseFont"));
    if (subtype === "Type0") {
      const cmap = Buffer.from(file.stream(data.get("ToUnicode"))).toString("latin1");
      if (
        /<(?:0000|feff|fffe)>/i.test(
          cmap.slice(cmap.indexOf("beginbfrange")).replace(/<[0-9a-f]{4}> <[0-9a-f]{4}> \[/gi, "["),
        )
      )
        fault(`${base} maps a glyph to no character`);
    } else if (!file.dict(data.get("FontDescriptor")).has("FontFile2")) fault(`${base} is not embedded`);
  }
}

function checkOutline(file: PdfFile, pages: readonly Ref[], fault: (text: string) => void): void {
  const outline = file.catalogue.get("Outlines");
  const count = (parent: Value | undefined): number => {
    let number = 0;
    for (let at = file.dict(parent).get("First"); at instanceof Ref; at = file.dict(at).get("Next")) {
      number += 1;
      const item = file.dict(at);
      const target = file.list(item.get("Dest"))[0];
      if (!pages.some((page) => target instanceof Ref && page.id === target.id))
        fault(`bookmark ${file.text(item.get("Title"))} leads to no page`);
      const below = count(at);
      if (below > 0 && Math.abs(Number(item.get("Count"))) !== below)
        fault(`bookmark ${file.text(item.get("Title"))} has a wrong count`);
    }
    return number;
  };
  if (Number(file.dict(outline).get("Count")) !== count(outline)) fault("the outline has a wrong count");
}

function checkForm(file: PdfFile, fault: (text: string) => void): void {
  const form = file.dict(file.catalogue.get("AcroForm"));
  if (form.size === 0) return;
  if (form.get("NeedAppearances") !== false) fault("a viewer would make appearances of its own");
  const names = fieldNames(file);
  if (new Set(names).size !== names.length) fault("two form fields have one name");
}

/** Full names of all form fields, in the order of the field tree. */
export function fieldNames(file: PdfFile): string[] {
  const names: string[] = [];
  const visit = (field: Value, prefix: string): void => {
    const data = file.dict(field);
    const name = prefix + (file.text(data.get("T")) ?? "");
    const kids = file.list(data.get("Kids"));
    if (kids.length === 0) names.push(name);
    for (const kid of kids) visit(kid, `${name}.`);
  };
  for (const field of file.list(file.dict(file.catalogue.get("AcroForm")).get("Fields"))) visit(field, "");
  return names;
}

/** Rows of tables whose content lies on more than one page. */
export function splitRows(file: PdfFile): number {
  const tree = readTree(file, file.pages, () => undefined);
  let split = 0;
  walk(tree, (node) => {
    if (node.role !== "TR") return;
    const on = new Set<number>();
    walk(node, (inner) => {
      for (const kid of inner.kids) if ("page" in kid) on.add(kid.page);
    });
    if (on.size > 1) split += 1;
  });
  return split;
}
