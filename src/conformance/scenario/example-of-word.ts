import type { PlacedWord } from './language.ts';

const frame = {
  title: 'title: An example',
  about: 'about: billing.per-recipient',
  given: '',
  messages: 'messages:\n  order: |\n    From: <${sender}>\n\n    Thank you.',
};

/** The example of a word below the key to which it belongs, for people. */
export function showExample({ word, section }: Pick<PlacedWord, 'word' | 'section'>): string {
  return section.place === 'given' || section.place === 'then'
    ? `${section.place}:\n${indented(word.example)}`
    : word.example;
}

/** A whole scenario file around the example of a word, so that it can be read and played. */
export function exampleFile({ word, section }: Pick<PlacedWord, 'word' | 'section'>): string {
  const { example } = word;
  const keys = new Map(Object.entries({ ...frame, given: givenWith('') }));
  switch (section.place) {
    case 'file':
      keys.set('dialogue', 'dialogue: |\n  C: <session>\n  C: <send to>');
      for (const block of example.split(/\n(?=\S)/)) keys.set(/^\w+/.exec(block)?.[0] ?? '', block);
      if (keys.has('cases')) keys.delete('dialogue');
      break;
    case 'given':
      keys.set('given', givenWith(example));
      keys.set('dialogue', 'dialogue: |\n  C: <session>');
      break;
    case 'dialogue': {
      const opens = /^(?:#.*\n|[WT]: .*\n)*(?:repeat.*\n\s*)?C\d*: <(?:session|open|connect)/.test(example);
      keys.set('dialogue', `dialogue: |\n${indented(opens ? example : `C: <session>\n${example}`)}`);
      break;
    }
    case 'then':
      keys.set('dialogue', 'dialogue: |\n  C: <session>\n  C: <send to>');
      keys.set('then', `then:\n${indented(example)}`);
      break;
  }
  return `${[...keys.values()].join('\n')}\n`;
}

function givenWith(line: string): string {
  const lines = [
    'logins: { second: same account, third: another account }',
    'recipients: { to: accepts, cc: accepts, many: accepts x250 }',
  ].filter((each) => each.split(':')[0] !== line.split(':')[0]);
  return `given:\n${indented([...lines, ...(line === '' ? [] : [line])].join('\n'))}`;
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
