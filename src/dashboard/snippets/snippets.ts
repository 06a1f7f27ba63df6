/** Programs that send one mail, ready to be pasted. */

/** What a snippet connects to, and as whom. */
export interface SendTarget {
  readonly server: string;
  readonly port: number;
  readonly encryption: 'implicit' | 'starttls';
  readonly login: string;
  readonly password: string;
  readonly sender: string;
  readonly recipient: string;
  /** Where the certificate authority is downloaded. */
  readonly authorityUrl: string;
}

/** A program in one language. */
export interface Snippet {
  readonly language: string;
  /** What must be there before it runs; a shell line, or nothing. */
  readonly setup: string | undefined;
  readonly code: string;
}

/** The file in which each snippet looks for the certificate authority. */
export const AUTHORITY_FILE = 'gauntlet-ca.pem';

/** The shell line that downloads the certificate authority. */
export const downloadAuthority = ({ authorityUrl }: SendTarget): string =>
  `curl --silent --output ${AUTHORITY_FILE} ${inShell(authorityUrl)}`;

/** Snippets for a target, the commonest client first. */
export const snippetsFor = (target: SendTarget): readonly Snippet[] => [
  { language: 'nodemailer', setup: 'npm install nodemailer', code: nodemailer(target) },
  { language: 'Python', setup: undefined, code: python(target) },
  { language: 'PHP', setup: 'composer require phpmailer/phpmailer', code: php(target) },
  { language: 'Go', setup: undefined, code: go(target) },
  { language: 'Java', setup: undefined, code: java(target) },
  { language: 'curl', setup: undefined, code: curl(target) },
  { language: 'swaks', setup: undefined, code: swaks(target) },
];

/** A string literal of JavaScript, Python, Go and Java alike: what JSON escapes they all read. */
const quoted = (text: string): string => JSON.stringify(text);

const inShell = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

const inPhp = (text: string): string => `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`;

const nodemailer = (to: SendTarget) => `// send.mjs
import { readFile } from 'node:fs/promises';
import nodemailer from 'nodemailer';

const transport = nodemailer.createTransport({
  host: ${quoted(to.server)},
  port: ${to.port},
  ${to.encryption === 'implicit' ? 'secure: true' : 'requireTLS: true'},
  auth: { user: ${quoted(to.login)}, pass: ${quoted(to.password)} },
  tls: { ca: await readFile('${AUTHORITY_FILE}') },
});
await transport.sendMail({
  from: ${quoted(to.sender)},
  to: ${quoted(to.recipient)},
  subject: 'Hello from nodemailer',
  text: 'It works.',
});`;

const python = (to: SendTarget) => `# send.py
import smtplib, ssl
from email.message import EmailMessage

message = EmailMessage()
message["From"] = ${quoted(to.sender)}
message["To"] = ${quoted(to.recipient)}
message["Subject"] = "Hello from Python"
message.set_content("It works.")

context = ssl.create_default_context(cafile="${AUTHORITY_FILE}")
${
  to.encryption === 'implicit'
    ? `with smtplib.SMTP_SSL(${quoted(to.server)}, ${to.port}, context=context) as smtp:`
    : `with smtplib.SMTP(${quoted(to.server)}, ${to.port}) as smtp:
    smtp.starttls(context=context)`
}
    smtp.login(${quoted(to.login)}, ${quoted(to.password)})
    smtp.send_message(message)`;

const php = (to: SendTarget) => `<?php // send.php
require 'vendor/autoload.php';

$mail = new PHPMailer\\PHPMailer\\PHPMailer(true);
$mail->isSMTP();
$mail->Host = ${inPhp(to.server)};
$mail->Port = ${to.port};
$mail->SMTPSecure = '${to.encryption === 'implicit' ? 'ssl' : 'tls'}';
$mail->SMTPOptions = ['ssl' => ['cafile' => __DIR__ . '/${AUTHORITY_FILE}']];
$mail->SMTPAuth = true;
$mail->Username = ${inPhp(to.login)};
$mail->Password = ${inPhp(to.password)};
$mail->setFrom(${inPhp(to.sender)});
$mail->addAddress(${inPhp(to.recipient)});
$mail->Subject = 'Hello from PHP';
$mail->Body = 'It works.';
$mail->send();`;

