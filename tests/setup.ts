/** What holds for every test file: generated cases are the same on every machine and every day. */
import fc from "fast-check";

/** COUNTERSIGN_SEED tries others: a failure found so becomes a case of its own. */
fc.configureGlobal({ seed: Number(process.env.COUNTERSIGN_SEED ?? 20_261_125) });
