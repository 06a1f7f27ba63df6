import { escapeControls } from '../../report/escape-controls.ts';
import { escapeXml } from '../../report/escape-xml.ts';
import { axes, isBad, linesOf, type Axis } from '../grade.ts';
import type { GradedCase } from '../graded-case.ts';
import { axisNames, CUT, showTime, type Card } from './card.ts';

/** The card as JUnit XML: one test case for each axis of each case; acceptable is passed, not observed is skipped. */
export function junitCard(card: Card): string {
  const cases = card.cases.flatMap((one) => axes.map((axis) => testCase(one, axis)));
  const count = (test: (one: GradedCase, axis: Axis) => boolean) =>
    String(card.cases.reduce((sum, one) => sum + axes.filter((axis) => test(one, axis)).length, 0));
  const totals = {
    name: `client check: ${card.client}`,
    tests: String(cases.length),
    failures: count((one, axis) => isBad(one[axis].grade)),
    errors: '0',
    skipped: count((one, axis) => one[axis].grade === 'not observed'),
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes(totals)}>`,
    `  <testsuite ${attributes({ ...totals, timestamp: card.startedAt })}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(one: GradedCase, axis: Axis): string {
  const { grade, what, harm, advice, evidence } = one[axis];
  const time = axis === 'wire' ? (one.ms / 1_000).toFixed(3) : '0';
  const head = attributes({ classname: one.id, name: `${one.title} (${axisNames[axis]})`, time });
  const transcript = one.transcript.map(({ at, who, text }) => `${showTime(at)} ${who}: ${text}`).join('\n');
  const cut = one.cut ? [CUT] : [];
  const told = [
    what,
    ...(evidence === undefined
      ? []
      : linesOf(evidence).map(({ at, line }) => `Seen: ${showTime(at)} ${line}`)),
    ...cut,
    harm && `Harm: ${harm}`,
    advice && `Change: ${advice}`,
    `Source: ${one.source}`,
  ]
    .filter((text) => text !== undefined)
    .join('\n');
  const result = isBad(grade)
    ? [`      <failure ${attributes({ type: grade, message: what })}>${xmlText(told)}</failure>`]
    : grade === 'not observed'
      ? [`      <skipped ${attributes({ message: what })}/>`]
      : [];
  return [
    `    <testcase ${head}>`,
    ...result,
    `      <system-out>${xmlText([`${grade}: ${what}`, ...cut, transcript].join('\n'))}</system-out>`,
    '    </testcase>',
  ].join('\n');
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${xmlText(value)}"`)
    .join(' ');
}

/** Text of a report, its line ends as XML has them. */
function xmlText(value: string): string {
  return escapeXml(escapeControls(value.replaceAll('\r\n', '\n'), 'line feeds'));
}
