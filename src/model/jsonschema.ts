/** The published JSON schemas, generated from the zod schemas: what other tools and editors validate with. */
import { z } from "zod";
import {
  commandAnnotation,
  fieldAnnotation,
  itemAnnotation,
  sectionAnnotation,
} from "./annotation.schema.ts";
import { frontmatterSchema } from "./frontmatter.schema.ts";
import { mappingSchema } from "./mapping.schema.ts";
import { recordSchema } from "./run.schema.ts";
import { rosterSchema, siteSchema } from "./site.schema.ts";

export interface PublishedSchema {
  /** File name under `public/schema/`. */
  readonly name: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

/** Of the written forms (JSON Schema 2020-12): frontmatter with its annotations, site.yaml, roles.yaml, map.yaml, a run's record. */
export function publishedSchemas(): readonly PublishedSchema[] {
  const annotations = {
    section: sectionAnnotation,
    item: itemAnnotation,
    command: commandAnnotation,
    field: fieldAnnotation,
  };
  const definitions = Object.fromEntries(
    Object.entries(annotations).map(([name, schema]) => [name, withoutDialect(written(schema))]),
  );
  const titled = (name: string, title: string, schema: Record<string, unknown>): PublishedSchema => ({
    name,
    schema: { ...schema, title: `Countersign: ${title}` },
  });
  return [
    titled("checklist-1.json", "the frontmatter of a checklist", {
      ...written(frontmatterSchema),
      $comment: "$defs has the annotations, which stand in comments of the Markdown",
      $defs: definitions,
    }),
    titled("site-1.json", "content/site.yaml, this installation", written(siteSchema)),
    titled("roles-1.json", "content/roles.yaml, who held which role when", written(rosterSchema)),
    titled("map-1.json", "map.yaml, which name of a tool is which item", written(mappingSchema)),
    titled("run-1.json", "one record of a run (countersign/run@1)", written(recordSchema)),
  ];
}

function written(schema: z.ZodType): Record<string, unknown> {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
}

function withoutDialect({ $schema: _dialect, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return rest;
}
