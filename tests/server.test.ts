import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningServer, startServer } from "../scripts/server.ts";

const port = 4521;
let folder: string;
let server: RunningServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "countersign-server-"));
  await mkdir(join(folder, "site", "a b"), { recursive: true });
  await writeFile(join(folder, "secret.txt"), "secret");
  const files = {
    "index.html": "<h1>home</h1>",
    "404.html": "<h1>not here</h1>",
    "a b/index.html": "<h1>a b</h1>",
    "sheet.pdf": "%PDF-1.7",
    "source.md": "# Überschrift",
    ".hidden": "secret",
    _headers: "# comment\n/*\n  X-Frame-Options: DENY\n/sheet.pdf\n  Cache-Control: max-age=60, immutable\n",
  };
  for (const [path, text] of Object.entries(files)) await writeFile(join(folder, "site", path), text);
  await symlink(join(folder, "secret.txt"), join(folder, "site", "link.txt"));
  server = await startServer({ dir: join(folder, "site"), base: "/runbooks", port });
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** The path is sent as it is: fetch would tidy `..` away. */
function get(path: string, headers: Record<string, string> = {}, method = "GET") {
  const { hostname, port } = new URL(server.url);
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      request({ hostname, port, path, method, headers }, (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (chunk: string) => {
          body += chunk;
        });
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      })
        .on("error", reject)
        .end();
    },
  );
}

test("serves files with their types and the headers of _headers", async () => {
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:45\d\d\/runbooks\/$/);
  expect(await get("/runbooks/?q#x")).toMatchObject({
    status: 200,
    body: "<h1>home</h1>",
    headers: {
      "content-type": "text/html; charset=utf-8",
      "x-frame-options": "DENY",
      "cache-control": "no-cache",
    },
  });
  expect((await get("/runbooks/sheet.pdf")).headers).toMatchObject({
    "content-type": "application/pdf",
    "content-length": "8",
    "cache-control": "max-age=60, immutable",
  });
  expect((await get("/runbooks/source.md")).headers).toMatchObject({
    "content-type": "text/plain; charset=utf-8",
  });
});

test("sends a folder to its slash, and nobody to another host", async () => {
  expect(await get("/runbooks/a%20b")).toMatchObject({
    status: 308,
    headers: { location: "/runbooks/a%20b/" },
  });
  expect(await get("/runbooks")).toMatchObject({ status: 308, headers: { location: "/runbooks/" } });
  expect((await get("/runbooks/a%20b/")).body).toBe("<h1>a b</h1>");
  expect(await get("//example.com/")).toMatchObject({ status: 404 });
});

test.each([
  "/",
  "/runbooks/nothing",
  "/runbooks/../secret.txt",
  "/runbooks/..%2fsecret.txt",
  "/runbooks/%2e%2e/secret.txt",
  "/runbooks/..%5csecret.txt",
  "/runbooks/link.txt",
  "/runbooks/.hidden",
  "/runbooks/_headers",
  "/runbooks/index.html/",
  "/runbooks/%00",
  "/runbooks/%E0%A4%A",
  "/runbooks//",
])("%s is not there, says the page of the site", async (path) => {
  expect(await get(path)).toMatchObject({ status: 404, body: "<h1>not here</h1>" });
});

test("answers HEAD, a known tag, a wish for gzip, and refuses to take anything", async () => {
  const head = await get("/runbooks/", {}, "HEAD");
  expect(head).toMatchObject({ status: 200, body: "", headers: { "content-length": "13" } });
  expect(await get("/runbooks/", { "if-none-match": String(head.headers.etag) })).toMatchObject({
    status: 304,
    body: "",
  });
  expect((await get("/runbooks/", { "accept-encoding": "gzip" })).headers).toMatchObject({
    "content-encoding": "gzip",
  });
  expect(await (await fetch(server.url)).text()).toBe("<h1>home</h1>");
  expect((await get("/runbooks/sheet.pdf", { "accept-encoding": "gzip" })).headers).not.toHaveProperty(
    "content-encoding",
  );
  expect(await get("/runbooks/", {}, "POST")).toMatchObject({ status: 405, headers: { allow: "GET, HEAD" } });
});

test("takes the next port where one is taken, and says when there is no site", async () => {
  const taken = Number(new URL(server.url).port);
  const second = await startServer({ dir: join(folder, "site"), port: taken });
  expect(Number(new URL(second.url).port)).toBeGreaterThan(taken);
  await second.close();
  await expect(startServer({ dir: folder, port })).rejects.toMatchObject({ code: "ENOENT" });
});