const go = (to: SendTarget) => `// send.go
package main

import (
	"crypto/tls"
	"crypto/x509"
	"log"
	"net/smtp"
	"os"
)

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	pem, err := os.ReadFile("${AUTHORITY_FILE}")
	check(err)
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	settings := &tls.Config{ServerName: ${quoted(to.server)}, RootCAs: roots}
${
  to.encryption === 'implicit'
    ? `	socket, err := tls.Dial("tcp", ${quoted(`${to.server}:${to.port}`)}, settings)
	check(err)
	client, err := smtp.NewClient(socket, ${quoted(to.server)})
	check(err)`
    : `	client, err := smtp.Dial(${quoted(`${to.server}:${to.port}`)})
	check(err)
	check(client.StartTLS(settings))`
}
	check(client.Auth(smtp.PlainAuth("", ${quoted(to.login)}, ${quoted(to.password)}, ${quoted(to.server)})))
	check(client.Mail(${quoted(to.sender)}))
	check(client.Rcpt(${quoted(to.recipient)}))
	body, err := client.Data()
	check(err)
	_, err = body.Write([]byte("From: " + ${quoted(to.sender)} + "\\r\\nTo: " + ${quoted(to.recipient)} +
		"\\r\\nSubject: Hello from Go\\r\\n\\r\\nIt works.\\r\\n"))
	check(err)
	check(body.Close())
	check(client.Quit())
}`;

const java = (to: SendTarget) => `// Send.java, with org.eclipse.angus:angus-mail
import jakarta.mail.*;
import jakarta.mail.internet.*;
import java.io.FileInputStream;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Properties;
import javax.net.ssl.*;

public class Send {
  public static void main(String[] args) throws Exception {
    var roots = KeyStore.getInstance(KeyStore.getDefaultType());
    roots.load(null);
    try (var pem = new FileInputStream("${AUTHORITY_FILE}")) {
      roots.setCertificateEntry("gauntlet", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(roots);
    var tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);

    var settings = new Properties();
    settings.put("mail.smtp.host", ${quoted(to.server)});
    settings.put("mail.smtp.port", "${to.port}");
    settings.put("mail.smtp.auth", "true");
    settings.put("${to.encryption === 'implicit' ? 'mail.smtp.ssl.enable' : 'mail.smtp.starttls.required'}", "true");
    settings.put("mail.smtp.ssl.socketFactory", tls.getSocketFactory());
    var session = Session.getInstance(settings);

    var message = new MimeMessage(session);
    message.setFrom(new InternetAddress(${quoted(to.sender)}));
    message.setRecipients(Message.RecipientType.TO, ${quoted(to.recipient)});
    message.setSubject("Hello from Java");
    message.setText("It works.");
    Transport.send(message, ${quoted(to.login)}, ${quoted(to.password)});
  }
}`;

const curl = (to: SendTarget) => {
  const text = ['From', 'To', 'Subject']
    .map((field, at) => `${field}: ${[to.sender, to.recipient, 'Hello from curl'][at] ?? ''}`)
    .join(String.raw`\r\n`);
  const message = `${text}${String.raw`\r\n\r\nIt works.\r\n`}`;
  return `printf ${inShell(message.replaceAll('%', '%%'))} | curl --silent --show-error \\
  --url ${inShell(`${to.encryption === 'implicit' ? 'smtps' : 'smtp'}://${to.server}:${to.port}`)} --ssl-reqd --cacert ${AUTHORITY_FILE} \\
  --user ${inShell(`${to.login}:${to.password}`)} \\
  --mail-from ${inShell(to.sender)} --mail-rcpt ${inShell(to.recipient)} --upload-file -`;
};

const swaks = (to: SendTarget) => `swaks --server ${inShell(to.server)} --port ${to.port} \\
  ${to.encryption === 'implicit' ? '--tls-on-connect' : '--tls'} --tls-ca-path ${AUTHORITY_FILE} --tls-verify \\
  --auth PLAIN --auth-user ${inShell(to.login)} --auth-password ${inShell(to.password)} \\
  --from ${inShell(to.sender)} --to ${inShell(to.recipient)} \\
  --header 'Subject: Hello from swaks' --body 'It works.'`;
