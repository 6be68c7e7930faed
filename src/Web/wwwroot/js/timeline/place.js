// @ts-check
// Where things stand in the picture, and in which colours.

/** @typedef {{ from: number, to: number, at: number | null, selected: number, hover: number | null, brush: [number, number] | null, lanes: boolean[] }} View */

export const MINI = 46;
export const TOP = 24, IMPACT = 58, LANE = 34, FOOT = 4, RIGHT = 12;
const TONES = ['sev1', 'warn', 'accent', 'exp', 'ink2', 'ok', 'budget', 'ink3'];
export const STEPS = [1, 5, 15, 30, 60, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400, 604_800].map((seconds) => seconds * 1000);
export const top = (/** @type {number} */ lane) => TOP + (lane === 0 ? 0 : IMPACT + (lane - 1) * LANE);
export const tall = (/** @type {number} */ lane) => (lane === 0 ? IMPACT : LANE);
export const height = (/** @type {number} */ lanes) => TOP + IMPACT + (lanes - 1) * LANE + FOOT;
export const tone = (/** @type {number} */ lane) => TONES[lane];

/** Colours come from the style sheet; a probe asks for them, since a token may say two. */
export function colours() {
  const probe = document.body.appendChild(document.createElement('i'));
  const of = (/** @type {string} */ name) => { probe.style.color = `var(--${name})`; return getComputedStyle(probe).color; };
  const names = ['panel', 'panel2', 'line', 'ink', 'ink2', 'ink3', 'accent', 'exp', 'bad', 'warn', 'ok', 'budget', 'sev1', 'sev2', 'sev3', 'sev4'];
  const found = Object.fromEntries(names.map((name) => [name, of(name)]));
  probe.remove();
  return found;
}

/** Where the lanes begin: names stand before them where there is room, else in them. */
export const gutter = (/** @type {number} */ width) => (width < 620 ? 6 : 86);
export const x = (/** @type {View} */ view, /** @type {number} */ width, /** @type {number} */ moment) =>
  gutter(width) + ((moment - view.from) / (view.to - view.from)) * (width - gutter(width) - RIGHT);
export const moment = (/** @type {View} */ view, /** @type {number} */ width, /** @type {number} */ left) =>
  view.from + ((left - gutter(width)) / (width - gutter(width) - RIGHT)) * (view.to - view.from);

export function context(/** @type {HTMLCanvasElement} */ canvas) {
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
}

const NEAR = 9; // pixels from an entry within which a click means it

/** The entry at a place of the picture, a turning point before others; -1 where there is none. */
export function hit(/** @type {import('./story.js').Story} */ story, /** @type {View} */ view, /** @type {number} */ width, /** @type {number} */ left, /** @type {number} */ down) {
  const lane = view.lanes.findIndex((_, lane) => down >= top(lane) && down < top(lane) + tall(lane));
  let best = -1, distance = NEAR;
  for (let row = story.rowAt(view.from); row < story.n && story.at[row] <= view.to; row++) {
    if (!story.on[row] || story.lane[row] !== lane) continue;
    const far = Math.abs(x(view, width, story.at[row]) - left) - (story.key[row] ? NEAR / 2 : 0);
    if (far < distance) [best, distance] = [row, far];
  }
  return best;
}
