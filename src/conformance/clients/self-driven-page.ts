/** The page for applications that send by themselves: what to put into an application's settings, and what has been seen of it. Pure. */
import type { Card } from './card/card.ts';
import { classOf, html, htmlPage } from './card/html-parts.ts';
import { gradeMarks } from './card/terminal.ts';
import type { GradedCase } from './graded-case.ts';
import type { Input, Order } from './order.ts';
import type { Progress } from './progress.ts';
import type { Task } from './self-driven.ts';

/** Reads off a card of this moment how far each case has come. */
export function progressOf({ cases }: Card): Progress {
  return cases.map((one) => {
    const { grade, what } = one.wire;
    const sessions = countSessions(one);
    return { case: one.id, sessions, charged: one.charged, grade, mark: gradeMarks[grade].mark, what };
  });
}

function countSessions({ transcript }: GradedCase): number {
  const starts = transcript.filter(
    ({ who, text }) => who === '-' && /^\d+: (?:connects|handshake)/.test(text),
  );
  return starts.length;
}

/** Encryption in the words of an application's settings. */
export const encryptions = {
  starttls: 'STARTTLS',
  implicit: 'SSL/TLS from the first byte',
  none: 'none',
} as const satisfies Record<Order['tls'], string>;

/** The page; its script asks `progress` every second, and `card` and `finish` are beside it. */
export function selfDrivenPage(client: string, tasks: readonly Task[]): string {
  const [first] = tasks;
  return htmlPage('self-driven', {
    title: `Checking ${client}`,
    content: [
      `<header>
<h1>How <code>${html(client)}</code> takes each error</h1>
<p class="badge" role="status" id="played">0 of ${tasks.length} played</p>
</header>
<main>
<section aria-labelledby="next"><h2 id="next">What to do</h2>
<ol>
<li>Let the application trust this root, and no other, until you are done: <a href="ca.pem" download>ca.pem</a> (on this
machine also <code>${html(first?.order.caFile ?? '')}</code>).</li>
<li>Take a case below, put its settings into the application, and send <b>one</b> mail to all the recipients named, or as
many as its “mails” says. One more with the same login would look like a retry.</li>
<li>Take the next, in any order. What you leave out is not observed.</li>
<li>Wait as long after the last mail as the application may take to try again. Then finish.</li>
</ol>
<form class="actions" id="finish" method="post" action="finish"><a class="button" href="card" target="_blank" rel="noopener">Card of what there is</a>
<button>Finish and grade</button></form>
<p role="alert" id="trouble"></p>
</section>
<section aria-labelledby="cases"><h2 id="cases">Cases</h2>
${tasks.map(caseSection).join('\n')}
</section>
</main>`,
    ],
  });
}

function caseSection({ order, title, rightWay, wantsText, wants }: Task): string {
  const settings: readonly (readonly [string, string])[] = [
    ['host', order.host],
    ['port', String(order.port)],
    ['encryption', encryptions[order.tls]],
    ['login', order.user],
    ['password', order.password],
    ...tokenSettings(order),
    ...(order.dsn.length > 0 ? [['receipts', order.dsn.join(', ')] as const] : []),
    ['from', order.from],
    ['to', order.to.join(', ')],
    ...settingsWanted(order, wants),
    ...(wantsText ? [['text', order.text] as const] : []),
  ];
  return `<details id="case-${html(order.case)}" data-case="${html(order.case)}"><summary><span class="state grade ${classOf('not observed')}">nobody yet</span>
<code>${html(order.case)}</code> ${html(title)}</summary>
<dl>${settings.map((setting) => settingRow(...setting)).join('\n')}</dl>
<p class="source">Right is: ${html(rightWay)}</p>
<p class="seen"></p></details>`;
}

/** The access token of a case that has one. */
function tokenSettings({ token }: Order): readonly (readonly [string, string])[] {
  return token === undefined
    ? []
    : [
        ['access token', token.access],
        ['token endpoint', token.url],
      ];
}

/** What a case asks of the mail beyond its recipients; the rest is the application's own. */
export function settingsWanted(
  order: Order,
  wants: readonly Input[],
): readonly (readonly [name: string, value: string])[] {
  const settings: Readonly<Record<Input, readonly [string, string]>> = {
    SMTP_BCC: ['bcc', order.bcc.join(', ')],
    SMTP_SUBJECT: ['subject', order.subject],
    SMTP_FROM_NAME: ['sender’s name', order.fromName],
    SMTP_MAILS: ['mails', String(order.mails)],
  };
  return wants.map((input) => settings[input]);
}

function settingRow(name: string, value: string): string {
  return `<dt>${name}</dt><dd><code>${html(value, 'line feeds')}</code> <button type="button" data-copy="${html(value, 'line feeds')}" aria-label="Copy ${name}">Copy</button></dd>`;
}
