/** What to change, in general and with the option's name of the library that was met. Pure. */
import type { Library } from './library.ts';

interface Advice {
  readonly general: string;
  readonly options: Partial<Readonly<Record<Library, string>>>;
}

const ADVICE = {
  'demand TLS': {
    general: 'Demand TLS instead of taking it where it is offered.',
    options: {
      nodemailer: 'requireTLS: true',
      curl: '--ssl-reqd instead of --ssl',
      Django: 'EMAIL_USE_TLS = True',
      smtplib: 'call starttls() always; it raises where STARTTLS is not offered',
      aiosmtplib: 'start_tls=True',
      'Jakarta Mail': 'mail.smtp.starttls.required=true',
      PHPMailer: 'SMTPSecure = "tls"',
      'Symfony Mailer': '?require_tls=true (7.3), or smtps:// on port 465',
      'Ruby net-smtp': 'enable_starttls instead of enable_starttls_auto',
      'go-mail': 'TLSMandatory',
      'Go net/smtp': 'call StartTLS always, and stop where it fails',
      lettre: 'Tls::Required',
      swaks: '--tls',
      msmtp: 'tls on',
      Postfix: 'smtp_tls_security_level = verify',
    },
  },
  'verify the certificate': {
    general: 'Check the chain and the name of the certificate.',
    options: {
      nodemailer: 'no tls.rejectUnauthorized: false',
      emailjs: 'ssl: true on port 465, since its STARTTLS checks nothing',
      curl: 'no --insecure (-k)',
      smtplib: 'starttls(context=ssl.create_default_context())',
      aiosmtplib: 'validate_certs=True',
      'Jakarta Mail': 'mail.smtp.ssl.checkserveridentity=true, and no mail.smtp.ssl.trust=*',
      PHPMailer: 'no verify_peer or verify_peer_name => false',
      'Symfony Mailer': 'no ?verify_peer=0',
      'Ruby net-smtp': 'no tls_verify: false',
      'go-mail': 'no InsecureSkipVerify',
      'Go net/smtp': 'no InsecureSkipVerify',
      lettre: 'no dangerous_accept_invalid_certs or _hostnames',
      swaks: '--tls-verify, and --tls-verify-target where this version has it',
      msmtp: 'tls_certcheck on',
      Postfix: 'smtp_tls_security_level = verify or secure',
    },
  },
  'TLS from the first octet': {
    general: 'Begin with the handshake.',
    options: {
      nodemailer: 'secure: true',
      emailjs: 'ssl: true',
      curl: 'smtps://',
      Django: 'EMAIL_USE_SSL = True',
      smtplib: 'SMTP_SSL',
      aiosmtplib: 'use_tls=True',
      'Jakarta Mail': 'the protocol smtps, or mail.smtp.ssl.enable=true',
      PHPMailer: 'SMTPSecure = "ssl"',
      'Symfony Mailer': 'smtps://',
      'Ruby net-smtp': 'enable_tls',
      'go-mail': 'WithSSL',
      'Go net/smtp': 'tls.Dial, then smtp.NewClient',
      lettre: 'Tls::Wrapper',
      swaks: '--tls-on-connect',
      msmtp: 'tls_starttls off',
      Postfix: 'smtp_tls_wrappermode = yes',
    },
  },
  'read what became of each recipient': {
    general: 'Read what the library says of each recipient, and report it.',
    options: {
      nodemailer: 'info.rejected, and error.rejectedErrors',
      smtplib: 'the dictionary that sendmail and send_message return',
      Django: 'one recipient a message, since its backend throws the answer away',
      aiosmtplib: 'the dictionary that send returns',
      'Jakarta Mail': 'SendFailedException.getInvalidAddresses and getValidUnsentAddresses',
      PHPMailer: 'the exception, which names them',
      'Symfony Mailer': 'the exception',
      curl: 'no --mail-rcpt-allowfails, or one recipient a call',
      swaks: 'one address in --to a call',
    },
  },
  'go on with the accepted': {
    general: 'Go on with those who were accepted: DATA sends to them.',
    options: {
      curl: '--mail-rcpt-allowfails',
      'Jakarta Mail': 'mail.smtp.sendpartial=true',
      'Go net/smtp': 'note the refusal that Rcpt returns, and go on',
      'Ruby net-smtp': 'one recipient a mail',
      'Symfony Mailer': 'one recipient a mail',
      'go-mail': 'one recipient a mail',
      lettre: 'one recipient a mail',
      msmtp: 'one recipient a call',
    },
  },
  'try one mechanism': {
    general: 'Name the one mechanism to log in with.',
    options: {
      smtplib: 'client.auth("PLAIN", client.auth_plain) in place of login()',
      nodemailer: 'authMethod: "PLAIN"',
      curl: '--login-options AUTH=PLAIN',
      PHPMailer: 'AuthType = "PLAIN"',
      'Jakarta Mail': 'mail.smtp.auth.mechanisms=PLAIN',
      Postfix: 'smtp_sasl_mechanism_filter = plain',
    },
  },
  'wait for the reply': {
    general: 'Wait as long for the reply as RFC 5321 §4.5.3.2 says.',
    options: {
      nodemailer: 'socketTimeout: 600_000',
      emailjs: 'timeout: 600_000',
      curl: 'no --max-time',
      Django: 'EMAIL_TIMEOUT = 600',
      smtplib: 'timeout=600',
      aiosmtplib: 'timeout=600',
      'Jakarta Mail': 'mail.smtp.timeout=600000',
      PHPMailer: 'Timeout = 600',
      'Symfony Mailer': 'SocketStream::setTimeout(600)',
      'Ruby net-smtp': 'read_timeout = 600',
      'go-mail': 'WithTimeout(10 * time.Minute)',
      lettre: 'timeout(Some(Duration::from_secs(600)))',
      swaks: '--timeout 600',
      msmtp: 'timeout off',
    },
  },
  'one connection at a time': {
    general: 'After 421 open one connection at a time, with a growing delay.',
    options: { nodemailer: 'maxConnections: 1' },
  },
  'wait as the reply says': {
    general: 'Read the number in the reply and wait that long.',
    options: { nodemailer: 'pool: true, maxMessages, rateDelta, rateLimit' },
  },
  'say QUIT': {
    general: 'Say QUIT and wait for the 221.',
    options: { nodemailer: 'it has no option for this: leave it' },
  },
  'forget what came before TLS': {
    general:
      'Empty the buffer of what was read before the handshake (this is the response injection of NO STARTTLS, 2021), or use port 465.',
    options: {
      swaks: '--tls-on-connect',
      PHPMailer: 'SMTPSecure = "ssl" on port 465',
      'Symfony Mailer': 'smtps:// on port 465',
      lettre: 'Tls::Wrapper on port 465',
    },
  },
} as const satisfies Readonly<Record<string, Advice>>;

/** What can be advised with a library's own option. */
export type Advised = keyof typeof ADVICE;

/** The advice for the library that was met; in general alone where none was, or where it has no option for it. */
export function adviceOn(advised: Advised, { library }: { readonly library: Library | undefined }): string {
  const { general, options }: Advice = ADVICE[advised];
  const option = library === undefined ? undefined : options[library];
  return option === undefined ? general : `${general} ${library}: ${option}.`;
}
