#!/usr/bin/env node
// @ts-check
// Plain JavaScript that Node 20 reads: it starts the right Node on the command line.
import * as module from "node:module";
import { ensureInstalled, isInstalled } from "./install.mjs";
import { cli, compiled, findNode, nodeMissing, runNode } from "./node.mjs";

const say = (/** @type {string} */ line) => process.stderr.write(`${line}\n`);

if (!isInstalled() && !ensureInstalled(say)) process.exit(1);
const node = findNode();
if (node === undefined) {
  say(nodeMissing());
  process.exit(1);
}
if (node === process.execPath) {
  // The right one is running already: a second process would only cost its start.
  // (Node 20 has no such function, and only starts another.)
  module.enableCompileCache?.(compiled);
  const { main } = await import("./cli.ts");
  await main(process.argv.slice(2));
} else {
  process.exitCode = await runNode(node, [cli, ...process.argv.slice(2)], {
    env: { NODE_COMPILE_CACHE: compiled, ...process.env },
  });
}
