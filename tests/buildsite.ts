/** The command line the way a person uses it: in a process of its own. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const home = fileURLToPath(new URL("..", import.meta.url));

export interface BuildResult {
  readonly code: number | null;
  readonly output: string;
}

/** The environment without what the test runner has put into it: Astro behaves otherwise under one. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(?:VITEST|VITE_|NODE_ENV|TEST|DEV|PROD|SSR|MODE|BASE_URL)/.test(name),
    ),
  );
}

/** @returns what it said and how it ended, whatever that was */
export function tryBuild(argv: readonly string[], cwd = home): Promise<BuildResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [`${home}scripts/cli.ts`, "build", ...argv], {
      cwd,
      env: plainEnvironment(),
    });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => said.push(text));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output: said.join("") }));
  });
}

/** @throws if the build fails */
export async function buildSite(argv: readonly string[], cwd = home): Promise<string> {
  const { code, output } = await tryBuild(argv, cwd);
  if (code !== 0) throw new Error(`countersign build ended with ${code}:\n${output}`);
  return output;
}
