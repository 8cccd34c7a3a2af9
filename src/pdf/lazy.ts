import type { Element } from "./tags.ts";

/** An element that is made when it is first drawn, so that reading order is drawing order. */
export type Tag = () => Element;

/** Makes a value once, when it is first asked for. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
