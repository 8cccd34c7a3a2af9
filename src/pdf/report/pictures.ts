/** Pictures among the evidence: two in a row, before and after beside each other, and what is not drawn, with why. */
import type { PDFReference } from "pdfkit";
import type { EvidenceReport } from "../../model/report.ts";
import { type Box, beside } from "../flow.ts";
import type { Tag } from "../lazy.ts";
import { pixelsOf, type Thumbnail, thumbnailOf } from "../picture.ts";
import { GRAY } from "../scale.ts";
import { itemNumber, joined, type Paper, subheading, text, words } from "./pieces.ts";

/** The bytes of a picture as they are kept, by the id of the evidence. */
export type Pictures = ReadonlyMap<string, Uint8Array>;

/** Points. */
const GAP = 12;
const HIGHEST = 170;
/** The most pictures of a report, and pixels in all of them: some seconds of work. The others are in the archive. */
const MOST = 60;
const MOST_PIXELS = 80_000_000;

interface Budget {
  pictures: number;
  pixels: number;
}

type Shown =
  | { readonly one: EvidenceReport; readonly drawn: Thumbnail }
  | { readonly one: EvidenceReport; readonly refused: string };

export function putPictures(paper: Paper, pictures: Pictures, part: Tag): void {
  const all = paper.report.evidence.filter(({ type }) => type?.startsWith("image/"));
  if (all.length === 0) return;
  const { flow } = paper;
  flow.put(subheading(paper, "Pictures", part));
  const spent: Budget = { pictures: 0, pixels: 0 };
  const shown = all.map((one) => pictureOf(one, pictures, spent));
  const width = (flow.width - GAP) / 2;
  for (const row of rowsOf(shown)) {
    const cells = row.map((one, i) => ({ box: cellBox(paper, one, part, width), x: i * (width + GAP) }));
    const { parts: _, ...box } = beside(cells);
    flow.put({ ...box, before: 6 });
  }
}

function pictureOf(one: EvidenceReport, pictures: Pictures, spent: Budget): Shown {
  if (one.kept === "differs" || one.kept === "missing")
    return { one, refused: "its file is not kept as it was handed in" };
  if (one.type !== "image/png" && one.type !== "image/jpeg")
    return { one, refused: `${one.type ?? "it"} is not drawn on paper` };
  const bytes = pictures.get(one.id);
  if (!bytes) return { one, refused: "it is too large for a report, and is kept in the archive" };
  if (spent.pictures >= MOST) return { one, refused: `the report has ${MOST} pictures already` };
  const pixels = pixelsOf(bytes);
  if (spent.pixels + pixels > MOST_PIXELS)
    return { one, refused: `the pictures have more than ${MOST_PIXELS / 1_000_000} million pixels together` };
  spent.pixels += pixels;
  const made = thumbnailOf(bytes);
  if (!("refused" in made)) spent.pictures += 1;
  return "refused" in made ? { one, refused: made.refused } : { one, drawn: made };
}

/** A picture before stands beside the next one after of the same item; others follow each other in twos. */
function rowsOf(shown: readonly Shown[]): Shown[][] {
  const rows: Shown[][] = [];
  const left = [...shown];
  const singles: Shown[] = [];
  for (let first = left.shift(); first; first = left.shift()) {
    const { one } = first;
    const other = left.findIndex(
      ({ one: next }) =>
        one.pair !== null &&
        next.pair !== null &&
        next.pair !== one.pair &&
        next.items.some(({ id }) => one.items.some((item) => item.id === id)),
    );
    const [second] = other < 0 ? [] : left.splice(other, 1);
    if (!second) singles.push(first);
    else rows.push(one.pair === "before" ? [first, second] : [second, first]);
  }
  for (let i = 0; i < singles.length; i += 2) rows.push(singles.slice(i, i + 2));
  return rows;
}

/** A picture over its name; nothing is made larger than it is. */
function cellBox(paper: Paper, shown: Shown, part: Tag, width: number): Box {
  const { one } = shown;
  const pair = one.pair === null ? "" : `${one.pair}: `;
  const caption = words(
    paper,
    [
      text(pair, { style: "bold" }),
      text(one.name),
      ...(one.items.length === 0
        ? []
        : [text(", "), ...joined(one.items.map((item) => [itemNumber(paper, item)]))]),
      ...("refused" in shown ? [text(`. Not drawn: ${shown.refused}.`)] : []),
    ],
    part,
    { width, before: 0 },
  );
  if ("refused" in shown) return caption;
  const { drawn } = shown;
  const scale = Math.min(0.75, width / drawn.width, HIGHEST / drawn.height);
  const [wide, high] = [drawn.width * scale, drawn.height * scale];
  const items = one.items.map(({ number, text: says }) => `${number} ${says}`).join("; ");
  const alt = `Evidence, ${pair}${one.name}${items === "" ? "" : `, for ${items}`}`;
  let image: PDFReference | undefined;
  return {
    height: high + 3 + caption.height,
    draw(page, x, y) {
      image ??= paper.document.image(drawn);
      const made = image;
      const figure = part().add("Figure", { alt, bbox: page.box(x, y, wide, high) });
      page.tagged(figure, () => page.image(made, x, y, wide, high));
      page.artifact(() => page.rectangle(x, y, wide, high, { weight: 0.5, gray: GRAY.rule }));
      caption.draw(page, x, y + high + 3);
    },
  };
}
