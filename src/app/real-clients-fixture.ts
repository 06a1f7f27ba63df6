import { run } from './run-program-fixture.ts';
import {
  buildGoClient,
  buildJakartaClient,
  fixture,
  sendByCurl,
  sendByProgram,
  sendBySwaks,
  type Send,
} from './real-clients-send-fixture.ts';

/** Where Debian's package has it. */
const PHP_MAILER = '/usr/share/php/libphp-phpmailer/autoload.php';

/** Where a refusal comes. */
export type ReplyMoment = 'connect' | 'AUTH' | 'MAIL' | 'RCPT' | 'end of data';

/** A mail client as people really use it, and its manner of reporting. */
export interface RealClient {
  readonly name: string;
  /** `undefined` where it is not on the search path. */
  readonly find: () => Promise<Send | undefined>;
  /** Failed AUTHs of one run with a wrong password. */
  readonly failuresPerLogin: number;
  /** What it does where one recipient of two is refused: sends to nobody, or to the other; and then says so or fails. */
  readonly atRefusal: 'gives up' | 'sends' | 'sends and fails';
  /** Whether `.ci/run` sees to it that CI has it. */
  readonly isInCi: boolean;
  readonly outcomes: Readonly<Record<ReplyMoment | 'sent' | 'untrusted certificate', string>>;
}

/** The clients, in seven languages. */
export const realClients: readonly RealClient[] = [
  {
    name: 'smtplib',
    find: async () => {
      // the real place: a version manager's wrapper costs more than the program
      const python = await run('python3', ['-c', 'import sys; print(sys.executable)']).catch(() => undefined);
      // isolated: nothing of the user's environment counts
      return python?.exitCode === 0
        ? (order) => sendByProgram(python.stdout.trim(), ['-I', fixture('smtplib_send.py')], order)
        : undefined;
    },
    // where PLAIN is refused it tries LOGIN
    failuresPerLogin: 2,
    atRefusal: 'sends',
    isInCi: true,
    outcomes: {
      sent: 'sent',
      'untrusted certificate': 'SSLCertVerificationError',
      connect: 'SMTPConnectError',
      AUTH: 'SMTPAuthenticationError',
      MAIL: 'SMTPSenderRefused',
      RCPT: 'SMTPRecipientsRefused',
      'end of data': 'SMTPDataError',
    },
  },
  {
    name: 'curl',
    find: async () => {
      const curl = await run('curl', ['-q', '--version']).catch(() => undefined);
      // some builds speak no SMTP
      return curl !== undefined && / smtps /.test(curl.stdout) ? sendByCurl : undefined;
    },
    failuresPerLogin: 1,
    atRefusal: 'gives up',
    isInCi: true,
    outcomes: {
      sent: 'exit 0',
      // CURLE_PEER_FAILED_VERIFICATION
      'untrusted certificate': 'exit 60',
      // CURLE_WEIRD_SERVER_REPLY
      connect: 'exit 8',
      // CURLE_LOGIN_DENIED
      AUTH: 'exit 67',
      // CURLE_SEND_ERROR
      MAIL: 'exit 55',
      RCPT: 'exit 55',
      // CURLE_WEIRD_SERVER_REPLY
      'end of data': 'exit 8',
    },
  },
  {
    name: 'nodemailer',
    find: async () => (order) => sendByProgram(process.execPath, [fixture('nodemailer_send.mjs')], order),
    failuresPerLogin: 1,
    atRefusal: 'sends',
    isInCi: true,
    outcomes: {
      sent: 'sent',
      'untrusted certificate': 'ESOCKET',
      connect: 'EPROTOCOL',
      AUTH: 'EAUTH',
      MAIL: 'EENVELOPE',
      RCPT: 'EENVELOPE',
      'end of data': 'EMESSAGE',
    },
  },
  {
    name: 'Go net/smtp',
    find: async () => {
      const program = await buildGoClient().catch(() => undefined);
      return program === undefined ? undefined : (order) => sendByProgram(program, [], order);
    },
    failuresPerLogin: 1,
    atRefusal: 'gives up',
    isInCi: true,
    outcomes: {
      sent: 'sent',
      'untrusted certificate': 'connect',
      connect: 'connect',
      AUTH: 'auth',
      MAIL: 'mail',
      RCPT: 'rcpt',
      'end of data': 'data',
    },
  },
  {
    name: 'swaks',
    find: async () => {
      const swaks = await run('swaks', ['--version']).catch(() => undefined);
      return swaks?.exitCode === 0 ? sendBySwaks : undefined;
    },
    failuresPerLogin: 1,
    atRefusal: 'sends',
    isInCi: true,
    outcomes: {
      sent: 'exit 0',
      'untrusted certificate': 'exit 29',
      connect: 'exit 21',
      AUTH: 'exit 28',
      MAIL: 'exit 23',
      RCPT: 'exit 24',
      'end of data': 'exit 26',
    },
  },
  {
    name: 'PHPMailer',
    find: async () => {
      const program = fixture('phpmailer_send.php');
      const php = await run('php', ['-r', `require '${PHP_MAILER}';`]).catch(() => undefined);
      return php?.exitCode === 0 ? (order) => sendByProgram('php', [program], order) : undefined;
    },
    failuresPerLogin: 1,
    atRefusal: 'sends and fails',
    isInCi: true,
    outcomes: {
      sent: 'sent',
      'untrusted certificate': 'connect_host',
      connect: 'connect_host',
      AUTH: 'authenticate',
      MAIL: 'from_failed',
      RCPT: 'recipients_failed',
      'end of data': 'data_not_accepted',
    },
  },
  {
    name: 'Jakarta Mail',
    find: () => buildJakartaClient().catch(() => undefined),
    failuresPerLogin: 1,
    atRefusal: 'gives up',
    isInCi: false,
    outcomes: {
      sent: 'sent',
      'untrusted certificate': 'MessagingException',
      connect: 'MessagingException',
      AUTH: 'AuthenticationFailedException',
      MAIL: 'SMTPSendFailedException',
      RCPT: 'SendFailedException',
      'end of data': 'SMTPSendFailedException',
    },
  },
];
