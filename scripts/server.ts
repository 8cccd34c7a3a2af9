/**
 * A small server of static files, for looking at a built site as a host would serve it: base path,
 * `_headers`, 404 page, gzip, no way out of the folder. It serves this computer, not the world.
 */
import { createReadStream } from "node:fs";
import { readFile, realpath, stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { extname, join, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";

export interface ServerOptions {
  /** The folder of the built site. */
  readonly dir: string;
  /** What stands before every path: `/` or `/runbooks/`. */
  readonly base?: string;
  /** Default: this computer only. */
  readonly host?: string;
  /** The first port that is tried; the next hundred follow. */
  readonly port: number;
}

export interface RunningServer {
  /** With the base and a slash at the end. */
  readonly url: string;
  /** Ends open connections too. */
  close(): Promise<void>;
}

/** @throws if the folder has no index.html, or all hundred ports are taken */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const root = await realpath(options.dir);
  await stat(join(root, "index.html"));
  const base = `/${(options.base ?? "/").split("/").filter(Boolean).join("/")}/`.replace("//", "/");
  const site: Site = { root, base, headers: await readHeaders(root) };
  const server = createServer((request, response) => {
    answer(site, request, response).catch(() => response.destroy());
  });
  const host = options.host ?? "127.0.0.1";
  const port = await listen(server, host, options.port);
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${port}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Site {
  readonly root: string;
  readonly base: string;
  readonly headers: readonly HeaderRule[];
}

interface HeaderRule {
  readonly path: string;
  readonly name: string;
  readonly value: string;
}

/** Reads `_headers`: a path on a line of its own, its headers indented below it; `*` at the end matches the rest. */
async function readHeaders(root: string): Promise<HeaderRule[]> {
  const text = await readFile(join(root, "_headers"), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const rules: HeaderRule[] = [];
  let path = "";
  for (const line of text.split("\n")) {
    const [name = "", ...value] = line.split(":");
    if (line.trim() === "" || line.startsWith("#")) continue;
    if (/^\S/.test(line)) path = line.trim();
    else rules.push({ path, name: name.trim(), value: value.join(":").trim() });
  }
  return rules;
}

async function listen(server: Server, host: string, first: number): Promise<number> {
  for (let port = first; port < first + 100; port++) {
    const error = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
      server.once("error", resolve);
      server.listen(port, host, () => {
        server.off("error", resolve);
        resolve(undefined);
      });
    });
    if (!error) return port;
    if (error.code !== "EADDRINUSE") throw error;
  }
  throw new Error(`no free port from ${first} to ${first + 99} on ${host}`);
}

async function answer(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { Allow: "GET, HEAD" }).end();
    return;
  }
  const [path = "/"] = (request.url ?? "/").split(/[?#]/);
  if (!path.startsWith(site.base)) {
    if (`${path}/` === site.base) response.writeHead(308, { Location: site.base }).end();
    else await send(site, request, response, 404, await find(site.root, ["404.html"]));
    return;
  }
  const segments = decodePath(path.slice(site.base.length));
  const folder = path.endsWith("/");
  const found = segments && (await find(site.root, folder ? [...segments, "index.html"] : segments));
  if (found?.isFile) await send(site, request, response, 200, found);
  else if (segments && found && !folder)
    // Made from the decoded segments, so that it cannot lead to another host.
    response.writeHead(308, { Location: `${site.base}${segments.map(encodeURIComponent).join("/")}/` }).end();
  else await send(site, request, response, 404, await find(site.root, ["404.html"]));
}

/** The segments of a path below the base, or `undefined` if one of them has no business in a path. */
function decodePath(path: string): string[] | undefined {
  try {
    const segments = path.split("/").map(decodeURIComponent);
    if (segments.at(-1) === "") segments.pop();
    const fine = segments.every(
      (one) => one !== "" && !/[/\\\0]/.test(one) && (!one.startsWith(".") || one === ".well-known"),
    );
    return fine && segments[0] !== "_headers" ? segments : undefined;
  } catch {
    return undefined; // malformed escapes
  }
}

interface Found {
  readonly path: string;
  readonly isFile: boolean;
  readonly size: number;
  readonly etag: string;
}

async function find(root: string, segments: readonly string[]): Promise<Found | undefined> {
  try {
    const path = await realpath(join(root, ...segments));
    if (path !== root && !path.startsWith(root + sep)) return undefined;
    const entry = await stat(path);
    const etag = `"${entry.size.toString(36)}-${Math.round(entry.mtimeMs).toString(36)}"`;
    return { path, size: entry.size, isFile: entry.isFile(), etag };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG") return undefined;
    throw error;
  }
}

async function send(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  found: Found | undefined,
): Promise<void> {
  const [path = "/"] = (request.url ?? "/").split(/[?#]/);
  for (const { path: pattern, name, value } of site.headers)
    if (matches(pattern, `/${path.slice(site.base.length)}`)) response.setHeader(name, value);
  if (!found) {
    response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" }).end("Not found\n");
    return;
  }
  const type = contentTypes[extname(found.path).toLowerCase()] ?? "application/octet-stream";
  response.setHeader("Content-Type", type);
  if (!response.hasHeader("Cache-Control")) response.setHeader("Cache-Control", "no-cache");
  response.setHeader("ETag", found.etag);
  response.setHeader("Vary", "Accept-Encoding");
  if (status === 200 && request.headers["if-none-match"] === found.etag) {
    response.writeHead(304).end();
    return;
  }
  const zipped =
    /^text\/|json|javascript|xml|svg|wasm/.test(type) &&
    /\bgzip\b/.test(String(request.headers["accept-encoding"]));
  if (zipped) response.setHeader("Content-Encoding", "gzip");
  else response.setHeader("Content-Length", found.size);
  response.writeHead(status);
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  const file = createReadStream(found.path);
  await (zipped ? pipeline(file, createGzip(), response) : pipeline(file, response));
}

function matches(pattern: string, path: string): boolean {
  return pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : pattern === path;
}

const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  // Browsers show plain text and would save text/markdown.
  ".md": "text/plain; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "application/xml; charset=utf-8",
};
