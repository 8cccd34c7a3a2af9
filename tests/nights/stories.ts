/** All stories of the samples, in the order of their telling. */
import type { Story } from "./edit.ts";
import { emergency, go, noGo } from "./stories/credentials.ts";
import { calledOff, corrected, onVercel } from "./stories/optropic.ts";
import { calledGreen, pilot, stillRunning } from "./stories/pos.ts";
import { fourRecords, notVerified, verified } from "./stories/restaurant.ts";
import { beforeNewYear, onPaper } from "./stories/xianfeast.ts";
import type { Versions } from "./versions.ts";

export const stories: readonly ((version: Versions) => Story)[] = [
  fourRecords,
  notVerified,
  verified,
  pilot,
  calledGreen,
  stillRunning,
  go,
  noGo,
  emergency,
  beforeNewYear,
  onPaper,
  onVercel,
  corrected,
  calledOff,
];
