// @ts-check
// `npm start`. Plain JavaScript that Node 20 reads: it runs before anything is installed.
import { ensureInstalled, root } from "./install.mjs";
import { cli, findNode, nodeMissing, runNode } from "./node.mjs";

if (!ensureInstalled((line) => process.stdout.write(`${line}\n`))) process.exit(1);
const node = findNode();
if (node === undefined) {
  process.stderr.write(`${nodeMissing()}\n`);
  process.exit(1);
}
const built = await runNode(node, [cli, "build"], { cwd: root });
process.exitCode = built === 0 ? await runNode(node, [cli, "serve"], { cwd: root }) : built;
