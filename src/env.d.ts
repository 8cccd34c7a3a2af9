/// <reference path="../.astro/types.d.ts" />
/// <reference types="astro/client" />

/** Constants that astro.config.mjs puts in. */
interface ImportMetaEnv {
  readonly COUNTERSIGN_ROOT: string;
  readonly COUNTERSIGN_CACHE: string;
  readonly COUNTERSIGN_TODAY: string;
  readonly COUNTERSIGN_LAYOUT: string;
  readonly COUNTERSIGN_CATALOGUE: string;
}
