/** Any two versions of a checklist, compared where they are read: the model's diff, drawn as the pages of pairs draw it. */
import type { ElementContent } from "hast";
import { compareContent } from "../html/compare.ts";
import { nodesOf } from "../html/html.ts";
import type { Checklist } from "../model/checklist.ts";
import { diffChecklists } from "../model/diff.ts";
import type { VersionsFile } from "../model/entry.ts";
import { base, make } from "./node.ts";

export function startCompare(): void {
  const place = document.querySelector<HTMLElement>("[data-compare]");
  if (place) void offer(place, `${base()}checklists/${place.dataset.compare}/`);
}

type Versions = VersionsFile["versions"];

async function offer(place: HTMLElement, folder: string): Promise<void> {
  const file = await read<VersionsFile>(`${folder}versions.json`).catch(() => null);
  if (file === null) return; // the list of pages stands
  const asked = new URLSearchParams(location.search);
  const names = file.versions.map(({ version }) => version);
  const to = asked.get("b") ?? file.current ?? names[0] ?? "";
  // Without a wish: what changed in the current version.
  const from = asked.get("a") ?? names[names.indexOf(to) + 1] ?? names.find((name) => name !== to) ?? to;
  const before = choice("a", "From", file.versions, from);
  const after = choice("b", "To", file.versions, to);
  const swap = make("button", { type: "button" }, "Swap");
  const said = make("p", { role: "status" });
  const result = make("div", {});
  let turn = 0;
  const show = async (): Promise<void> => {
    turn += 1;
    const mine = turn;
    const [a, b] = [before.value, after.value];
    result.replaceChildren();
    said.textContent = "Reading both versions …";
    const drawn = await compare(folder, file.versions, a, b);
    if (mine !== turn) return; // another pair was chosen meanwhile
    said.textContent = drawn.said;
    result.replaceChildren(...drawn.nodes);
  };
  const choose = (): void => {
    const search = new URLSearchParams({ a: before.value, b: after.value });
    history.replaceState(null, "", `?${search}`);
    void show();
  };
  swap.addEventListener("click", () => {
    [before.value, after.value] = [after.value, before.value];
    choose();
  });
  for (const select of [before, after]) select.addEventListener("change", choose);
  const form = make("form", { class: "filters" }, labelled("From", before), labelled("To", after), swap);
  form.addEventListener("submit", (event) => event.preventDefault());
  place.replaceChildren(form, said, result);
  await show();
}

function labelled(name: string, select: HTMLSelectElement): HTMLElement {
  return make("label", {}, name, select);
}

/** A version that is asked for and not there stays chosen, so that what is said below is about what is shown. */
function choice(name: string, label: string, versions: Versions, chosen: string): HTMLSelectElement {
  const known = versions.map(({ version, status }) => ({ version, text: `${version}, ${status}` }));
  const isKnown = known.some(({ version }) => version === chosen);
  const options = isKnown ? known : [{ version: chosen, text: `${chosen}, not there` }, ...known];
  const select = make(
    "select",
    { name, "aria-label": label },
    ...options.map(({ version, text }) => make("option", { value: version }, text)),
  );
  select.value = chosen;
  return select;
}

interface Drawn {
  readonly said: string;
  readonly nodes: readonly Node[];
}

async function compare(folder: string, versions: Versions, a: string, b: string): Promise<Drawn> {
  const plain = (said: string): Drawn => ({ said, nodes: [] });
  const unknown = [a, b].find((asked) => !versions.some(({ version }) => version === asked));
  if (unknown !== undefined) {
    const known = versions.map(({ version }) => version).join(", ");
    return plain(`There is no version “${unknown}” of this checklist. Choose one of ${known}.`);
  }
  if (a === b) return plain(`No differences: both sides are version ${a}.`);
  const pages = { before: `${folder}${a}/`, after: `${folder}${b}/` };
  try {
    const [before, after] = await Promise.all([
      read<Checklist>(`${pages.before}checklist.json`),
      read<Checklist>(`${pages.after}checklist.json`),
    ]);
    const content = compareContent(diffChecklists(before, after), before, after, pages);
    return { said: `What changed from ${a} to ${b}:`, nodes: nodesOf(content).map(draw) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return plain(`${a} and ${b} could not be compared: ${reason}. Load the page again, or see both pages.`);
  }
}

async function read<T>(address: string): Promise<T> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answers ${response.status}`);
  return (await response.json()) as T;
}

/** The nodes of `src/html` as elements; what is text there is text here. */
function draw(node: ElementContent): Node {
  if (node.type !== "element") return document.createTextNode(node.type === "text" ? node.value : "");
  const element = document.createElement(node.tagName);
  for (const [name, value] of Object.entries(node.properties))
    element.setAttribute(attributeOf(name), Array.isArray(value) ? value.join(" ") : String(value));
  element.append(...node.children.map(draw));
  return element;
}

/** `className` is `class`, `ariaLabel` is `aria-label`, `tabIndex` is `tabindex`. */
function attributeOf(property: string): string {
  if (property === "className") return "class";
  if (!/^(?:aria|data)[A-Z]/.test(property)) return property.toLowerCase();
  return property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
