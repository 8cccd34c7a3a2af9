/** The filters of PNG (RFC 2083, 6), which PDF has too as its predictors: a row's bytes as differences to their neighbours. */

/** The neighbour that is nearest to left + up - corner. */
function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/**
 * Takes the filter of each row back, in place; the rows stay where they are, each behind its filter's number.
 * @param stride bytes of a row without that number @param unit bytes of a pixel, at least 1
 * @throws RangeError for a filter that there is not
 */
export function unfilter(data: Uint8Array, stride: number, unit: number): void {
  for (let start = 0; start < data.length; start += stride + 1) {
    const kind = data[start] ?? 0;
    if (kind > 4) throw new RangeError(`a row has the unknown filter ${kind}`);
    for (let i = 1; i <= stride && start + i < data.length; i += 1) {
      const at = start + i;
      const left = i > unit ? (data[at - unit] ?? 0) : 0;
      const up = start > 0 ? (data[at - stride - 1] ?? 0) : 0;
      const corner = start > 0 && i > unit ? (data[at - stride - 1 - unit] ?? 0) : 0;
      const by = [0, left, up, (left + up) >> 1, kind === 4 ? paeth(left, up, corner) : 0][kind] ?? 0;
      data[at] = ((data[at] ?? 0) + by) & 0xff;
    }
  }
}
