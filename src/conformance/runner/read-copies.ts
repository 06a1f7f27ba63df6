import type { MailboxClient } from '../../mailbox/client.ts';
import { addressKeyOf } from '../../smtp/address-equality.ts';
import { envelopeOf, type Copy } from './compare-delivered.ts';

/**
 * Reads each recipient's copies from the mailbox. A search by address also finds copies that name it in a header and
 * went to somebody else: those are left out. A copy whose `Received` names nobody stays, for it may be anybody's.
 */
export async function readCopies(
  mailbox: MailboxClient,
  recipients: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, readonly Copy[]>> {
  const read = await Promise.all(
    [...recipients].map(async ([name, address]): Promise<readonly [string, readonly Copy[]]> => {
      const emails = await mailbox.emailsAddressedTo(address);
      const copies = await Promise.all(
        emails.map(async (email): Promise<Copy> => {
          const octets = await email.raw();
          const envelope = envelopeOf(octets);
          // the topmost is the mailbox's own: whose copy it holds
          return { octets, forwardPath: envelope.forwardPaths[0], envelope };
        }),
      );
      const key = addressKeyOf(address);
      return [
        name,
        copies.filter(({ forwardPath }) => forwardPath === undefined || addressKeyOf(forwardPath) === key),
      ];
    }),
  );
  return new Map(read);
}
