import { z } from 'zod';

/** What a TLS handshake came to, as the client saw it. */
export const handshakeSchema = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('secured'),
      /** As `TLSv1.3`. */
      protocol: z.string(),
      /** The suite's name in the RFCs. */
      cipher: z.string(),
      /** The certificate that the gateway showed; absent where it showed none. */
      certificate: z
        .object({
          subject: z.string(),
          issuer: z.string(),
          /** Names and addresses that it holds for, as `DNS:mail.example`. */
          names: z.array(z.string()).readonly(),
          /** ISO 8601, UTC. */
          validFrom: z.string(),
          validTo: z.string(),
          /** SHA-256 in hexadecimal, with colons. */
          fingerprint: z.string(),
        })
        .readonly()
        .optional(),
    })
    .readonly(),
  z.object({ kind: z.literal('failed'), why: z.string() }).readonly(),
]);

/** What a TLS handshake came to. */
export type Handshake = z.infer<typeof handshakeSchema>;
