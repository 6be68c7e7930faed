// @ts-check
// Draws a story on a canvas. Over one entry per nine pixels a lane becomes a histogram; turning points keep their sign.

/** @typedef {import('./story.js').Story} Story */
/** @typedef {import('./place.js').View} View */

import { clock, date } from './story.js';
import { overview } from './overview.js';
import { colours, context, FOOT, gutter, height, IMPACT, LANE, MINI, moment, RIGHT, STEPS, tall, tone, top, TOP, x } from './place.js';

const BAR = 3;
const DAY = 86_400_000;

export class Picture {
  /** @param {HTMLCanvasElement} canvas @param {HTMLCanvasElement} mini @param {string[]} names */
  constructor(canvas, mini, names) {
    this.canvas = canvas;
    this.mini = mini;
    this.names = names;
    this.width = 0;
    /** @type {Record<string, string>} */
    this.colours = {};
    this.font = '11px sans-serif';
  }

  resize(/** @type {number} */ width) {
    this.width = width;
    for (const [canvas, tall] of /** @type {[HTMLCanvasElement, number][]} */ ([[this.canvas, height(this.names.length)], [this.mini, MINI]])) {
      const ratio = devicePixelRatio || 1;
      canvas.width = width * ratio;
      canvas.height = tall * ratio;
      canvas.style.height = `${tall}px`;
      context(canvas).setTransform(ratio, 0, 0, ratio, 0, 0);
    }
  }

  restyle() {
    this.colours = colours();
    this.font = getComputedStyle(document.body).fontFamily;
  }

  draw(/** @type {Story} */ story, /** @type {View} */ view) {
    const g = context(this.canvas);
    g.clearRect(0, 0, this.width, height(this.names.length));
    g.textBaseline = 'middle';
    this.lanes(g, view);
    this.axis(g, view);
    g.save();
    g.beginPath();
    g.rect(gutter(this.width) - 6, 0, this.width - gutter(this.width) - RIGHT + 12, height(this.names.length));
    g.clip();
    this.bands(g, story, view);
    this.entries(g, story, view);
    this.cursor(g, story, view);
    g.restore();
    overview(this, story, view);
  }

  lanes(/** @type {CanvasRenderingContext2D} */ g, /** @type {View} */ view) {
    const narrow = gutter(this.width) < 40;
    g.textAlign = 'left';
    this.names.forEach((name, lane) => {
      if (lane % 2 === 1) { g.globalAlpha = 0.5; g.fillStyle = this.colours.panel2; g.fillRect(0, top(lane), this.width, tall(lane)); }
      g.globalAlpha = view.lanes[lane] ? 1 : 0.5;
      g.fillStyle = narrow ? this.colours.ink3 : this.colours.ink2;
      g.font = `500 ${narrow ? 9.5 : 11.5}px ${this.font}`;
      g.fillText(name, 8, narrow ? top(lane) + 7 : top(lane) + tall(lane) / 2);
      g.globalAlpha = 1;
    });
  }

  axis(/** @type {CanvasRenderingContext2D} */ g, /** @type {View} */ view) {
    const length = view.to - view.from;
    const most = Math.max(2, Math.floor((this.width - gutter(this.width)) / 84));
    const step = STEPS.find((one) => length / one <= most) ?? Math.ceil(length / most / DAY) * DAY;
    const hasYears = step >= DAY && new Date(view.from).getUTCFullYear() !== new Date(view.to).getUTCFullYear();
    g.strokeStyle = this.colours.line;
    g.fillStyle = this.colours.ink3;
    g.textAlign = 'center';
    g.font = `500 11px ${this.font}`;
    g.lineWidth = 1;
    g.beginPath();
    for (let at = Math.ceil(view.from / step) * step; at <= view.to; at += step) {
      const left = Math.round(x(view, this.width, at)) + 0.5;
      g.moveTo(left, TOP - 6);
      g.lineTo(left, height(this.names.length) - FOOT);
      const label = at % DAY === 0 ? date(at, hasYears) : clock(at, { seconds: step < 60_000 });
      const room = g.measureText(label).width / 2;
      if (left - room > gutter(this.width) - 8 && left + room < this.width) g.fillText(label, left, 9);
    }
    g.stroke();
  }

