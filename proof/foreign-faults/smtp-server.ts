import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { loopback } from '../../src/mailbox/host/loopback.ts';
import { calibrationLogin } from '../calibration/postfix-files.ts';
import { commonDescription, type CalibrationKind } from '../calibration/servers.ts';

/** smtp-server from npm as it comes, with one login, and with what a plugin adds or changes. */
export function smtpServerWith(plugin: Partial<SMTPServerOptions>): CalibrationKind {
  return {
    name: 'smtp-server',
    missing: () => Promise.resolve(undefined),
    start: async () => {
      const server = new SMTPServer({
        authMethods: ['PLAIN', 'LOGIN'],
        allowInsecureAuth: true,
        disableReverseLookup: true,
        disabledCommands: ['STARTTLS'],
        onAuth: ({ username, password }, _session, done) => {
          const isRight = username === calibrationLogin.login && password === calibrationLogin.password;
          if (isRight) done(null, { user: username });
          else done(new Error('Invalid username or password'));
        },
        onData: (stream, _session, done) => {
          stream.on('end', () => done()).resume();
        },
        ...plugin,
      });
      await new Promise<void>((resolve) => void server.listen(0, loopback, resolve));
      // a server that listens on a port has an address with one
      const { port } = server.server.address() as AddressInfo;
      server.on('error', () => undefined);
      const { 'certificate-authority': _, servername: __, ...description } = commonDescription;
      return {
        description: { ...description, name: 'smtp-server', modes: { '25': `${loopback}:${port}` } },
        certificateAuthority: undefined,
        [Symbol.asyncDispose]: () =>
          new Promise<void>((resolve) => {
            server.close(() => resolve());
          }),
      };
    },
  };
}
