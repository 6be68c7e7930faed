// @ts-check
// What the server packs into letters: numbers in base 64 VLQ, as source maps have them; words that rows share; sentences that differ by numbers.

/** @typedef {{ words: string[], rows: string | null, steps: string }} Shared Each row's word as its number, or as how many words back it was said first. */

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUES = new Uint8Array(128);
[...LETTERS].forEach((letter, value) => { VALUES[letter.charCodeAt(0)] = value; });

/** @returns {number[]} */
export function numbers(/** @type {string} */ letters) {
  const found = [];
  for (let i = 0, value = 0, place = 1; i < letters.length; i++) {
    const digit = VALUES[letters.charCodeAt(i)];
    value += (digit % 32) * place;
    place *= 32;
    if (digit >= 32) continue;
    found.push(value % 2 === 1 ? -(value - 1) / 2 : value / 2);
    value = 0;
    place = 1;
  }
  return found;
}

/** Numbers that were told as what they differ from the one before. */
export function apart(/** @type {number[]} */ numbers) {
  let last = 0;
  return numbers.map((number) => (last += number));
}

/** For each row the number of its word. */
function chosen(/** @type {Shared} */ shared) {
  if (typeof shared.rows === 'string') return numbers(shared.rows);
  let said = 0;
  return numbers(shared.steps).map((back) => {
    const word = said - back;
    said = Math.max(said, word + 1);
    return word;
  });
}

/** For each row its word. */
export function words(/** @type {Shared} */ shared) {
  return chosen(shared).map((word) => shared.words[word]);
}

/** For each row its sentence. Its numbers are told sentence by sentence and place by place. */
export function sentences(/** @type {{ patterns: Shared, numbers: string }} */ shared) {
  const given = numbers(shared.numbers), rows = chosen(shared.patterns);
  const parts = shared.patterns.words.map((pattern) => pattern.split('\t'));
  const times = new Uint32Array(parts.length), first = new Uint32Array(parts.length), said = new Uint32Array(parts.length);
  for (const word of rows) times[word]++;
  parts.forEach((part, word) => { first[word + 1] = first[word] + times[word] * (part.length - 1); });
  return rows.map((word) => {
    const [begin, ...rest] = parts[word], row = said[word]++;
    return rest.reduce((text, part, place) => text + given[first[word] + place * times[word] + row] + part, begin);
  });
}
