/** The replies with which commands are accepted, in the usual words. */
export const protocolAcceptances = {
  greeting: (gatewayName: string) => `220 ${gatewayName} ESMTP`,
  ok: '250 Ok',
  startTls: '220 Ready to start TLS',
  // exact for every client that knows them (rule `auth.mechanisms.login`)
  authChallenge: { PLAIN: '334 ', LOGIN: '334 VXNlcm5hbWU6' },
  passwordChallenge: '334 UGFzc3dvcmQ6',
  authenticated: '235 Authentication successful',
  startData: '354 End data with <CR><LF>.<CR><LF>',
  messageTaken: '250 Ok',
  cannotVerify: '252 Cannot say; send the mail to find out',
  help: '214 EHLO HELO AUTH STARTTLS MAIL RCPT DATA RSET NOOP VRFY QUIT',
  bye: '221 Bye',
} as const;