  // How bad it was is said by height, by strength and by the word; the worst is hatched.
  bands(/** @type {CanvasRenderingContext2D} */ g, /** @type {Story} */ story, /** @type {View} */ view) {
    const foot = TOP + IMPACT - 2;
    for (const band of story.bands) {
      const left = Math.max(gutter(this.width), x(view, this.width, band.from));
      const right = Math.min(this.width - RIGHT, x(view, this.width, band.to));
      if (right <= left) continue;
      const tall = 38 - band.severity * 6, colour = this.colours[`sev${band.severity}`], roof = foot - tall;
      g.fillStyle = colour;
      g.globalAlpha = band.kind === 1 ? [0, 0.85, 0.55, 0.4, 0.3][band.severity] : 0.14;
      g.fillRect(left, roof, right - left, tall);
      g.globalAlpha = 1;
      g.fillRect(left, roof, right - left, 2);
      if (band.severity === 1 && band.kind === 1) this.hatch(g, left, right, roof, tall);
      const label = band.kind === 0 ? 'nobody knew' : band.kind === 2 ? 'mitigated' : `SEV-${band.severity}`;
      g.font = `680 10.5px ${this.font}`;
      const wide = g.measureText(label).width + 10;
      if (right - left < wide + 4) continue;
      g.textAlign = 'left';
      g.fillStyle = this.colours.panel;
      g.globalAlpha = 0.85;
      g.fillRect(left + 3, foot - 16, wide, 14);
      g.globalAlpha = 1;
      g.fillStyle = this.colours.ink;
      g.fillText(label, left + 8, foot - 8.5);
    }
  }

  hatch(/** @type {CanvasRenderingContext2D} */ g, /** @type {number} */ left, /** @type {number} */ right, /** @type {number} */ roof, /** @type {number} */ tall) {
    g.save();
    g.beginPath();
    g.rect(left, roof, right - left, tall);
    g.clip();
    g.strokeStyle = this.colours.panel;
    g.globalAlpha = 0.35;
    g.lineWidth = 2;
    g.beginPath();
    for (let at = left - tall; at < right; at += 8) { g.moveTo(at, roof + tall); g.lineTo(at + tall, roof); }
    g.stroke();
    g.restore();
  }

  entries(/** @type {CanvasRenderingContext2D} */ g, /** @type {Story} */ story, /** @type {View} */ view) {
    const first = story.rowAt(view.from), last = story.rowAt(view.to + 1);
    const columns = Math.ceil((this.width - gutter(this.width) - RIGHT) / BAR) + 1;
    const counts = this.names.map(() => 0);
    for (let row = first; row < last; row++) if (story.on[row] && !story.key[row]) counts[story.lane[row]]++;
    const dense = counts.map((count) => count > columns / 3);
    const heaps = dense.map((is) => (is ? { known: new Uint16Array(columns), ahead: new Uint16Array(columns) } : null));
    const marks = this.names.map(() => ({ known: /** @type {number[]} */ ([]), ahead: /** @type {number[]} */ ([]) }));
    const keys = [];
    // What began before the left edge and still lasts is seen as well.
    for (const [row, until] of story.until) if (story.on[row] && story.at[row] < view.to && until > view.from) this.lasting(g, story, view, row, until);
    for (let row = first; row < last; row++) {
      if (!story.on[row]) continue;
      const lane = story.lane[row], heap = heaps[lane], when = story.isAhead(row, view.at) ? 'ahead' : 'known';
      if (story.key[row]) keys.push(row);
      else if (heap) heap[when][((x(view, this.width, story.at[row]) - gutter(this.width)) / BAR) | 0]++;
      else marks[lane][when].push(row);
    }
    heaps.forEach((heap, lane) => { if (heap) this.heap(g, lane, heap); });
    marks.forEach(({ known, ahead }, lane) => {
      this.marks(g, story, view, lane, ahead, 0.18);
      this.marks(g, story, view, lane, known, 0.9);
    });
    this.keys(g, story, view, keys);
  }

