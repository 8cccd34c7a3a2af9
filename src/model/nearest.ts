/** The known word that a mistyped one probably meant. */

/** The nearest of `known` within an edit distance of 2 (1 for words under five letters), or null. */
export function nearest(word: string, known: readonly string[]): string | null {
  const reach = word.length < 5 ? 1 : 2;
  let best: { readonly word: string; readonly distance: number } | null = null;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) > reach) continue;
    const distance = editDistance(word, candidate);
    if (distance <= reach && (best === null || distance < best.distance))
      best = { word: candidate, distance };
  }
  return best?.word ?? null;
}

/** Damerau-Levenshtein distance (optimal string alignment): insert, delete, replace, swap neighbours. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const above = rows[i - 1] ?? [];
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        value = Math.min(value, (rows[i - 2]?.[j - 2] ?? 0) + 1);
      }
      row.push(value);
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}
