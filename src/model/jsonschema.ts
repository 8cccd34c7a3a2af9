/** The published JSON schemas, generated from the zod schemas: what other tools and editors validate with. */
import { z } from "zod";
import {
  commandAnnotation,
  fieldAnnotation,
  frontmatterSchema,
  itemAnnotation,
  sectionAnnotation,
} from "./checklist.schema.ts";
import { recordSchema } from "./run.schema.ts";

export interface PublishedSchema {
  /** File name under `public/schema/`. */
  readonly name: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

/** Of the written forms (JSON Schema 2020-12): frontmatter with its annotations, and a run's record. */
export function publishedSchemas(): readonly PublishedSchema[] {
  const checklist = written(frontmatterSchema);
  const annotations = {
    section: sectionAnnotation,
    item: itemAnnotation,
    command: commandAnnotation,
    field: fieldAnnotation,
  };
  const definitions = Object.fromEntries(
    Object.entries(annotations).map(([name, schema]) => [name, withoutDialect(written(schema))]),
  );
  return [
    {
      name: "checklist-1.json",
      schema: {
        ...checklist,
        title: "Countersign: the frontmatter of a checklist; $defs has the annotations",
        $defs: definitions,
      },
    },
    {
      name: "run-1.json",
      schema: { ...written(recordSchema), title: "Countersign: one record of a run (countersign/run@1)" },
    },
  ];
}

function written(schema: z.ZodType): Record<string, unknown> {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
}

function withoutDialect({ $schema: _dialect, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return rest;
}
