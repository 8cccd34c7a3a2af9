/** Dev: what a build links out of the cache is made here when a browser asks for it, from what stands on the disk now. */
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import type { AstroIntegration } from "astro";
import { canonicalJson } from "../../src/archive/canonical.ts";
import { readRun, readSource } from "../../src/archive/read.ts";
import { judgedRecord, readRegister, unreadable } from "../../src/pages/_archive.ts";
import { renderReportPdf } from "../../src/pdf/report.ts";
import { renderSheet } from "../../src/pdf/sheet.ts";
import { renderDiagnostics } from "../diagnostics.ts";
import { readFonts } from "../fonts.ts";
import { readVersion } from "../tool.ts";
import { type Gathered, home } from "./gather.ts";
import { registerFile } from "./register.ts";
import { reportStyles } from "./reports.ts";
import { searchFiles } from "./search.ts";
import { modelText, versionsText } from "./versions.ts";

interface Answer {
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly status?: number;
}

type DevServer = Parameters<NonNullable<AstroIntegration["hooks"]["astro:server:setup"]>>[0]["server"];

/** @param look reads everything anew @param base with a slash at both ends */
export function onDemand(look: () => Gathered, base: string): AstroIntegration {
  return {
    name: "countersign-on-demand",
    hooks: {
      "astro:server:setup": ({ server }) => {
        const search = rememberSearch(server, look);
        server.middlewares.use((request, response, next) => {
          const [path = "/"] = (request.url ?? "/").split(/[?#]/);
          const inside = path.startsWith(base) ? path.slice(base.length) : path.slice(1);
          answer(inside.split("/"), { server, look, search })
            .then((found) => (found ? send(response, found) : next()))
            .catch((error: unknown) => next(error));
        });
      },
    },
  };
}

interface Desk {
  readonly server: DevServer;
  readonly look: () => Gathered;
  readonly search: (name: string) => Promise<Uint8Array | null>;
}

async function answer(segments: readonly string[], desk: Desk): Promise<Answer | null> {
  const [area, id = "", place = "", file, ...more] = segments;
  if (more.length > 0 && area !== "pagefind") return null;
  if (area === "pagefind") {
    const body = await desk.search(segments.slice(1).join("/"));
    return body && { type: typeOf(segments.at(-1) ?? ""), body };
  }
  if (area === "checklists" && place === "versions.json" && file === undefined) return versionsFile(desk, id);
  if (area === "checklists" && file !== undefined && file !== "") return versionFile(desk, id, place, file);
  if (area === "reports") {
    const name = segments.slice(1).join("/");
    const body = /^(?:register\.|_index\/)/.test(name)
      ? registerFile(name, readRegister(desk.look().root).rows)
      : null;
    if (body !== null) return { type: typeOf(name), body };
  }
  if (area === "reports" && id !== "" && !id.startsWith("_") && !id.startsWith("register."))
    return reportFile(desk, id, place, file ?? "");
  return null;
}

function versionsFile({ look }: Desk, id: string): Answer | null {
  const gathered = look();
  const versions = gathered.shown.filter(({ checklist }) => checklist.id === id);
  return versions.length === 0
    ? null
    : {
        type: typeOf(".json"),
        body: versionsText(
          gathered,
          versions.map(({ checklist }) => checklist),
        ),
      };
}

async function versionFile(
  { look }: Desk,
  id: string,
  version: string,
  file: string,
): Promise<Answer | null> {
  const gathered = look();
  const found = gathered.shown.find(({ checklist }) => checklist.id === id && checklist.version === version);
  if (!found) return null;
  const { checklist, source } = found;
  const paper = /^sheet-(a4|letter)\.pdf$/.exec(file)?.[1];
  if (file === "checklist.json") return { type: typeOf(file), body: modelText(checklist) };
  if (file === "source.md") return { type: typeOf(file), body: source };
  if (paper !== "a4" && paper !== "letter") return null;
  const { site, lock } = gathered.catalogue;
  const body = await renderSheet(checklist, {
    fonts: readFonts(gathered.root, site),
    paper,
    organisation: site.organisation,
    url: site.url,
    source,
    released: lock.checklists[id]?.[version]?.date ?? null,
    tool: readVersion(),
  });
  return { type: typeOf(file), body };
}

async function reportFile(
  { look, server }: Desk,
  run: string,
  place: string,
  file: string,
): Promise<Answer | null> {
  const gathered = look();
  const { run: stored, diagnostics } = readRun(gathered.root, run);
  if (!stored)
    return diagnostics.length === 0
      ? null
      : { type: typeOf(".txt"), status: 500, body: renderDiagnostics(diagnostics, "text") };
  const n = place === "" ? stored.envelopes.length : Number(place);
  const envelope = stored.envelopes[n - 1];
  if (!envelope) return null;
  const record = canonicalJson(envelope.record);
  if (file === "record.json") return { type: typeOf(file), body: record };
  const { site } = gathered.catalogue;
  try {
    const { report, checklist, pictures } = judgedRecord(gathered.root, stored, n);
    const { organisation, url, paper } = site;
    if (file === "report.pdf")
      return {
        type: typeOf(file),
        body: await renderReportPdf(report, checklist, {
          fonts: readFonts(gathered.root, site),
          paper,
          organisation,
          url,
          record: new TextEncoder().encode(record),
          source: readSource(gathered.root, run),
          tool: readVersion(),
          pictures,
        }),
      };
    if (file !== "") return null;
    // Through Vite, so that edited code shows; without the page's policy, which its client would not pass.
    const { renderReport } = (await server.ssrLoadModule(
      join(home, "src/html/report.ts"),
    )) as typeof import("../../src/html/report.ts");
    const html = renderReport(report, checklist, {
      css: reportStyles(),
      styleHash: null,
      pictures,
      organisation,
      url,
    });
    return { type: typeOf(".html"), body: await server.transformIndexHtml(`/reports/${run}/`, html) };
  } catch (cause) {
    return { type: typeOf(".txt"), status: 500, body: renderDiagnostics([unreadable(run, cause)], "text") };
  }
}

/** The index is made when somebody searches, and again after the content has changed. */
function rememberSearch(server: DevServer, look: () => Gathered): Desk["search"] {
  let files: Promise<ReadonlyMap<string, Uint8Array>> | undefined;
  server.watcher.on("all", (_event, path) => {
    if (path.startsWith(join(look().root, "content"))) files = undefined;
  });
  return async (name) => {
    files ??= searchFiles(look());
    return (await files).get(name) ?? null;
  };
}

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  json: "application/json; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  md: "text/plain; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  pdf: "application/pdf",
  wasm: "application/wasm",
};

function typeOf(name: string): string {
  return TYPES[name.split(".").at(-1) ?? ""] ?? "application/octet-stream";
}

function send(response: ServerResponse, { type, body, status = 200 }: Answer): void {
  response.writeHead(status, { "Content-Type": type, "Cache-Control": "no-store" }).end(body);
}
