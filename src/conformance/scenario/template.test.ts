import { describe, expect, test } from 'vitest';
import { fillTemplate, readTemplate } from './template.ts';
import { wrongFilter } from './template-filters.ts';

const values = new Map([
  ['to', 'Anna.Å@Shop.Example'],
  ['word', 'ab'],
]);
const filled = (text: string) => fillTemplate(readTemplate(text), values);

describe('filters', () => {
  test.each([
    ['${word|upper}', 'AB'],
    ['${to|lower}', 'anna.å@shop.example'],
    ['${to|local}', 'Anna.Å'],
    ['${to|domain|upper}', 'SHOP.EXAMPLE'],
    ['${word|base64}', 'YWI='],
    ['${to|local|base64}', 'QW5uYS7DhQ=='],
    ['${word|x3}', 'ababab'],
    ['${word|fill5}', 'xxx'],
    ['${to|local|fill8}', 'x'],
    ['${word|fill1}', ''],
    ['${ word | upper }', 'AB'],
    ['<${to|local|upper}@${to|domain}>', '<ANNA.Å@Shop.Example>'],
  ])('%s is %s', (text, value) => {
    expect(filled(text)).toBe(value);
  });

  test('no repetition makes a text that memory cannot hold', () => {
    expect(filled('${word|x9999999|x9999999}').length).toBeLessThanOrEqual(16 * 1024 * 1024);
  });

  test.each([
    ['uper', 'There is no filter "uper". Did you mean "upper"? Filters are upper, lower,'],
    ['x0', '"x0" repeats nothing'],
  ])('%s is a mistake', (filter, sentence) => {
    expect(wrongFilter(filter)).toContain(sentence);
  });
});
