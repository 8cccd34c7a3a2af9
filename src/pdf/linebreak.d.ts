/** linebreak 1.1.0; the package has no types. */
declare module "linebreak" {
  /** UAX 14: the places where a line may be broken. */
  class LineBreaker {
    constructor(text: string);
    nextBreak(): { readonly position: number; readonly required: boolean } | null;
  }

  // biome-ignore lint/style/noDefaultExport: it is the package that has one
  export default LineBreaker;
}
