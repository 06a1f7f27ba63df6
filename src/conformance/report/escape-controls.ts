/**
 * Makes visible what a terminal or a reader of XML would act on: control characters, the marks that turn the direction
 * of text, separators of lines. What a target says must never move a cursor. Line feeds stay where `keep` says so.
 */
export function escapeControls(text: string, keep: 'line feeds' | 'nothing' = 'nothing'): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\ufffe\uffff]/gu, (character) => {
    if (character === '\n' && keep === 'line feeds') return character;
    const code = character.codePointAt(0) ?? 0;
    if (character === '\r') return String.raw`\r`;
    if (character === '\n') return String.raw`\n`;
    if (character === '\t') return String.raw`\t`;
    return code < 0x100
      ? String.raw`\x${code.toString(16).padStart(2, '0')}`
      : String.raw`\u{${code.toString(16)}}`;
  });
}
