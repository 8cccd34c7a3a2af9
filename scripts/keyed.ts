/** Signatures with a key in what is handed in: each must hold, for what it says and for a record that is there. */
import { keyFault } from "../src/archive/keys.ts";
import type { Run, RunFault, Signature } from "../src/model/run.ts";

/** What is wrong with them; also with those of earlier records, which an amendment may have changed. */
export function keyFaults(run: Run): readonly RunFault[] {
  return run.signatures.flatMap((signature) => {
    const { key, record } = signature;
    if (key === null) return [];
    const reason = faultOf(run, signature, key);
    if (reason === null) return [];
    const written = run.chain[record - 1]?.record.signatures ?? [];
    const index = written.findIndex((one) => one.key?.signature === key.signature);
    return [
      {
        record,
        pointer: index < 0 ? "/signatures" : `/signatures/${index}/key`,
        rule: "bad-signature",
        reason,
        hint: "sign anew with `countersign sign --key`; a signature with a key is never corrected",
      },
    ];
  });
}

function faultOf(run: Run, signature: Signature, key: NonNullable<Signature["key"]>): string | null {
  if (signature.method !== "key")
    return `a signature with a key has the method 'key', got '${signature.method}'`;
  const { record: covered } = signature.covers;
  if (covered === null) return "a signature with a key names under covers.record the record that it is about";
  const earlier = run.records.slice(0, signature.record - 1).some(({ digest }) => digest === covered);
  if (!earlier) return `covers the record ${covered}, which is no earlier record of this run`;
  return keyFault(run.id, signature, key);
}
