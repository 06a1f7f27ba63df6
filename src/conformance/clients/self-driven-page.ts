/** The page of the self-driven door: what to put into an application's settings, and what has been seen of it. Pure. */
import { z } from 'zod';
import type { Card } from './card/card.ts';
import { classOf, html, htmlPage, style } from './card/html-parts.ts';
import { gradeMarks } from './card/terminal.ts';
import { grades } from './grade.ts';
import type { GradedCase } from './graded-case.ts';
import type { Order } from './order.ts';
import type { Task } from './self-driven.ts';

/** What has been seen of each case so far, as the page asks for it. */
export const progressSchema = z.array(
  z.object({
    case: z.string(),
    /** TCP connections that its login's ports saw. */
    sessions: z.number(),
    /** Sends deducted. */
    charged: z.number(),
    /** The grade on the wire, were it over now. */
    grade: z.enum(grades),
    mark: z.string(),
    what: z.string(),
  }),
);

/** What has been seen, case by case. */
export type Progress = z.output<typeof progressSchema>;

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
  return htmlPage(
    `Checking ${client}`,
    `${style}${pageStyle}`,
    `<header>
<h1>How <code>${html(client)}</code> takes each error</h1>
<p class="badge" role="status" id="played">0 of ${tasks.length} played</p>
</header>
<main>
<section aria-labelledby="next"><h2 id="next">What to do</h2>
<ol>
<li>Let the application trust this root, and no other, until you are done: <a href="ca.pem" download>ca.pem</a> (on this
machine also <code>${html(first?.order.caFile ?? '')}</code>).</li>
<li>Take a case below, put its settings into the application, and send <b>one</b> mail to all the recipients named. A second
one with the same login would look like a retry.</li>
<li>Take the next, in any order. What you leave out is not observed.</li>
<li>Wait as long after the last mail as the application may take to try again. Then finish.</li>
</ol>
<p class="actions"><a class="button" href="card" target="_blank" rel="noopener">Card of what there is</a>
<button type="button" id="finish">Finish and grade</button></p>
<p role="alert" id="trouble"></p>
</section>
<section aria-labelledby="cases"><h2 id="cases">Cases</h2>
${tasks.map(caseSection).join('\n')}
</section>
</main>
<script>${pageScript}</script>`,
  );
}

function caseSection({ order, title, rightWay, wantsText }: Task): string {
  const settings: readonly (readonly [string, string])[] = [
    ['host', order.host],
    ['port', String(order.port)],
    ['encryption', encryptions[order.tls]],
    ['login', order.user],
    ['password', order.password],
    ['from', order.from],
    ['to', order.to.join(', ')],
    ...(wantsText ? [['text', order.text] as const] : []),
  ];
  return `<details id="case-${html(order.case)}" data-case="${html(order.case)}"><summary><span class="state grade ${classOf('not observed')}">nobody yet</span>
<code>${html(order.case)}</code> ${html(title)}</summary>
<dl>${settings.map((setting) => settingRow(...setting)).join('\n')}</dl>
<p class="source">Right is: ${html(rightWay)}</p>
<p class="seen"></p></details>`;
}

function settingRow(name: string, value: string): string {
  return `<dt>${name}</dt><dd><code>${html(value, 'line feeds')}</code> <button type="button" data-copy="${html(value, 'line feeds')}" aria-label="Copy ${name}">Copy</button></dd>`;
}

const pageStyle = `
details{border-bottom:1px solid var(--line);padding:.35rem 0}summary{cursor:pointer;overflow-wrap:anywhere}summary code{font-weight:600}
summary:focus-visible,a:focus-visible{outline:3px solid #4c8dff;outline-offset:1px}
.state{display:inline-block;min-width:9rem}details dl{margin:.5rem 0 .5rem 1rem}dd code{white-space:pre-wrap}dd button{font-size:.8rem;padding:0 .4rem}
.actions{display:flex;flex-wrap:wrap;gap:.75rem}.button{font:inherit;color:inherit;background:var(--soft);border:1px solid var(--line);border-radius:.35rem;padding:.15rem .6rem;text-decoration:none}
main a{color:inherit}#trouble{color:var(--wrong)}#trouble:empty{display:none}
`;

const pageScript = `
const trouble=document.getElementById('trouble');
let timer;
async function look(){
  try{
    const answer=await fetch('progress');
    if(!answer.ok)throw new Error(answer.status);
    const cases=await answer.json();
    let played=0;
    for(const one of cases){
      const row=document.getElementById('case-'+one.case);
      const state=row.querySelector('.state');
      if(one.sessions===0)continue;
      played+=1;
      state.textContent=one.mark+' '+one.grade;
      state.className='state grade '+one.grade.replaceAll(' ','-');
      row.querySelector('.seen').textContent='So far: '+one.what+' '+one.sessions+(one.sessions===1?' connection, ':' connections, ')+one.charged+(one.charged===1?' send':' sends')+' deducted.';
    }
    const text=played+' of '+cases.length+' played';
    const status=document.getElementById('played');
    if(status.textContent!==text)status.textContent=text;
    trouble.textContent='';
  }catch{
    trouble.textContent='The command that shows this page does not answer. Does it still run?';
  }
  timer=setTimeout(look,1000);
}
look();
document.addEventListener('click',async(event)=>{
  const button=event.target.closest('button');
  if(!button)return;
  if(button.dataset.copy!==undefined){
    await navigator.clipboard.writeText(button.dataset.copy);
    const say=(word)=>{
      button.textContent=word;
      button.ariaLabel=button.ariaLabel.replace(/^\\w+/,word);
    };
    say('Copied');
    setTimeout(say,1500,'Copy');
  }
  if(button.id==='finish'){
    clearTimeout(timer);
    button.disabled=true;
    const answer=await fetch('finish',{method:'POST'});
    const page=await answer.text();
    document.open();document.write(page);document.close();
  }
});
`;
