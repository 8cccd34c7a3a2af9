import { resolve } from "node:path";
import { baseOf, rootOf } from "./build.ts";
import { defineCommand, exit, UsageError } from "./command.ts";
import { findProject } from "./project.ts";
import { gather } from "./site/gather.ts";
import { onDemand } from "./site/ondemand.ts";
import { developmentOf, serveDevelopment } from "./site/pages.ts";

export const dev = defineCommand({
  name: "dev",
  summary: "serves the site while its content is written: what is edited shows at once",
  details:
    "Pages, sheets and reports are made when they are asked for. An edited checklist, record or component shows without a restart; a broken one shows what is wrong on its page and here, and leaves the rest working. Ctrl-C ends it.",
  options: {
    content: { type: "string", value: "DIR", summary: "the content folder (default: content here or above)" },
    port: { type: "string", value: "N", summary: "the first port to try (default: 4321)" },
    base: { type: "string", value: "PATH", summary: "the path it is served under (default: /)" },
  },
  async run({ options }, context) {
    const root =
      options.content === undefined
        ? findProject(context.cwd)
        : rootOf(resolve(context.cwd, options.content));
    const port = Number(options.port ?? 4321);
    if (!Number.isInteger(port) || port < 1 || port > 65_435)
      throw new UsageError(`--port is a number from 1 to 65435, not "${options.port}"`);
    const day = context.now().toISOString().slice(0, 10);
    const base = baseOf(options.base ?? "/");
    const server = await serveDevelopment(developmentOf(root, day), {
      base,
      port,
      integration: onDemand(() => gather(root, day), base),
    });
    context.stdout.write(`serving      ${server.url}  (Ctrl-C ends)\n`);
    await new Promise<void>((done) => {
      if (context.signal.aborted) done();
      context.signal.addEventListener("abort", () => done(), { once: true });
    });
    await server.stop();
    return exit.done;
  },
});
