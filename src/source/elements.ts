/** Names of HTML elements, so that `<version>` in a sentence is taken for what its author meant: a word in brackets. */

/** Of the living standard, and those that older documents still have. */
const ELEMENTS = new Set(
  `a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button canvas caption center
  cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font
  footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li
  link main map mark math menu meta meter nav nobr noscript object ol optgroup option output p param picture pre
  progress q rp rt ruby s samp script search section select slot small source span strike strong style sub summary sup
  svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr`.split(/\s+/),
);

/** Is this tag one of HTML? `<tag>` and `<your-name>` are none. @param tag as it is written, with its brackets */
export function isHtmlTag(tag: string): boolean {
  const name = /^<\/?([a-z][a-z0-9-]*)/i.exec(tag)?.[1]?.toLowerCase();
  return name === undefined || ELEMENTS.has(name);
}