  lasting(/** @type {CanvasRenderingContext2D} */ g, /** @type {Story} */ story, /** @type {View} */ view, /** @type {number} */ row, /** @type {number} */ until) {
    const lane = story.lane[row], left = x(view, this.width, story.at[row]);
    g.fillStyle = this.colours[tone(lane)];
    g.globalAlpha = story.isAhead(row, view.at) ? 0.1 : 0.28;
    g.fillRect(left, top(lane) + tall(lane) - 9, Math.max(2, x(view, this.width, until) - left), 5);
    g.globalAlpha = 1;
  }

  // One path for all of a lane: hundreds of them made up the slowest draws.
  marks(/** @type {CanvasRenderingContext2D} */ g, /** @type {Story} */ story, /** @type {View} */ view, /** @type {number} */ lane, /** @type {number[]} */ rows, /** @type {number} */ strength) {
    if (rows.length === 0) return;
    const middle = top(lane) + tall(lane) / 2;
    g.globalAlpha = strength;
    g.fillStyle = this.colours[tone(lane)];
    g.beginPath();
    for (const row of rows) {
      const left = x(view, this.width, story.at[row]);
      if (lane === 1) { g.moveTo(left, middle - 5); g.lineTo(left + 5, middle + 4); g.lineTo(left - 5, middle + 4); g.closePath(); }
      else if (lane >= 4) { g.moveTo(left + 3.4, middle); g.arc(left, middle, 3.4, 0, 7); }
      else g.rect(left - 1, middle - 6, 2, 12);
    }
    g.fill();
    g.globalAlpha = 1;
    for (const row of rows) this.around(g, story, view, row, x(view, this.width, story.at[row]), middle);
  }

  heap(/** @type {CanvasRenderingContext2D} */ g, /** @type {number} */ lane, /** @type {{ known: Uint16Array, ahead: Uint16Array }} */ { known, ahead }) {
    let most = 1;
    for (let i = 0; i < known.length; i++) most = Math.max(most, known[i] + ahead[i]);
    const foot = top(lane) + tall(lane) - 3, room = LANE - 9;
    g.fillStyle = this.colours[tone(lane)];
    for (let i = 0; i < known.length; i++) {
      const count = known[i] + ahead[i];
      if (count === 0) continue;
      const high = 3 + room * Math.sqrt(count / most);
      g.globalAlpha = known[i] === 0 ? 0.16 : 0.45 + (0.5 * count) / most;
      g.fillRect(gutter(this.width) + i * BAR, foot - high, BAR - 1, high);
    }
    g.globalAlpha = 1;
  }

  // A turning point's words go as far as the next one in its lane.
  keys(/** @type {CanvasRenderingContext2D} */ g, /** @type {Story} */ story, /** @type {View} */ view, /** @type {number[]} */ rows) {
    const next = this.names.map(() => this.width - RIGHT);
    const room = new Map();
    for (const row of [...rows].reverse()) {
      const left = x(view, this.width, story.at[row]);
      room.set(row, next[story.lane[row]] - left - 14);
      next[story.lane[row]] = left - 4;
    }
    for (const row of rows) {
      const lane = story.lane[row], left = x(view, this.width, story.at[row]), middle = top(lane) + (lane === 0 ? 10 : tall(lane) / 2);
      g.globalAlpha = story.isAhead(row, view.at) ? 0.22 : 1;
      g.fillStyle = this.colours.panel;
      g.strokeStyle = this.colours[lane === 0 ? 'ink' : tone(lane)];
      g.lineWidth = 2;
      g.beginPath();
      if (lane < 2) { g.moveTo(left, middle - 6); g.lineTo(left + 6, middle); g.lineTo(left, middle + 6); g.lineTo(left - 6, middle); g.closePath(); }
      else if (lane === 2 || lane === 6) g.rect(left - 4.5, middle - 4.5, 9, 9);
      else g.arc(left, middle, 5, 0, 7);
      g.fill();
      g.stroke();
      this.around(g, story, view, row, left, middle);
      this.label(g, story, row, left + 10, middle, room.get(row));
    }
    g.globalAlpha = 1;
  }

