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

/** A folder of pages with a list of its own. */
export interface DocsGroup {
  readonly path: string;
  readonly title: string;
  readonly summary: string;
  readonly pages: readonly DocsPage[];
}

const group = (path: string, title: string, summary: string): DocsGroup => ({
  path,
  title,
  summary,
  pages: docsPages.filter((page) => page.path.startsWith(`${path}/`)),
});

export const docsGroups: readonly DocsGroup[] = [
  group("rules", "Rules of check", "Every name that check prints: why it is said, an example, the cure."),
  group(
    "judgement",
    "Rules of the judgement",
    "Every rule by which a run is judged: when it fires, when it is quiet, what to do. The worst that fires decides the finding.",
  ),
];
