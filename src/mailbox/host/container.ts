import { MailboxError } from '../mailbox-error.ts';
import type { MailboxHost } from './mailbox-host.ts';

/** Mailpit's image, as it is published. */
export const mailpitImage = 'axllent/mailpit:v1.27.11';

const SMTP_PORT = 1025;
const API_PORT = 8025;

/**
 * Starts Mailpit in a container of the engine that the environment names (`DOCKER_HOST`), on published ports. The
 * package testcontainers is loaded only here: who has no containers need not install it.
 */
export async function openContainer(image: string = mailpitImage): Promise<MailboxHost> {
  const { GenericContainer, Wait } = await loadTestcontainers();
  const container = await new GenericContainer(image)
    .withExposedPorts(SMTP_PORT, API_PORT)
    // the same settings as for the program: nothing asked of the network, nothing thrown away
    .withEnvironment({ MP_DISABLE_VERSION_CHECK: 'true', MP_SMTP_DISABLE_RDNS: 'true', MP_MAX_MESSAGES: '0' })
    .withWaitStrategy(Wait.forHttp('/readyz', API_PORT))
    .start()
    .catch((cause: unknown) => {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new MailboxError('mailpit-did-not-start', `The container ${image} did not start: ${why}`, {
        cause,
      });
    });
  const host = container.getHost();
  const api = `http://${host}:${container.getMappedPort(API_PORT)}`;
  return {
    kind: 'container',
    description: `Mailpit in a container of ${image}`,
    smtp: { host, port: container.getMappedPort(SMTP_PORT) },
    api,
    [Symbol.asyncDispose]: async () => {
      await container.stop();
    },
  };
}

async function loadTestcontainers(): Promise<typeof import('testcontainers')> {
  try {
    return await import('testcontainers');
  } catch (cause) {
    const sentence =
      'For a mailbox in a container the package testcontainers is needed: npm install testcontainers.';
    throw new MailboxError('testcontainers-missing', sentence, { cause });
  }
}
