/** Who may import whom, which library belongs where, sizes and names: the rules of the house, failing by name. */
import { expect, test } from "vitest";
import { findCycle, importsOf, listFiles, readText, withoutComments } from "./tree.ts";

const files = listFiles();
const code = files.filter(
  (path) => /^(src|scripts|tests)\/.*\.(ts|mjs|astro)$/.test(path) && !/fixtures\//.test(path),
);
const imports = code.filter((path) => !path.endsWith(".d.ts")).flatMap(importsOf);

const around = ["model", "html", "client", "components", "layouts", "styles"];
/** What a folder of src may import of ours, besides itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  source: ["model"],
  formats: ["model"],
  archive: ["model"],
  pdf: ["model"],
  html: ["model"],
  client: ["model", "html"],
  styles: [],
  components: around,
  layouts: around,
  pages: [...around, "source", "formats", "archive", "pdf"],
  "content.config.ts": ["model", "source", "formats", "archive", "html"],
};

const disk = ["source", "archive", "scripts"];
const shell = ["components", "layouts", "pages", "content.config.ts", "scripts"];
/** Where a library belongs. One that is not listed has no home yet: give it one here, or do without. */
const homes: Readonly<Record<string, readonly string[]>> = {
  zod: ["model"],
  "@noble/hashes": ["client"],
  semver: ["model"],
  "big.js": ["model"],
  convert: ["model"],
  diff: ["model"],
  "gray-matter": ["source"],
  "js-yaml": ["source"],
  unified: ["source"],
  satteri: ["source"],
  mdast: ["source"],
  "iconv-lite": ["source"],
  "smol-toml": ["source"],
  gemoji: ["source"],
  "@secretlint/secretlint-rule-preset-recommend": ["source"],
  "lossless-json": ["formats"],
  saxes: ["formats"],
  pdfkit: ["pdf"],
  fontkit: ["pdf"],
  fflate: ["pdf", "client"],
  linebreak: ["pdf"],
  "bidi-js": ["pdf"],
  uqr: ["pdf"],
  "jpeg-js": ["pdf"],
  hast: ["html", "client"],
  "hast-util-to-html": ["html"],
  lowlight: ["html"],
  astro: shell,
  "astro:content": shell,
  pagefind: ["scripts"],
  playwright: ["scripts"],
  "node:fs": disk,
  "node:crypto": disk,
  "node:path": [...disk, "content.config.ts", "pages"],
  "node:url": [...disk, "content.config.ts"],
  "node:child_process": ["scripts"],
  "node:http": ["scripts"],
  "node:module": ["scripts"],
  "node:os": ["scripts", "archive"],
  "node:stream": ["scripts"],
  "node:util": ["scripts"],
  "node:zlib": ["scripts"],
};

/** `pdf` for src/pdf/sheet.ts, `scripts` for scripts/cli.ts, `content.config.ts` for that one file. */
function homeOf(path: string): string {
  const [top = "", next = ""] = path.split("/");
  return top === "src" ? next : top;
}

test("a folder imports only what stands below it", () => {
  const wrong = imports
    .filter(({ from, isOurs }) => isOurs && !from.startsWith("tests/"))
    .filter(({ from, to }) => {
      if (from.startsWith("scripts/")) return !/^(src|scripts)\//.test(to) && to !== "package.json";
      return (
        homeOf(from) !== homeOf(to) &&
        !(to.startsWith("src/") && mayImport[homeOf(from)]?.includes(homeOf(to)))
      );
    })
    .map(({ from, to }) => `${from} may not import ${to}`);
  expect(wrong).toEqual([]);
});

test("every folder of src is one of the house", () => {
  const strange = code.filter(
    (path) => /^src\/.+\.(?<!\.d\.)(ts|astro)$/.test(path) && !(homeOf(path) in mayImport),
  );
  expect(strange).toEqual([]);
});

test("every library stays at home", () => {
  const wrong = imports
    .filter(
      ({ from, to, isOurs }) => !isOurs && !from.startsWith("tests/") && !homes[to]?.includes(homeOf(from)),
    )
    .map(
      ({ from, to }) => `${from}: ${to} ${homes[to] ? `belongs to ${homes[to].join(", ")}` : "has no home"}`,
    );
  expect(wrong).toEqual([]);
});

