import { describe, expect, it } from 'vitest';
import { describeMailboxBehaviour } from './mailbox-behaviour.ts';
import { openMailbox } from './mailbox.ts';

// DOCKER_HOST names an engine; `.ci/containers` starts one, and an image that is made on the spot
const hasEngine = (process.env['DOCKER_HOST'] ?? '') !== '';
const isDemanded = (process.env['GAUNTLET_CONTAINERS'] ?? '') !== '';
const reason = hasEngine || isDemanded ? '' : ' (skipped: DOCKER_HOST names no container engine)';

describe.skipIf(reason !== '')(`Mailpit in a container${reason}`, () => {
  describeMailboxBehaviour(() => openMailbox({ kind: 'container' }));

  it('says which it is', async () => {
    await using host = await openMailbox({ kind: 'container' });
    expect(host).toMatchObject({
      kind: 'container',
      description: 'Mailpit in a container of axllent/mailpit:v1.27.11',
    });
  });

  it('says what is wrong where the image cannot be had', async () => {
    await expect(
      openMailbox({ kind: 'container', image: 'localhost/no-such-image:1' }),
    ).rejects.toMatchObject({
      code: 'mailpit-did-not-start',
    });
  });
});
