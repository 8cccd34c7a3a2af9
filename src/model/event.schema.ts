/** The written form of people and of what happens on the way: decisions, signatures, incidents, corrections, the close. */
import { z } from "zod";
import { meanings } from "./checklist.schema.ts";
import { digest, elementId, instant, personId, text } from "./result.schema.ts";

export const decisions = ["go", "no-go", "delay", "continue", "rollback", "fix-forward", "abort"] as const;

export const signingMethods = ["ink", "typed", "key", "sso", "verbal"] as const;

export const personSchema = z.strictObject({
  /** Id by which the record refers to this person. */
  id: personId,
  /** Name as printed. */
  name: text.optional(),
  /** Role in this run, as claimed. */
  role: text.optional(),
  /** Whether somebody checked who it is; `claimed` when it is left out. */
  identity: z.enum(["claimed", "verified"]).optional(),
  /** What the identity rests on, such as `sso`. */
  by: text.optional(),
  /** How to reach them during the run. */
  phone: text.optional(),
});

export const signatureSchema = z.strictObject({
  /** Role (or id) of the sign-off. */
  role: text,
  /** Who signed. */
  by: personId.optional(),
  /** What the signature means. */
  meaning: z.enum(meanings).optional(),
  /** When it was signed. */
  at: instant.optional(),
  /** How it was signed. */
  method: z.enum(signingMethods).optional(),
  /** Who heard or saw it. */
  witness: personId.optional(),
  /** What the signature is about: sections, and the record it was given on. */
  covers: z.strictObject({ sections: z.array(elementId).optional(), record: digest.optional() }).optional(),
  /** With the method `key`: Ed25519 over all that the signature says, as `countersign sign --key` makes it. */
  key: z
    .strictObject({
      /** `ed25519:` and the 32 bytes of the public key in base64. */
      public: z
        .string()
        .regex(
          /^ed25519:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/,
          "a key is 'ed25519:' and 32 bytes in base64",
        ),
      /** The 64 bytes of the signature in base64. */
      signature: z.string().regex(/^[A-Za-z0-9+/]{85}[AQgw]==$/, "a signature is 64 bytes in base64"),
    })
    .optional(),
});

export const incidentSchema = z.strictObject({
  /** When it began or was noticed. */
  at: instant,
  /** How bad it was, in the words of the team. */
  severity: text.optional(),
  /** What happened. */
  text,
  /** Item it came up at. */
  item: elementId.optional(),
  /** Who was told: level of the escalation, when, and when they answered. */
  notified: z
    .array(
      z.strictObject({
        /** Person or role. */
        who: text,
        level: z.int().min(1).optional(),
        at: instant.optional(),
        acknowledged: instant.optional(),
      }),
    )
    .optional(),
});

export const reviewSchema = z.strictObject({
  /** When the review was held. */
  at: instant.optional(),
  /** What went well. */
  well: z.array(text).optional(),
  /** What to improve. */
  improve: z.array(text).optional(),
  /** What will be done, by whom, until when; `done` when it was. */
  actions: z
    .array(z.strictObject({ text, owner: text.optional(), due: text.optional(), done: text.optional() }))
    .optional(),
  /** The next deployment. */
  next: z.strictObject({ version: text.optional(), date: text.optional(), lead: text.optional() }).optional(),
});

export const amendmentSchema = z.strictObject({
  /** JSON pointer into the run; things with ids are addressed by id: `/results/error-rate/status`. */
  pointer: z
    .string()
    .regex(/^(?:\/(?:[^~/]|~[01])*)+$/, "a pointer is a JSON pointer, such as /results/error-rate/status"),
  /** What was recorded; leave it out where nothing was. */
  old: z.json().optional(),
  /** What is right; `null` takes the entry out. */
  new: z.json(),
  /** Who corrects. */
  by: personId,
  /** When it was corrected. */
  at: instant,
  /** Why. */
  reason: text,
});

export const closedSchema = z.strictObject({
  /** When the run ended. */
  at: instant,
  /** Who closed it. */
  by: personId.optional(),
  /** Required items that are left open: why, whose they are, until when. */
  open: z
    .array(
      z.strictObject({
        item: elementId,
        reason: text.optional(),
        owner: text.optional(),
        due: text.optional(),
      }),
    )
    .optional(),
});
