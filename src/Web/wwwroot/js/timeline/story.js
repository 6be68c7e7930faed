// @ts-check
// A timeline as columns: what the server sent, made into arrays that ten thousand rows can be drawn from.

import { apart, numbers, sentences, words } from './packed.js';

/**
 * @typedef {{ from: number, to: number, severity: number, kind: number }} Band
 * @typedef {{ kind: string, lane: number, key: boolean }} Sort
 * @typedef {import('./packed.js').Shared} Shared
 * @typedef {{ start: number, unit: number, times: string, lags: string | null, lagSteps: string, sorts: Sort[], sortRows: string, actors: Shared,
 *   texts: { patterns: Shared, numbers: string }, later: string, corrected: string, conflicts: string, spans: string, bands: Band[],
 *   end: number, more: boolean }} Columns
 * @typedef {{ at: number, known: number, kind: string, text: string, nth: number }} Mark What a row is found by: the moments, and the words.
 */

export class Story {
  /** @param {Columns} columns */
  constructor(columns) {
    const times = numbers(columns.times), n = this.n = times.length;
    const lags = typeof columns.lags === 'string' ? numbers(columns.lags) : apart(numbers(columns.lagSteps));
    this.unit = columns.unit;
    this.at = new Float64Array(n);
    this.known = new Float64Array(n);
    for (let i = 0, at = columns.start; i < n; i++) {
      at += times[i] * this.unit;
      this.at[i] = at;
      this.known[i] = at + lags[i] * this.unit;
    }
    this.sorts = columns.sorts;
    this.sort = numbers(columns.sortRows);
    this.lane = Uint8Array.from(this.sort, (sort) => this.sorts[sort].lane);
    this.key = Uint8Array.from(this.sort, (sort) => Number(this.sorts[sort].key));
    this.actors = words(columns.actors);
    this.texts = sentences(columns.texts);
    this.later = flags(n, columns.later);
    this.corrected = flags(n, columns.corrected);
    this.conflict = flags(n, columns.conflicts);
    this.until = new Map();
    const spans = numbers(columns.spans);
    for (let i = 0, row = 0; i < spans.length; i += 2) {
      row += spans[i];
      this.until.set(row, this.at[row] + spans[i + 1] * this.unit);
    }
    this.bands = columns.bands;
    this.more = columns.more;
    this.on = new Uint8Array(n).fill(1);
    /** @type {number[]} */
    this.shown = [];
    const margin = Math.max(1000, (columns.end - columns.start) / 60);
    const first = Math.min(columns.start, ...columns.bands.map((band) => band.from));
    this.from = first - margin;
    this.to = Math.max(columns.end, first + 10_000) + margin;
    this.end = columns.end;
    this.hasYears = new Date(first).getUTCFullYear() !== new Date(this.end).getUTCFullYear();
    this.hasDays = date(first, true) !== date(this.end, true);
  }

  kind(/** @type {number} */ row) { return this.sorts[this.sort[row]].kind; }
  actor(/** @type {number} */ row) { return this.actors[row]; }
  text(/** @type {number} */ row) { return this.texts[row]; }

  /** What a row is found by in another answer. @returns {Mark} */
  mark(/** @type {number} */ row) {
    const mark = { at: this.at[row], known: this.known[row], kind: this.kind(row), text: this.text(row), nth: 0 };
    for (let other = row - 1; other >= 0 && this.at[other] === mark.at; other--) if (this.is(other, mark)) mark.nth++;
    return mark;
  }

  /** The row of a mark; -1 where there is none. */
  row(/** @type {Mark} */ mark) {
    const rows = this.around(mark.at).filter((row) => this.is(row, mark));
    return rows[mark.nth] ?? rows[0] ?? -1;
  }

  /** The rows of one moment. @returns {number[]} */
  around(/** @type {number} */ moment) {
    const rows = [], at = Math.floor(moment / this.unit) * this.unit;
    for (let row = this.rowAt(at); row < this.n && this.at[row] < at + this.unit; row++) rows.push(row);
    return rows;
  }

  is(/** @type {number} */ row, /** @type {Mark} */ { known, kind, text }) {
    return Math.abs(this.known[row] - known) < this.unit && this.kind(row) === kind && this.text(row) === text;
  }

  /** Whether a row was not known yet at a moment; null is now. */
  isAhead(/** @type {number} */ row, /** @type {number | null} */ at) {
    return this.later[row] === 1 || (at !== null && (this.known[row] > at || this.at[row] > at));
  }

  /** What words are found in. @returns {string[]} */
  get small() {
    return (this.lowered ??= this.texts.map((text, row) => `${this.kind(row)}\n${this.actor(row)}\n${text}`.toLowerCase()));
  }

  /** Keeps the rows of the lanes that are on and in which every word is found; answers how many these are. */
  filter(/** @type {string} */ text, /** @type {boolean[]} */ lanes) {
    const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
    const small = words.length > 0 ? this.small : [];
    this.shown = [];
    for (let i = 0; i < this.n; i++) {
      const on = lanes[this.lane[i]] && words.every((word) => small[i].includes(word));
      this.on[i] = on ? 1 : 0;
      if (on) this.shown.push(i);
    }
    return this.shown.length;
  }

  /** How many of what there are in a stretch, of what is shown. */
  counted(/** @type {number} */ from, /** @type {number} */ to) {
    const kinds = new Map();
    for (const row of this.shown) {
      if (this.at[row] >= from && this.at[row] <= to) kinds.set(this.kind(row), (kinds.get(this.kind(row)) ?? 0) + 1);
    }
    return { span: `${this.clock(from)} to ${this.clock(to)}, ${span(to - from)}`, kinds: [...kinds].sort((a, b) => b[1] - a[1]) };
  }

  /** A moment of this story: with its day where it went on for more than one, with its year likewise. */
  clock(/** @type {number} */ moment) {
    return clock(moment, { day: this.hasDays, year: this.hasYears });
  }

  /** The first row at or after a moment. */
  rowAt(/** @type {number} */ moment) {
    let low = 0, high = this.n;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.at[middle] < moment) low = middle + 1; else high = middle;
    }
    return low;
  }
}

function flags(/** @type {number} */ n, /** @type {string} */ rows) {
  const flags = new Uint8Array(n);
  for (const row of apart(numbers(rows))) flags[row] = 1;
  return flags;
}

const pad = (/** @type {number} */ value) => String(value).padStart(2, '0');

/** A moment as a clock shows it, in UTC; with its day and its year where they are asked for. */
export function clock(/** @type {number} */ moment, { seconds = true, day = false, year = false } = {}) {
  const at = new Date(moment);
  const time = `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}${seconds ? `:${pad(at.getUTCSeconds())}` : ''}`;
  return day ? `${date(moment, year)} ${time}` : time;
}

/** A day, in UTC. */
export function date(/** @type {number} */ moment, year = false) {
  const at = new Date(moment);
  return `${at.getUTCDate()} ${at.toLocaleString('en', { month: 'short', timeZone: 'UTC' })}${year ? ` ${at.getUTCFullYear()}` : ''}`;
}

/** A length as people say it. */
export function span(/** @type {number} */ milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds % 86_400) / 3600)} h`;
}
