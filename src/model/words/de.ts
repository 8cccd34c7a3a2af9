/** German: the site says "Sie" to nobody, and is brief. Texts in the order of their English. */
import type { Catalogue } from "../words.ts";
import { desk } from "./de-desk.ts";
import { dialogs } from "./de-dialogs.ts";
import { pages } from "./de-pages.ts";
import { text } from "./de-text.ts";

export const german: Catalogue = { ...desk, ...dialogs, ...pages, ...text };
