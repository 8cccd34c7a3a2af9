import { join, resolve } from "node:path";
import { defineCommand, exit, UsageError } from "./command.ts";
import { startServer } from "./server.ts";

export const serve = defineCommand({
  name: "serve",
  summary: "serves a built site on this computer",
  details:
    "Serves the folder that `countersign build` has written, as a static host would: with the headers of its _headers file and its 404 page. Tries the next port where one is taken. Ctrl-C ends it.",
  positionals: [{ name: "dir", summary: "the built site (default: dist)", optional: true }],
  options: {
    port: { type: "string", value: "N", summary: "the first port to try (default: 4321)" },
    host: { type: "string", value: "ADDRESS", summary: "the address to listen on (default: 127.0.0.1)" },
    base: { type: "string", value: "PATH", summary: "the base path the site was built for (default: /)" },
  },
  async run({ positionals, options }, context) {
    const port = Number(options.port ?? 4321);
    if (!Number.isInteger(port) || port < 1 || port > 65_435)
      throw new UsageError(`--port is a number from 1 to 65435, not "${options.port}"`);
    const dir = resolve(context.cwd, positionals[0] ?? "dist");
    const server = await startServer({
      dir,
      port,
      ...(options.host === undefined ? {} : { host: options.host }),
      ...(options.base === undefined ? {} : { base: options.base }),
    }).catch((error: NodeJS.ErrnoException) => error);
    if (server instanceof Error) {
      const reason =
        server.code === "ENOENT"
          ? `there is no ${join(dir, "index.html")}: run "countersign build" first`
          : server.message;
      context.stderr.write(`countersign serve: ${reason}\n`);
      return exit.problems;
    }
    context.stdout.write(`serving      ${server.url}  (Ctrl-C ends)\n`);
    await new Promise<void>((done) => {
      if (context.signal.aborted) done();
      context.signal.addEventListener("abort", () => done(), { once: true });
    });
    await server.close();
    return exit.done;
  },
});
