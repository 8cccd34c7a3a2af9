/** A place in a text where a secret stands, with what it looks like ("a GitHub token"). Offsets in UTF-16 units. */
export interface Spot {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}
