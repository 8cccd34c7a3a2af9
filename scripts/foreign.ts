/** Results of other tools beside a results file: read by their formats, bound to its items, kept as they came. */
import { basename, resolve } from "node:path";
import { digestOf } from "../src/archive/canonical.ts";
import { parseArgo } from "../src/formats/argo.ts";
import { bindForeign, type ForeignFile, type PlacedProblem } from "../src/formats/binding.ts";
import { parseCtrf } from "../src/formats/ctrfresults.ts";
import { error, type ForeignReading, refusedReading, type Zone } from "../src/formats/foreign.ts";
import { parseGithub } from "../src/formats/github.ts";
import { givenJson, maxForeignBytes, Problems } from "../src/formats/given.ts";
import { joinForeign } from "../src/formats/join.ts";
import { parseJunit } from "../src/formats/junitresults.ts";
import { parseK6 } from "../src/formats/k6.ts";
import { parseOhdf } from "../src/formats/ohdf.ts";
import { parsePrometheus } from "../src/formats/prometheus.ts";
import { parseSarif } from "../src/formats/sarif.ts";
import type { JsonFault } from "../src/formats/strictjson.ts";
import type { Checklist } from "../src/model/checklist.ts";
import { readWith } from "../src/model/issue.ts";
import { type Mapping, mappingSchema } from "../src/model/mapping.schema.ts";
import type { WrittenResult } from "../src/model/result.schema.ts";
import { recordSchema } from "../src/model/run.schema.ts";
import type { KnownExample } from "../src/model/site.schema.ts";
import { findSecrets } from "../src/source/secrets.ts";
import { parseYaml } from "../src/source/yaml.ts";
import { type CommandContext, type CommandOption, UsageError } from "./command.ts";
import type { KeptInput, Part } from "./incoming.ts";
import { readCapped } from "./inputfile.ts";
import { zoneOf, zoneOption } from "./zone.ts";

const file = { type: "string", value: "FILE", multiple: true } as const;

export const foreignOptions = {
  junit: { ...file, summary: "tests in JUnit XML, merged into the results file by their names" },
  ctrf: { ...file, summary: "the same for a CTRF report" },
  k6: { ...file, summary: "the same for a summary of k6, by handleSummary or --summary-export" },
  prometheus: { ...file, summary: "the same for an answer of Prometheus; METRIC=FILE says what it is of" },
  argo: { ...file, summary: "the same for an AnalysisRun of Argo Rollouts, YAML or JSON" },
  sarif: { ...file, summary: "the same for a SARIF log" },
  ohdf: { ...file, summary: "the same for OHDF" },
  github: { ...file, summary: "the same for check runs, deployment statuses or a task list of GitHub" },
  map: { type: "string", value: "FILE", summary: "which name of a tool is which item, in YAML" },
  timezone: zoneOption,
} as const satisfies Readonly<Record<string, CommandOption>>;

type Options = {
  readonly [K in keyof typeof foreignOptions]?: (typeof foreignOptions)[K] extends { readonly multiple: true }
    ? readonly string[] | undefined
    : string | undefined;
};

export interface Foreign {
  readonly files: readonly ForeignFile[];
  readonly mapping: Mapping;
  /** The files and the map, as they came. */
  readonly inputs: readonly KeptInput[];
  /** What is wrong with the map. */
  readonly problems: readonly PlacedProblem[];
}

type Parse = (bytes: Uint8Array, file: string, zone: Zone, metric: string | null) => ForeignReading;

const formats: readonly (readonly [Exclude<keyof Options, "map" | "timezone">, Parse])[] = [
  ["junit", (bytes, _, zone) => parseJunit(bytes, zone)],
  ["ctrf", parseCtrf],
  ["k6", parseK6],
  ["prometheus", (bytes, name, _, metric) => parsePrometheus(bytes, name, metric)],
  ["argo", argoOf],
  ["sarif", parseSarif],
  ["ohdf", parseOhdf],
  ["github", parseGithub],
];

/** Reads everything that the options name; null where they name nothing. `results` results files go with it. */
export function readForeign(options: Options, results: number, { cwd }: CommandContext): Foreign | null {
  const zone = zoneOf(options.timezone);
  const inputs: KeptInput[] = [];
  const read = (name: string): Uint8Array => {
    const bytes = readCapped(resolve(cwd, name), name, maxForeignBytes);
    const sha256 = digestOf(bytes);
    if (!inputs.some((input) => input.sha256 === sha256)) inputs.push({ name, bytes, sha256 });
    return bytes;
  };
  const files = formats.flatMap(([option, parse]) =>
    (options[option] ?? []).map((typed): ForeignFile => {
      const [, metric = null, name = typed] =
        (option === "prometheus" && /^([a-z][a-z0-9_]*)=(.+)$/.exec(typed)) || [];
      return { name, reading: parse(read(name), basename(name), zone, metric) };
    }),
  );
  if (files.length === 0) {
    if (options.map === undefined) return null;
    throw new UsageError(
      "--map says which names of other tools are which items: give a file of theirs, such as --junit f.xml",
    );
  }
  if (results !== 1)
    throw new UsageError(`files of other tools are merged into one results file, and ${results} are given`);
  const map =
    options.map === undefined ? { mapping: {}, problems: [] } : mapOf(read(options.map), options.map);
  return { files, inputs, ...map };
}

