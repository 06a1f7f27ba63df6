import { escapeControls } from '../../report/escape-controls.ts';
import { escapeXml } from '../../report/escape-xml.ts';
import type { Grade } from '../grade.ts';

/** Text inside HTML, in an element or in a quoted attribute; control characters are shown. */
export function html(text: string, keep: 'line feeds' | 'nothing' = 'nothing'): string {
  return escapeXml(escapeControls(text, keep));
}

/** A page of its own, which needs nothing from anywhere else. `content` is HTML, `title` is text. */
export function htmlPage(title: string, styles: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${html(title)}</title>
<style>${styles}</style>
</head>
<body>
${content}
</body>
</html>
`;
}

/** The class that gives a grade its colour. */
export function classOf(grade: Grade): string {
  return grade.replaceAll(' ', '-');
}

/** The style of pages about clients; they need nothing from anywhere else. */
export const style = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1b1b1f;--soft:#f3f3f6;--line:#cfcfd6;--right:#1b5e20;--acceptable:#7a4f01;--wrong:#b3261e;--dangerous:#8b0a50;--not-observed:#56565e}
@media (prefers-color-scheme:dark){:root{--bg:#16161a;--fg:#ececf0;--soft:#222228;--line:#44444d;--right:#81c784;--acceptable:#ffcc66;--wrong:#ff8a80;--dangerous:#ff79c6;--not-observed:#a9a9b3}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:72rem;padding:1.5rem;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,sans-serif}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}h3{font-size:1rem;margin:0 0 .5rem}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid var(--line);padding:.35rem .5rem;text-align:left;vertical-align:top;font-weight:normal}
thead th{font-weight:600}th code{font-weight:600}th span{color:var(--not-observed);display:block;font-size:.9rem}
.grade.right,.badge.right{color:var(--right)}.grade.acceptable{color:var(--acceptable)}.grade.wrong,.badge.wrong{color:var(--wrong)}.grade.dangerous,.badge.dangerous{color:var(--dangerous)}.grade.not-observed{color:var(--not-observed)}
.badge{font-size:1.25rem;font-weight:600;margin:.25rem 0}.counts .grade{margin-right:1rem}
button{font:inherit;background:var(--soft);border:1px solid var(--line);border-radius:.35rem;padding:.15rem .6rem;cursor:pointer}
button:focus-visible{outline:3px solid #4c8dff;outline-offset:1px}
.finding{border-left:4px solid var(--line);background:var(--soft);padding:.75rem 1rem;margin:.75rem 0}.finding.dangerous{border-color:var(--dangerous)}.finding.wrong{border-color:var(--wrong)}.finding.acceptable{border-color:var(--acceptable)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:.25rem 0}dt{color:var(--not-observed)}dd{margin:0;overflow-wrap:anywhere}
.cut{color:var(--acceptable);font-weight:600}.source,.hint{color:var(--not-observed);font-size:.9rem}
dialog{max-width:64rem;width:94vw;max-height:92vh;background:var(--bg);color:var(--fg);border:1px solid var(--line);border-radius:.5rem}
dialog::backdrop{background:rgb(0 0 0 / .5)}dialog form{float:right}
.transcript td:first-child{white-space:nowrap;font-variant-numeric:tabular-nums}.output,.transcript pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem}
.transcript .note{color:var(--not-observed)}.transcript .server td{background:var(--soft)}.transcript .earned td{box-shadow:inset 0 0 0 9999px rgb(255 170 0 / .18);font-weight:600}
@media (max-width:40rem){body{padding:.75rem}dl{grid-template-columns:1fr}}
`;

/** How the card behaves: cells open, and are walked through by keyboard. */
export const script = `
const cells=[...document.querySelectorAll('button.cell')];
for(const [index,cell] of cells.entries()){
  cell.addEventListener('click',()=>{
    const dialog=document.getElementById('case-'+cell.dataset.open);
    dialog.showModal();
    const earned=dialog.querySelector('.earned');
    if(earned)earned.scrollIntoView({block:'center'});
    dialog.addEventListener('close',()=>cell.focus(),{once:true});
  });
  cell.addEventListener('keydown',(event)=>{
    const step={ArrowRight:1,ArrowLeft:-1,ArrowDown:2,ArrowUp:-2}[event.key];
    const next=step===undefined?undefined:cells[index+step];
    if(next){event.preventDefault();next.focus();}
  });
}
`;
