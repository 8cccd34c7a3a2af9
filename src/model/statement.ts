/** What a signature with a key is over: everything that the signature says, of which run, and of which record of it. */

/** A signature, as it is written or as the run holds it. */
export interface Signing {
  readonly role: string;
  readonly by?: string | null | undefined;
  readonly meaning?: string | null | undefined;
  readonly at?: string | null | undefined;
  readonly witness?: string | null | undefined;
  readonly covers?:
    | { readonly sections?: readonly string[] | undefined; readonly record?: string | null | undefined }
    | undefined;
}

/**
 * The value whose canonical JSON (RFC 8785) is signed.
 * @param publicKey `ed25519:` and the 32 bytes of the key in base64
 */
export function statementOf(run: string, signature: Signing, publicKey: string) {
  const { role, by, meaning, at, witness, covers } = signature;
  return {
    schema: "countersign/signature@1",
    run,
    role,
    by: by ?? null,
    meaning: meaning ?? null,
    at: at ?? null,
    witness: witness ?? null,
    sections: [...(covers?.sections ?? [])],
    record: covers?.record ?? null,
    public: publicKey,
  };
}