function mapOf(
  bytes: Uint8Array,
  name: string,
): { readonly mapping: Mapping; readonly problems: readonly PlacedProblem[] } {
  const parsed = yamlOf(bytes);
  const wrong = (place: string, reason: string, hint: string | null = null): PlacedProblem => ({
    ...error("map", place, reason, hint),
    file: name,
  });
  if ("error" in parsed) return { mapping: {}, problems: [wrong(`line ${parsed.line}`, parsed.error)] };
  const read = readWith(mappingSchema, parsed.value ?? {});
  if ("data" in read) return { mapping: read.data, problems: [] };
  return {
    mapping: {},
    problems: read.faults.map(({ path, reason, hint }) => wrong(path.map(String).join("."), reason, hint)),
  };
}

function yamlOf(bytes: Uint8Array): ReturnType<typeof parseYaml> {
  if (bytes.length > maxForeignBytes)
    return { error: "is longer than 8 MiB, the most that is read", line: 0, column: 0 };
  try {
    return parseYaml(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return { error: "is not valid UTF-8 text", line: 0, column: 0 };
  }
}

/** `kubectl get -o json` is read as strictly as all JSON. */
function argoOf(bytes: Uint8Array, name: string, zone: Zone): ForeignReading {
  const json = bytes.find((byte) => ![9, 10, 13, 32].includes(byte)) === "{".charCodeAt(0);
  if (json) {
    const problems = new Problems();
    const given = givenJson(bytes, name, problems);
    return given === null ? refusedReading(problems.all) : parseArgo(given.value, zone);
  }
  const parsed = yamlOf(bytes);
  if ("error" in parsed)
    return refusedReading([error("syntax", `line ${parsed.line}`, `is not YAML: ${parsed.error}`)]);
  return parseArgo(parsed.value, zone);
}

export interface JoiningPart {
  readonly checklist: Checklist;
  readonly known: readonly KnownExample[];
  /** Results of the records that are stored. */
  readonly earlier: readonly WrittenResult[];
}

/** Puts what is bound into the one part; what is wrong refuses, what is not used is listed. */
export function joinPart(
  { files, mapping, inputs, problems: inMap }: Foreign,
  part: Part,
  { checklist, known, earlier }: JoiningPart,
): { readonly part: Part } | { readonly faults: readonly JsonFault[] } {
  const { record, document, warnings, ...rest } = part.results;
  const bindings = bindForeign(files, checklist, { mapping, commit: record.deployment.commit ?? null });
  const joined = joinForeign(record, files, { bindings, checklist, earlier });
  const own = files.flatMap(({ name, reading }) => reading.problems.map((one) => ({ ...one, file: name })));
  const all = [...inMap, ...own, ...bindings.problems, ...joined.problems].map(faultOf);
  const faults = [...all.filter(({ severity }) => severity === "error"), ...leaks(inputs, known)];
  if (faults.length > 0) return { faults };
  const read = readWith(recordSchema, joined.record);
  if ("faults" in read)
    return {
      faults: read.faults.map(({ path, reason, hint }) =>
        faultOf({
          ...error("schema", `/${path.map(String).join("/")}`, reason, hint),
          file: files.map(({ name }) => name).join(", "),
        }),
      ),
    };
  const listed = all.filter(({ severity }) => severity === "warning");
  return {
    part: {
      ...part,
      beside: inputs,
      results: { ...rest, record: read.data, document, warnings: [...warnings, ...listed] },
    },
  };
}

function faultOf({ severity, rule, place, reason, hint, file: name }: PlacedProblem): JsonFault {
  const [, line = 0, column = 0] = /^line (\d+)(?:, column (\d+))?$/.exec(place) ?? [];
  return {
    severity,
    rule,
    file: name,
    line: Number(line),
    column: Number(column),
    reason,
    hint,
    pointer: place,
  };
}

/** What is kept as it came must hold no secret: the place is said, and nothing of it. */
function leaks(inputs: readonly KeptInput[], known: readonly KnownExample[]): JsonFault[] {
  return inputs.flatMap(({ name, bytes }) =>
    findSecrets(new TextDecoder().decode(bytes), known).map(({ kind, line }) =>
      faultOf({
        ...error(
          "secret",
          `line ${line}`,
          `holds what looks like ${kind}`,
          "change it where it is used, and take it out of the file",
        ),
        file: name,
      }),
    ),
  );
}
