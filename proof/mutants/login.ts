import { accepted, policyMutant, says, storeMutant, wireMutant, type Mutant } from '../mutant.ts';

/** Gateways that are wrong about logins and passwords. */
export const loginMutants: readonly Mutant[] = [
  storeMutant(
    {
      id: 'login-of-the-second-connection-unknown',
      rule: 'auth.login-password',
      wrong: 'lets in only the first connection of an account',
      alsoTouches: ['error.451.window', 'error.454.window'],
    },
    (own, hit) => ({
      findLogin: async (login) => {
        const connection = await own.findLogin(login);
        const account = connection && (await own.readAccount(connection.account));
        if (account === undefined || account.connections[0]?.login === login) return connection;
        hit();
        return undefined;
      },
    }),
  ),
  wireMutant(
    {
      id: 'auth-plain-needs-an-initial-response',
      rule: 'auth.mechanisms',
      wrong: 'takes AUTH PLAIN with an initial response only',
      alsoTouches: [],
    },
    (hit) => () => ({
      received: (text) =>
        text.replace(/^AUTH PLAIN\r\n/i, () => {
          hit();
          return 'AUTH PLAIN ?\r\n';
        }),
    }),
  ),
  wireMutant(
    {
      id: 'broken-base64-counts',
      rule: 'auth.mechanisms',
      wrong: 'counts broken base64 as a wrong password',
      alsoTouches: [],
    },
    (hit) => () => {
      let login = '';
      let counted = false;
      return {
        received: (text) => {
          const response = /^AUTH PLAIN (\S+)\r\n/i.exec(text)?.[1];
          if (response === undefined) return text;
          if (/^[A-Za-z0-9+/]+={0,2}$/.test(response)) {
            login = Buffer.from(response, 'base64').toString('latin1').split('\0')[1] ?? '';
            return text;
          }
          hit();
          counted = true;
          return `AUTH PLAIN ${Buffer.from(`\0${login}\0wrong`, 'latin1').toString('base64')}\r\n`;
        },
        sent: (text) => {
          const reply = counted ? '501 5.5.2 Not valid base64\r\n' : text;
          counted = false;
          return reply;
        },
      };
    },
  ),
  policyMutant(
    {
      id: 'auth-login-missing',
      rule: 'auth.mechanisms.login',
      wrong: 'does not know AUTH LOGIN',
      alsoTouches: [],
    },
    (own, hit) => ({
      hello: (facts) => {
        const decision = own.hello(facts);
        hit();
        const [first, ...others] = decision.reply.lines;
        const lines = others.map((line) => line.replace(/^AUTH .*/, 'AUTH PLAIN'));
        return { ...decision, reply: { ...decision.reply, lines: [first, ...lines] } };
      },
      auth: (facts) => own.auth(facts.mechanism === 'LOGIN' ? { ...facts, mechanism: 'NONE' } : facts),
    }),
  ),
  wireMutant(
    {
      id: 'auth-login-asks-in-other-words',
      rule: 'auth.mechanisms.login',
      wrong: 'asks for `Login:` in place of `Username:`',
      alsoTouches: [],
    },
    (hit) => () => ({
      sent: (text) =>
        text.replace('334 VXNlcm5hbWU6', () => {
          hit();
          return `334 ${Buffer.from('Login:').toString('base64')}`;
        }),
    }),
  ),
  policyMutant(
    {
      id: 'mail-without-login',
      rule: 'auth.required',
      wrong: 'takes MAIL without a login',
      alsoTouches: ['order.checks', 'tls.starttls-resets'],
    },
    (own, hit) => ({
      mail: (facts) => {
        const decision = own.mail(facts);
        if (!says(decision, '530 5.7.0 Authentication required')) return decision;
        hit();
        return accepted();
      },
    }),
  ),
  storeMutant(
    {
      id: 'old-password-still-works',
      rule: 'auth.regenerate',
      wrong: 'forgets the newly generated password, and the old one still works',
      alsoTouches: [],
    },
    (_own, hit) => ({
      setPassword: async () => hit(),
    }),
  ),
  {
    id: 'new-password-does-not-work',
    rule: 'auth.regenerate',
    wrong: 'refuses the newly generated password',
    alsoTouches: [],
    parts: (hit) => {
      const renewed = new Set<string>();
      // the facts name no login: the list of its failures is handed on as it is, and so tells whose they are
      const failuresOfRenewed = new WeakSet<object>();
      return {
        store: (own) => ({
          ...own,
          setPassword: async (connection, sealed) => {
            renewed.add((await own.readConnection(connection))?.login ?? '');
            await own.setPassword(connection, sealed);
          },
          readLoginFailures: async (login) => {
            const failures = [...(await own.readLoginFailures(login))];
            if (renewed.has(login)) failuresOfRenewed.add(failures);
            return failures;
          },
        }),
        policy: (own) => ({
          ...own,
          credentials: (facts) => {
            if (!failuresOfRenewed.has(facts.failedAt)) return own.credentials(facts);
            hit();
            return own.credentials({ ...facts, connection: { kind: 'unknown' } });
          },
        }),
      };
    },
  },
  {
    id: 'new-password-ends-sessions',
    rule: 'auth.regenerate.when',
    wrong: 'ends sessions already logged in when a password is generated',
    alsoTouches: [],
    parts: (hit) => {
      const renewed = new Set<string>();
      return {
        store: (own) => ({
          ...own,
          setPassword: async (connection, sealed) => {
            renewed.add(connection);
            await own.setPassword(connection, sealed);
          },
          readConnection: async (id) => {
            const connection = await own.readConnection(id);
            if (connection === undefined || !renewed.has(id)) return connection;
            hit();
            return { ...connection, blocked: true };
          },
        }),
      };
    },
  },
];