test("every library is declared", () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readText("package.json"));
  const used = { ...dependencies, ...optionalDependencies };
  const wrong = imports
    .filter(({ to, isOurs }) => !isOurs && !/^(node|astro|virtual):/.test(to) && !(to in used))
    // Types alone come as @types/…, and tests may use the tools.
    .filter(({ to }) => !(`@types/${to}` in devDependencies))
    .filter(({ from, to }) => !(/^tests\/|^scripts\/chromium\.mjs$/.test(from) && to in devDependencies))
    .map(({ from, to }) => `${from}: ${to} is not in package.json`);
  expect(wrong).toEqual([]);
});

test("every library that is declared is used", () => {
  const { dependencies } = JSON.parse(readText("package.json"));
  const used = new Set(imports.map(({ to }) => to));
  expect(Object.keys(dependencies).filter((name) => !used.has(name))).toEqual([]);
});

test("what runs in the browser never reaches zod", () => {
  const bundled = imports.filter(({ isType }) => !isType);
  const reached = new Set(code.filter((path) => path.startsWith("src/client/")));
  for (const path of reached)
    for (const { from, to, isOurs } of bundled) if (from === path && isOurs) reached.add(to);
  const wrong = bundled.filter(
    ({ from, to }) => reached.has(from) && (to === "zod" || to.startsWith("node:")),
  );
  expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
});

test("no imports go round in a circle", () => {
  expect(findCycle(imports)?.join(" -> ")).toBeUndefined();
});

test("what tests find in a circle is found", () => {
  const step = (from: string, to: string) => ({ from, to, isOurs: true, isType: false });
  expect(findCycle([step("a", "b"), step("b", "c"), step("c", "b")])).toEqual(["b", "c", "b"]);
  expect(findCycle([step("a", "b"), step("a", "c"), step("b", "c")])).toBeUndefined();
});

test("files stay under 250 lines of code", () => {
  // Comments and blank lines are free: every field of a noun is to have its doc comment.
  const linesOf = (path: string) =>
    withoutComments(readText(path))
      .split("\n")
      .filter((line) => line.trim()).length;
  const long = code
    .concat(files.filter((path) => /^src\/.*\.css$/.test(path)))
    .map((path) => ({ path, lines: linesOf(path), most: path.startsWith("tests/") ? 500 : 250 }))
    .filter(({ lines, most }) => lines > most)
    .map(({ path, lines }) => `${path} has ${lines} lines of code`);
  expect(long).toEqual([]);
});

test("there is no drawer for odds and ends", () => {
  const drawer = /(^|\/)(utils?|helpers?|common|shared|lib|core|misc|managers?|services?)(\.[^/]*)?(\/|$)/i;
  expect(files.filter((path) => !path.startsWith("content/") && drawer.test(path))).toEqual([]);
});

test("src reads no clock, no chance, no locale, no time zone and no environment", () => {
  const forbidden = [
    /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b/,
    /\bMath\.random\b|\bcrypto\.(randomUUID|getRandomValues)\b|\brandomBytes\b/,
    /\.toLocale\w*\(|\.localeCompare\(|\bnew Intl\.\w+\(\s*(\)|undefined|\[\])/,
    /\.get(FullYear|Month|Date|Day|Hours|Minutes|Seconds|TimezoneOffset)\(|\bnew Date\([^()]*,/,
    /\bprocess\.(env|cwd|argv|stdout|stderr|exit)\b|\bconsole\./,
  ];
  const wrong = code
    .filter((path) => path.startsWith("src/") && !path.startsWith("src/client/"))
    .flatMap((path) => {
      const text = withoutComments(readText(path));
      return forbidden
        .flatMap((pattern) => pattern.exec(text)?.[0] ?? [])
        .map((found) => `${path}: ${found}`);
    });
  expect(wrong).toEqual([]);
});

test("exports have names", () => {
  const allowed = /^(tests\/([^/]+\.config|globalsetup)\.ts|src\/.*\.d\.ts)$/;
  const wrong = code.filter(
    (path) => !allowed.test(path) && /^export default\b/m.test(withoutComments(readText(path))),
  );
  expect(wrong).toEqual([]);
});

test("no tracked file names a package registry", () => {
  // Joined here, so that this file names none either.
  const hosts = [
    ["registry", "npmjs"],
    ["registry", "yarnpkg"],
    ["registry", "npmmirror"],
    ["deb", "debian"],
    ["security", "debian"],
    ["files", "pythonhosted"],
  ].map((parts) => parts.join("\\."));
  const host = new RegExp(hosts.map((name) => `${name}\\.(org|com)`).join("|"));
  const text = files.filter((path) => !/\.(ttf|otf|woff2?|pdf|png|ico|icc|jpe?g)$/.test(path));
  expect(text.filter((path) => host.test(readText(path)))).toEqual([]);
  expect(readText("package-lock.json")).not.toContain('"resolved"');
});
