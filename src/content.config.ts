/** The loader shell: Astro's store holds metadata and digests only; bodies are rendered once and kept (source/kept.ts). */

import { defineCollection } from "astro:content";
import { join } from "node:path";
import type { Loader, LoaderContext } from "astro/loaders";
import { readRuns } from "./archive/read.ts";
import type { Diagnostic } from "./model/diagnostic.ts";
import { registerView } from "./model/registerpages.ts";
import { readChecklists } from "./source/checklists.ts";
import { type Handover, handoverOf, readHandover } from "./source/handover.ts";

const { COUNTERSIGN_ROOT: root, COUNTERSIGN_TODAY: today, COUNTERSIGN_CATALOGUE: handed } = import.meta.env;

const loader: Loader = {
  name: "countersign",
  async load(context) {
    fill(context, handed === "" ? readAll(context) : readHandover(handed));
    if (context.watcher) watch(context);
  },
};

function readAll(context: LoaderContext): Handover {
  const catalogue = readChecklists(root);
  for (const diagnostic of [...catalogue.diagnostics, ...readRuns(root).diagnostics])
    complain(context, diagnostic);
  return handoverOf(catalogue, today, registerView([]));
}

function complain(
  { logger }: LoaderContext,
  { severity, file, line, column, rule, reason, hint }: Diagnostic,
): void {
  const text = `${file}:${line}:${column} ${rule}: ${reason}${hint === null ? "" : ` (${hint})`}`;
  if (severity === "error") logger.error(text);
  else if (severity === "warning") logger.warn(text);
}

function fill({ store, generateDigest }: LoaderContext, { installation, versions, broken }: Handover): void {
  const entries = new Map<string, Record<string, unknown>>([["installation", { ...installation }]]);
  for (const entry of versions) entries.set(`version ${entry.id}@${entry.version}`, { ...entry });
  for (const entry of broken) entries.set(`broken ${entry.id}@${entry.version}`, { ...entry });
  for (const id of store.keys()) if (!entries.has(id) && id !== "records") store.delete(id);
  for (const [id, data] of entries) store.set({ id, data, digest: generateDigest(data) });
}

/** In dev: an edited checklist, lock or record shows without a restart; a broken one leaves the rest working. */
function watch(context: LoaderContext): void {
  const { watcher, store, logger } = context;
  const content = join(root, "content");
  watcher?.add(content);
  let edits = 0;
  let pending: NodeJS.Timeout | undefined;
  const changed = (path: string): void => {
    if (!path.startsWith(content)) return;
    clearTimeout(pending);
    // An editor that saves writes more than once; a git checkout writes many files.
    pending = setTimeout(() => {
      try {
        fill(context, readAll(context));
        // Records are no part of the store: this entry only tells the pages to look again.
        edits += 1;
        store.set({ id: "records", data: { edits }, digest: edits });
      } catch (cause) {
        logger.error(`content cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
      }
    }, 50);
  };
  for (const event of ["add", "change", "unlink"] as const) watcher?.on(event, changed);
}

export const collections = { catalogue: defineCollection({ loader }) };