  label(/** @type {CanvasRenderingContext2D} */ g, /** @type {Story} */ story, /** @type {number} */ row, /** @type {number} */ left, /** @type {number} */ middle, /** @type {number} */ room) {
    if (room < 34) return;
    g.font = `520 11px ${this.font}`;
    let text = story.text(row), wide = g.measureText(text).width;
    if (wide > room) {
      text = `${text.slice(0, Math.max(1, Math.floor((text.length * room) / wide) - 2)).trimEnd()}…`;
      wide = g.measureText(text).width;
    }
    if (text.length < 6) return;
    const alpha = g.globalAlpha;
    g.fillStyle = this.colours.panel;
    g.globalAlpha = alpha * 0.82;
    g.fillRect(left - 2, middle - 8, wide + 5, 16);
    g.globalAlpha = alpha;
    g.fillStyle = this.colours.ink;
    g.textAlign = 'left';
    g.fillText(text, left, middle + 0.5);
  }

  // What is looked at has a ring; what is contradicted and not ruled on a zigzag; what was amended a dot.
  around(/** @type {CanvasRenderingContext2D} */ g, /** @type {Story} */ story, /** @type {View} */ view, /** @type {number} */ row, /** @type {number} */ left, /** @type {number} */ middle) {
    if (row === view.selected) {
      g.strokeStyle = this.colours.accent;
      g.lineWidth = 2;
      g.beginPath();
      g.arc(left, middle, 10, 0, 7);
      g.stroke();
    }
    if (story.conflict[row]) {
      g.strokeStyle = this.colours.bad;
      g.lineWidth = 1.8;
      g.beginPath();
      g.moveTo(left - 7, middle + 11);
      for (let i = 0; i < 4; i++) g.lineTo(left - 3.5 + i * 3.5, middle + (i % 2 === 0 ? 8 : 11));
      g.stroke();
    }
    if (story.corrected[row]) {
      g.fillStyle = this.colours.exp;
      g.beginPath();
      g.arc(left + 6, middle - 7, 2.6, 0, 7);
      g.fill();
    }
  }

  cursor(/** @type {CanvasRenderingContext2D} */ g, /** @type {Story} */ story, /** @type {View} */ view) {
    const foot = height(this.names.length) - FOOT;
    if (view.brush) {
      const [left, right] = view.brush.map((at) => x(view, this.width, at));
      g.fillStyle = this.colours.accent;
      g.globalAlpha = 0.16;
      g.fillRect(left, TOP, right - left, foot - TOP);
      g.globalAlpha = 1;
    }
    if (view.at !== null) {
      const left = x(view, this.width, view.at);
      this.line(g, left, this.colours.exp, 2, []);
      g.font = `600 11px ${this.font}`;
      g.fillStyle = this.colours.exp;
      this.moment(g, story.clock(view.at), left, this.colours.panel);
    }
    if (view.hover !== null && view.hover > gutter(this.width)) {
      this.line(g, view.hover, this.colours.ink3, 1, [2, 3]);
      g.font = `500 11px ${this.font}`;
      g.fillStyle = this.colours.panel2;
      this.moment(g, story.clock(moment(view, this.width, view.hover)), view.hover, this.colours.ink);
    }
  }

  // On a ground of the colour that is set.
  moment(/** @type {CanvasRenderingContext2D} */ g, /** @type {string} */ text, /** @type {number} */ left, /** @type {string} */ ink) {
    const wide = g.measureText(text).width + 12;
    g.fillRect(left - wide / 2, 0, wide, 17);
    g.fillStyle = ink;
    g.textAlign = 'center';
    g.fillText(text, left, 9);
  }

  line(/** @type {CanvasRenderingContext2D} */ g, /** @type {number} */ left, /** @type {string} */ colour, /** @type {number} */ wide, /** @type {number[]} */ dash) {
    g.strokeStyle = colour;
    g.lineWidth = wide;
    g.setLineDash(dash);
    g.beginPath();
    g.moveTo(left, TOP - 8);
    g.lineTo(left, height(this.names.length) - FOOT);
    g.stroke();
    g.setLineDash([]);
  }
}
