import { showExample } from './example-of-word.ts';
import { languageOf } from './language.ts';
import type { Contract } from '../../contract/contract.ts';
import type { PlacedWord } from './language.ts';

/** docs/scenario-language.md: every word with its meaning, an example and the rule that it arranges or shows. */
export function languagePage(contract: Contract): string {
  const { sections: language, words } = languageOf(contract);
  const contents = language.map(({ title }) => `- [${title}](#${anchorOf(title)})`).join('\n');
  const sections = language.map(
    (section) =>
      `## ${section.title}\n${section.intro}\n\n${words
        .filter((word) => word.section === section)
        .map(showWord)
        .join('\n')}`,
  );
  return `${HEAD}\n${contents}\n\n${sections.join('\n')}`;
}

const HEAD = `# The scenario language

Every word, with an example that is valid as it stands and the rule of the contract that it arranges or shows.
[write-a-scenario.md](write-a-scenario.md) is the way in; this page is for looking up. In a terminal
\`gauntlet explain given.balance\` or \`gauntlet explain "W: buy"\` tells the same, of rules, replies and choices too.

This page is printed by \`npm run language\`.
`;

function showWord(placed: PlacedWord): string {
  const { rule } = placed;
  const { id, meaning } = placed.word;
  const about = rule === undefined ? '' : ` Rule: \`${rule}\`.`;
  return `### \`${id}\`\n${meaning}${about}\n\n\`\`\`text\n${showExample(placed)}\n\`\`\`\n`;
}

/** The anchor that GitHub gives a heading. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(/\s/g, '-');
}
