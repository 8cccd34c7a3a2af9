/** The product's own pages, as the bundler finds them; in their order, then by path. */
import { compareText } from "../../model/diagnostic.ts";
import { type DocsPage, parseDocsPage } from "../../source/docs.ts";

const files = import.meta.glob<string>("../../../content/docs/**/*.md", {
  query: "?raw",
  import: "default",
  eager: true,
});

export const docsPages: readonly DocsPage[] = Object.entries(files)
  .map(([path, text]) => parseDocsPage(path.replace(/^.*content\/docs\//, "").replace(/\.md$/, ""), text))
  .sort((a, b) => a.order - b.order || compareText(a.path, b.path));

/** The pages of one folder: `rules`. */
export function docsIn(folder: string): readonly DocsPage[] {
  return docsPages.filter(({ path }) => path.startsWith(`${folder}/`));
}
