/** `map.yaml`: which name of a tool is which item, and which figure is which metric, where the source does not say it. */
import { z } from "zod";
import { elementId, text } from "./result.schema.ts";

const figure = z.strictObject({
  item: elementId.describe("Item whose limit the value is held against"),
  metric: text.optional().describe("Metric of that limit; may be left out when the item has one limit"),
  unit: z.string().optional().describe("Unit of the value, where the tool does not say it"),
});

export const mappingSchema = z.strictObject({
  names: z
    .record(z.string(), elementId)
    .optional()
    .describe("Name of a check, exactly as the tool writes it, and the id of its item"),
  metrics: z
    .record(z.string(), figure)
    .optional()
    .describe("Name of a figure, exactly as the tool writes it, and what it is a value of"),
});

export type Mapping = z.output<typeof mappingSchema>;
