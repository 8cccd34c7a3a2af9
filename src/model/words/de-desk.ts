/** German: working through a checklist in the browser. */
import type { Catalogue } from "../words.ts";

export const desk: Catalogue = {};
