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
      emailjs: 'ssl: true on the port with TLS from the first byte, since its STARTTLS checks nothing',
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
  'RSET after a refusal': {
    general: 'After a refusal say RSET, or open a new connection, before the next mail.',
    options: {
      smtplib: 'sendmail and send_message do so by themselves; behind mail() and rcpt() call rset()',
      'Go net/smtp': 'call Reset() after an error',
      'Ruby net-smtp': 'one start block a mail, or rset after an exception',
      aiosmtplib: 'sendmail and send_message do so by themselves; behind mail() and rcpt() call rset()',
    },
  },
  'a new connection after 421': {
    general: 'Where a connection in the pool is gone open a new one, and send the mail there, once.',
    options: {
      'Go net/smtp': 'smtp.NewClient anew where Noop or Mail fails',
      smtplib: 'catch SMTPServerDisconnected, and connect anew',
      aiosmtplib: 'catch SMTPServerDisconnected, and connect anew',
      'Jakarta Mail': 'Transport.isConnected before each message, and connect anew',
      'Ruby net-smtp': 'one start block a mail',
      PHPMailer: 'SMTPKeepAlive = false, or smtpClose() after an exception',
      'go-mail': 'one DialAndSend a mail',
      'Symfony Mailer': 'EsmtpTransport::setPingThreshold(0)',
    },
  },
  'no line ends in fields and addresses': {
    general:
      'Refuse a CR or LF in a subject, a name or an address, or write it as a blank; double the dots of the text.',
    options: {
      smtplib: 'EmailMessage with policy.SMTP, which refuses them; no string that is put together by hand',
      aiosmtplib: 'EmailMessage with policy.SMTP, which refuses them',
      'Go net/smtp': 'mime.QEncoding.Encode for each field, and net/mail.ParseAddress for each address',
      'Ruby net-smtp': 'the gem mail, or gsub(/[\\r\\n]/, " ")',
      curl: 'a message that a library wrote',
    },
  },
  'no Bcc field': {
    general: 'Put hidden recipients into the envelope alone, and leave the field out of the message.',
    options: {
      smtplib: 'send_message, which leaves Bcc out, or sendmail with a message without it',
      'Go net/smtp': 'Rcpt for them, and no Bcc field in what is written to Data',
      'Ruby net-smtp': 'send_message(text, from, to + bcc), and no Bcc in the text',
      curl: '--mail-rcpt for them, and no Bcc in the file',
      msmtp: 'the addresses as arguments, and no Bcc in the text',
      swaks: '--to for them, and no Bcc in --header or --data',
    },
  },
  'build From from its parts': {
    general: 'Let the library write From from name and address: it quotes and encodes.',
    options: {
      nodemailer: 'from: { name, address }',
      emailjs: 'from: a string that a parser wrote, with the name in quotes',
      smtplib: 'email.headerregistry.Address(display_name, addr_spec=…)',
      aiosmtplib: 'email.headerregistry.Address(display_name, addr_spec=…)',
      Django: 'email.utils.formataddr((name, address))',
      'Jakarta Mail': 'new InternetAddress(address, name, "UTF-8")',
      PHPMailer: 'setFrom($address, $name)',
      'Symfony Mailer': 'new Address($address, $name)',
      'Go net/smtp': 'mail.Address{Name, Address}.String()',
      'go-mail': 'FromFormat(name, address)',
      lettre: 'Mailbox::new(Some(name), address)',
      'Ruby net-smtp': 'the gem mail',
    },
  },
  'the address alone in the envelope': {
    general: 'Take the address out of "Name <address>" before the envelope is made.',
    options: {
      smtplib: 'email.utils.parseaddr(sender)[1]',
      aiosmtplib: 'email.utils.parseaddr(sender)[1]',
      'Go net/smtp': 'mail.ParseAddress(sender).Address',
      PHPMailer: 'PHPMailer::parseAddresses',
      'Ruby net-smtp': 'sender[/<([^>]*)>/, 1]',
    },
  },
  'no raw letters without SMTPUTF8': {
    general:
      'Write the domain as A-label (xn--…), and refuse a local part outside ASCII where SMTPUTF8 is not offered.',
    options: {
      smtplib: 'domain.encode("idna"), and SMTPNotSupportedError for the local part',
      aiosmtplib: 'domain.encode("idna")',
      'Go net/smtp': 'golang.org/x/net/idna ToASCII',
      PHPMailer: 'PHPMailer::idnSupported and punyencodeAddress, with CharSet = "utf-8"',
    },
  },
  'wait for 334': {
    general:
      'Where the line would be longer than 512 octets send AUTH PLAIN alone, and the answer behind the 334.',
    options: {
      smtplib: 'client.auth("PLAIN", client.auth_plain, initial_response_ok=False)',
      curl: 'no --sasl-ir',
      nodemailer: 'authMethod: "LOGIN"',
      PHPMailer: 'AuthType = "LOGIN"',
      'Jakarta Mail': 'mail.smtp.auth.mechanisms=LOGIN',
    },
  },
  'UTF-8 in passwords': {
    general: 'Encode login and password as UTF-8 before base64.',
    options: {
      smtplib: 'an authobject that encodes as UTF-8, since login() takes ASCII alone',
      'Ruby net-smtp': 'password.encode("UTF-8")',
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
