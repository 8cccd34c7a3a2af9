import { join } from "node:path";
import { readChecklists } from "../src/source/checklists.ts";
import { planPin } from "../src/source/pin.ts";
import { defineCommand, exit } from "./command.ts";
import { findProject, parseTarget } from "./project.ts";
import { replaceFile } from "./replace.ts";

export const pin = defineCommand({
  name: "pin",
  summary: "writes the derived ids of a draft into its file",
  details:
    "Changes nothing else. A version that is in the lock is refused: what was released keeps its bytes.",
  positionals: [{ name: "id@version", summary: "which draft" }],
  options: { "dry-run": { type: "boolean", summary: "print what would be written" } },
  async run({ positionals, options }, context) {
    const target = parseTarget(positionals[0]);
    const root = findProject(context.cwd);
    const { sources, lock, diagnostics } = readChecklists(root);
    const name = `${target.id}@${target.version}`;
    const refuse = (reason: string): number => {
      context.stderr.write(`countersign pin: ${reason}; nothing was written\n`);
      return exit.problems;
    };
    const source = sources.find(({ id, version }) => id === target.id && version === target.version);
    if (!source) return refuse(`there is no ${name} under content/checklists`);
    if (lock.checklists[target.id]?.[target.version])
      return refuse(`${name} is released, and its file is frozen`);
    const broken = diagnostics.find(({ file, severity }) => file === source.file && severity === "error");
    if (!source.checklist)
      return refuse(`${source.file}:${broken?.line ?? 1}: ${broken?.reason ?? "the file cannot be parsed"}`);
    const [secret] = source.secrets;
    if (secret)
      return refuse(
        `a secret stands in ${source.file}:${secret.line}, and ids are made from the text for ever: take it out first`,
      );
    for (const one of source.pins)
      context.stdout.write(`${source.file}:${one.line}  ${one.kind}  ${one.id}\n`);
    const plan = planPin(source, source.pins);
    if ("error" in plan) return refuse(plan.error);
    if (options["dry-run"] !== true && source.pins.length > 0)
      replaceFile(join(root, source.file), plan.text);
    const done = options["dry-run"] === true ? "would be written" : "written";
    context.stdout.write(`${source.pins.length} ids ${done}\n`);
    return exit.done;
  },
});
