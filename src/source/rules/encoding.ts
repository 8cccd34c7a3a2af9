/** The rule about text that went through a wrong code page. */
import { findMojibake } from "../encoding/mojibake.ts";
import { placesIn } from "../places.ts";
import type { Checked, Finding } from "./rule.ts";

/** "âœ…" for "✅", and U+FFFD where a character is gone: what looks broken, once a line. Clean text never does. */
export function mojibake({ text }: Checked): readonly Finding[] {
  const found = findMojibake(text);
  const broken = (found?.sequences ?? []).map(({ start, source, characters, whole }) => ({
    offset: start,
    reason: whole
      ? `'${source}' looks like '${characters[0] ?? ""}' that was read as ${found?.page.name ?? ""}`
      : `'${source}' looks like a character that was read as ${found?.page.name ?? ""} and lost a byte`,
    hint: "run 'countersign check --fix', or save the file from an undamaged copy as UTF-8",
  }));
  const lost = [...text.matchAll(/\uFFFD/g)].map(({ index }) => ({
    offset: index,
    reason: "U+FFFD stands where a character was lost",
    hint: "write the character that belongs here",
  }));
  const placeOf = placesIn(text);
  const seen = new Set<number>();
  return [...broken, ...lost]
    .sort((a, b) => a.offset - b.offset)
    .flatMap(({ offset, reason, hint }): readonly Finding[] => {
      const place = placeOf(offset);
      if (seen.has(place.line)) return [];
      seen.add(place.line);
      return [{ rule: "mojibake", severity: "warning", ...place, reason, hint }];
    });
}
