/** Whether a way back was taken to its end and proven. */
import type { Situation } from "./situation.ts";
import type { ItemState } from "./states.ts";

/** Items that prove a rollback, as far as they apply. */
export function verifiers({ states }: Situation): readonly ItemState[] {
  return states.filter(
    ({ item, status }) => item.verifiesRollback && status !== "not-selected" && status !== "not-needed",
  );
}

/** A rollback is verified if an item that proves it passed, and none says otherwise. */
export function isVerified(situation: Situation): boolean {
  const proofs = verifiers(situation);
  const good = ({ status }: ItemState): boolean => status === "passed" || status === "met";
  return (
    proofs.some(good) &&
    proofs.every((state) => good(state) || state.status === "not-applicable" || state.status === "not-done")
  );
}
