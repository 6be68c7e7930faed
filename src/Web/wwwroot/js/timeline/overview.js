// @ts-check
import { context, gutter, MINI, RIGHT, x } from './place.js';

// All of it as a histogram, with the window that is looked at.
export function overview(/** @type {import('./draw.js').Picture} */ picture, /** @type {import('./story.js').Story} */ story, /** @type {import('./place.js').View} */ view) {
  const g = context(picture.mini), left = gutter(picture.width), wide = picture.width - left - RIGHT;
  const whole = { ...view, from: story.from, to: story.to };
  g.clearRect(0, 0, picture.width, MINI);
  g.fillStyle = picture.colours.panel2;
  g.fillRect(left, 0, wide, MINI);
  for (const band of story.bands) {
    g.fillStyle = picture.colours[`sev${band.severity}`];
    g.globalAlpha = band.kind === 1 ? 1 : 0.4;
    const from = x(whole, picture.width, band.from);
    g.fillRect(from, 0, x(whole, picture.width, band.to) - from, [0, 7, 5, 3.5, 2][band.severity]);
  }
  g.globalAlpha = 1;
  const heap = new Uint16Array(Math.ceil(wide / 2) + 1);
  let most = 1;
  for (const row of story.shown) most = Math.max(most, ++heap[((x(whole, picture.width, story.at[row]) - left) / 2) | 0]);
  g.fillStyle = picture.colours.ink3;
  heap.forEach((count, i) => { if (count > 0) { const high = 32 * Math.sqrt(count / most); g.fillRect(left + i * 2, MINI - high, 1.4, high); } });
  const from = x(whole, picture.width, view.from), to = x(whole, picture.width, view.to);
  if (to - from < wide - 2) {
    g.fillStyle = picture.colours.accent;
    g.globalAlpha = 0.18;
    g.fillRect(from, 0, to - from, MINI);
    g.globalAlpha = 1;
    g.strokeStyle = picture.colours.accent;
    g.lineWidth = 1.5;
    g.strokeRect(from + 0.5, 0.75, Math.max(3, to - from - 1), MINI - 1.5);
  }
  if (view.at !== null) { g.fillStyle = picture.colours.exp; g.fillRect(x(whole, picture.width, view.at) - 1, 0, 2, MINI); }
  if (left > 40) { g.fillStyle = picture.colours.ink3; g.font = `500 11.5px ${picture.font}`; g.textAlign = 'left'; g.textBaseline = 'middle'; g.fillText('All of it', 8, MINI / 2); }
}
