/** Reads HTML that src/html has made, strictly: anything that is not a known tag with known attributes is an error. */

const TAGS = new Set(
  "a blockquote br caption circle code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 head header hr html img ins li line link main meta ol p pre rect s section span strong style sub summary sup svg table tbody td text th thead time title tr ul var b body".split(
    " ",
  ),
);
const ATTRIBUTES =
  /^(?:id|class|href|rel|title|role|aria-(?:label|hidden)|scope|start|open|tabindex|data-(?:role|band|kind|copy|mark|row|head)|src|alt|loading|lang|charset|content|name|datetime|http-equiv|width|height|view[bB]ox|x|y|x1|x2|y1|y2|rx|r|cx|cy|text-anchor|preserveAspectRatio)$/;
const ADDRESS = /^(?:https?:\/\/|mailto:|tel:|#|\.\.\/|data:,|data:image\/(?:png|jpeg|gif|webp);base64,)/;

export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** @throws at the first `<` or attribute that is not on the allow-list */
export function tagsOf(html: string): readonly Tag[] {
  const tags: Tag[] = [];
  const pattern = /<(?:!doctype html|(\/)?([a-z][a-z0-9]*)((?:\s+[a-zA-Z][a-zA-Z0-9-]*(?:="[^"]*")?)*)\s*)>/y;
  const text = html.replace(/<style>[^<]*<\/style>/g, "<style></style>");
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", pattern.lastIndex)) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) throw new Error(`no tag: ${text.slice(at, at + 80)}`);
    const [, isEnd, name = "", written = ""] = match;
    if (isEnd || name === "") continue;
    if (!TAGS.has(name)) throw new Error(`unknown tag: ${match[0]}`);
    const attributes = new Map<string, string>();
    for (const [, attribute = "", value = ""] of written.matchAll(
      /([a-zA-Z][a-zA-Z0-9-]*)(?:="([^"]*)")?/g,
    )) {
      if (!ATTRIBUTES.test(attribute)) throw new Error(`unknown attribute: ${match[0]}`);
      if ((attribute === "href" || attribute === "src") && !ADDRESS.test(value))
        throw new Error(`unknown address: ${match[0]}`);
      attributes.set(attribute, decode(value));
    }
    tags.push({ name, attributes });
  }
  return tags;
}

/** Text with its character references resolved. */
export function decode(text: string): string {
  return text.replace(
    /&(?:#x([0-9A-Fa-f]+)|#(\d+)|amp|quot|lt|gt);/g,
    (entity, hex?: string, decimal?: string) => {
      if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (decimal) return String.fromCodePoint(Number(decimal));
      return { "&amp;": "&", "&quot;": '"', "&lt;": "<", "&gt;": ">" }[entity] ?? entity;
    },
  );
}
