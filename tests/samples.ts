/** The code samples of a page of the docs, and how each kind of them is run. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { mappingSchema } from "../src/model/mapping.schema.ts";
import { rosterSchema, siteSchema } from "../src/model/site.schema.ts";
import { parseYaml } from "../src/source/yaml.ts";
import { type } from "./terminal.ts";

export interface Sample {
  /** Where it begins: `docs/start.md:12`. */
  readonly place: string;
  /** `sh`, `console`, `md`, `yaml`, `json`, `nginx`, `text`. */
  readonly language: string;
  /** What stands behind the language: the file that the sample is, relative to the project. */
  readonly file: string | null;
  readonly code: string;
}

/** The fences of a page, in order. @param name what places begin with */
export function samplesOf(name: string, page: string): readonly Sample[] {
  return [...page.matchAll(/^(`{3,})([a-z]*)(?: (\S+))?\n([\s\S]*?)^\1$/gm)].map((match) => ({
    place: `${name}:${page.slice(0, match.index).split("\n").length}`,
    language: match[2] ?? "",
    file: match[3] ?? null,
    code: match[4] ?? "",
  }));
}

/** Runs one sample in the project. What it says must happen has to happen. */
export async function runSample(sample: Sample, project: string): Promise<void> {
  const { language, file, code } = sample;
  if (file !== null) write(join(project, file), code);
  switch (language) {
    case "sh":
      return runShell(sample, project);
    case "console":
      return runSession(sample, project);
    case "nginx":
      return checkNginx(sample);
    case "json":
      JSON.parse(code);
      return;
    case "yaml":
      checkYaml(sample);
      return;
    case "text":
      return;
    case "md":
      // A checklist is a file of the project, and a command that follows reads it.
      expect(file, "a sample of Markdown names its file").not.toBeNull();
      return;
    default:
      throw new Error(`nothing runs '${language}': name a language of tests/samples.ts`);
  }
}

/** A server block that opens and closes, whose lines end; nginx itself reads it where it is installed. */
function checkNginx({ place, code }: Sample): void {
  const lines = code.split("\n").map((line) => line.replace(/#.*/, "").trim());
  expect(
    lines.filter((line) => line !== "" && !/[;{}]$/.test(line)),
    place,
  ).toEqual([]);
  expect(code.split("{").length, `${place}: braces`).toBe(code.split("}").length);
  if (!existsSync("/usr/sbin/nginx")) return;
  const folder = mkdtempSync(join(tmpdir(), "countersign-nginx-"));
  write(join(folder, "nginx.conf"), `events {}\npid ${folder}/pid;\nhttp { access_log off; ${code} }\n`);
  execFileSync("/usr/sbin/nginx", [
    "-t",
    "-q",
    "-e",
    "stderr",
    "-p",
    folder,
    "-c",
    join(folder, "nginx.conf"),
  ]);
  rmSync(folder, { recursive: true });
}

/** YAML is one of the files that somebody writes for us, or a part of a workflow. */
function checkYaml({ place, code }: Sample): void {
  const parsed = parseYaml(code);
  if (!("value" in parsed)) throw new Error(`${place}: ${parsed.error}`);
  const keys = Object.keys(parsed.value as object);
  const schema = [
    { schema: siteSchema, key: "organisation" },
    { schema: rosterSchema, key: "roles" },
    { schema: mappingSchema, key: "names" },
  ].find(({ key }) => keys.includes(key));
  expect(schema, `${place}: no file of ours has these keys: ${keys.join(", ")}`).toBeDefined();
  expect(schema?.schema.safeParse(parsed.value), place).toMatchObject({ success: true });
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Programs of others: their lines are read by a shell, and not run. */
const OTHERS = ["aws", "cd", "git", "mc", "npm", "rsync", "sha256sum"];

/** Every line of ours has to end well; the rest has to be a line that a shell understands, of a program known here. */
async function runShell({ place, code }: Sample, project: string): Promise<void> {
  execFileSync("bash", ["-n"], { input: code });
  for (const line of linesOf(code)) {
    const [program = ""] = wordsOf(line);
    if (program !== "npx") expect(OTHERS, `${place}: ${line}`).toContain(program);
    else {
      const { code: ended, stderr } = await typed(line, project);
      expect([ended, stderr.replace(/^warning: .*\n/gm, "")], `${place}: ${line}`).toEqual([0, ""]);
    }
  }
}

/**
 * A session: what is typed stands behind `$`, what it answers below. `…` stands for what is not shown, also for whole
 * lines; `# exit 3` behind a command is how it ends.
 */
async function runSession({ place, code }: Sample, project: string): Promise<void> {
  for (const part of code.split(/^\$ /m).slice(1)) {
    const [command = "", ...expected] = part.trimEnd().split("\n");
    const [line = "", ending = "0"] = command.split(/\s+# exit /);
    const { code: ended, stdout, stderr } = await typed(line, project);
    const answer = (stdout + stderr).trimEnd();
    expect(answer, `${place}: ${line}`).toMatch(patternOf(expected.join("\n")));
    expect(ended, `${place}: ${line}\n${answer}`).toBe(Number(ending));
  }
}

function patternOf(expected: string): RegExp {
  const literal = expected.split("…").map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literal.join("[\\s\\S]*?")}$`);
}

function linesOf(code: string): readonly string[] {
  return code
    .replaceAll(/\\\n\s*/g, "")
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"));
}

/** Types one line of ours; `> file` puts the output there, `< file` reads from there. */
async function typed(line: string, project: string): Promise<Awaited<ReturnType<typeof type>>> {
  const words = wordsOf(line.replace(/\s+#.*$/, ""));
  const [npx, name, ...argv] = words;
  expect([npx, name]).toEqual(["npx", "countersign"]);
  const into = argv.indexOf(">");
  const from = argv.indexOf("<");
  const end = Math.min(...[into, from].map((at) => (at < 0 ? argv.length : at)));
  const stdin = from < 0 ? "" : readFileSync(join(project, argv[from + 1] ?? ""), "utf8");
  const done = await type(project, argv.slice(0, end), { stdin });
  if (into < 0) return done;
  write(join(project, argv[into + 1] ?? ""), done.stdout);
  return { ...done, stdout: "" };
}

/** Words of a shell's line, as far as the docs need it: double and single quotes. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? "",
  );
}
