/** Finds a version of a checklist; throws where it is not there or cannot be parsed. */
import type { Checklist } from "../../src/model/checklist.ts";
import { readChecklists } from "../../src/source/checklists.ts";

export type Versions = (id: string, version: string) => Checklist;

export function versionsIn(root: string): Versions {
  const { checklists } = readChecklists(root);
  return (id, version) => {
    const found = checklists.find((one) => one.id === id && one.version === version);
    if (!found) throw new RangeError(`there is no ${id}@${version}`);
    return found;
  };
}
