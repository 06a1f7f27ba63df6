/** The number that a seed's text gives to one of its draws: FNV-1a over all of it, 32 bits. */
export function seedNumber(seed: string, property: string, draw: number): number {
  let hash = 0x811c9dc5;
  for (const character of `${seed}\n${property}\n${draw}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash | 0;
}
