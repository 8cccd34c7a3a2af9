/** German: pages of checklists, lists, and what stands around them. */
import type { Catalogue } from "../words.ts";

export const pages: Catalogue = {};
