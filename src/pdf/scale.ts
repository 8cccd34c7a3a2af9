/** The typographic scale: four sizes, one grid. Points throughout. */

export interface Type {
  readonly size: number;
  /** From baseline to baseline. */
  readonly leading: number;
}

/** Labels, notes, commands, headers and footers. Nothing is smaller. */
export const SMALL: Type = { size: 8.5, leading: 11 };
/** Small print that stands under a row's text. */
export const NOTE: Type = { size: 8.5, leading: 10.6 };
/** The text of a row. */
export const ROW: Type = { size: 9.5, leading: 11.6 };
export const BODY: Type = { size: 9.5, leading: 12 };
export const HEAD: Type = { size: 12.5, leading: 16 };
export const TITLE: Type = { size: 21, leading: 25 };

/** Millimetres to points. */
export function mm(value: number): number {
  return (value * 72) / 25.4;
}

/** The least height of anything that is written in by hand. */
export const WRITE_IN = mm(8);

/** Grays that stay apart on a laser printer and keep a contrast of 4.5 where they carry text. */
export const GRAY = { text: 0.32, rule: 0.55, hair: 0.72, tint: 0.94 } as const;
