/** `map.yaml`: which name of a tool is which item, and which figure is which metric, where the source does not say it. */
import { z } from "zod";
import { elementId, text } from "./result.schema.ts";

export const mappingSchema = z.strictObject({
  /** Name of a check in a tool, exactly as the tool writes it -> id of the item. */
  names: z.record(z.string(), elementId).optional(),
  /** Name of a figure in a tool, exactly -> what it is a value of. */
  metrics: z
    .record(
      z.string(),
      z.strictObject({
        /** Item whose limit it is held against. */
        item: elementId,
        /** Metric of that limit; may be left out when the item has one limit. */
        metric: text.optional(),
        /** Unit of the value, where the tool does not say it. */
        unit: z.string().optional(),
      }),
    )
    .optional(),
});

export type Mapping = z.output<typeof mappingSchema>;
