// @ts-check
// A timeline as columns: what the server sent, made into arrays that ten thousand rows can be drawn from.

/**
 * @typedef {{ words: string[], rows: number[] }} Shared
 * @typedef {{ from: number, to: number, severity: number, kind: number }} Band
 * @typedef {{ start: number, times: number[], lags: number[], lanes: number[], kinds: Shared, actors: Shared, texts: Shared, keys: number[],
 *   later: number[], corrected: number[], spans: number[][], bands: Band[], conflicts: { id: string, ruled: boolean, rows: number[] }[],
 *   end: number, more: boolean, ids: string[] }} Columns
 */

export class Story {
  /** @param {Columns} columns */
  constructor(columns) {
    const n = this.n = columns.times.length;
    this.at = new Float64Array(n);
    this.known = new Float64Array(n);
    for (let i = 0, at = columns.start; i < n; i++) {
      at += columns.times[i];
      this.at[i] = at;
      this.known[i] = at + columns.lags[i];
    }
    this.lane = Uint8Array.from(columns.lanes);
    this.key = flags(n, columns.keys);
    this.later = flags(n, columns.later);
    this.corrected = flags(n, columns.corrected);
    this.conflict = flags(n, columns.conflicts.filter((one) => !one.ruled).flatMap((one) => one.rows));
    this.until = new Map(columns.spans.map(([row, length]) => [row, this.at[row] + length]));
    this.bands = columns.bands;
    this.ids = columns.ids;
    this.more = columns.more;
    this.columns = columns;
    this.on = new Uint8Array(n).fill(1);
    /** @type {number[]} */
    this.shown = [];
    const margin = Math.max(1000, (columns.end - columns.start) / 60);
    const first = Math.min(columns.start, ...columns.bands.map((band) => band.from));
    this.from = first - margin;
    this.to = Math.max(columns.end, first + 10_000) + margin;
    this.end = columns.end;
  }

  kind(/** @type {number} */ row) { return this.columns.kinds.words[this.columns.kinds.rows[row]]; }
  actor(/** @type {number} */ row) { return this.columns.actors.words[this.columns.actors.rows[row]]; }
  text(/** @type {number} */ row) { return this.columns.texts.words[this.columns.texts.rows[row]]; }

  /** Whether a row was not known yet at a moment; null is now. */
  isAhead(/** @type {number} */ row, /** @type {number | null} */ at) {
    return this.later[row] === 1 || (at !== null && (this.known[row] > at || this.at[row] > at));
  }

  /** Keeps the rows of the lanes that are on and in which every word is found; answers how many these are. */
  filter(/** @type {string} */ text, /** @type {boolean[]} */ lanes) {
    const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
    const hits = { kinds: match(this.columns.kinds, words), actors: match(this.columns.actors, words), texts: match(this.columns.texts, words) };
    const all = words.length === 0 ? 0 : 2 ** words.length - 1;
    this.shown = [];
    for (let i = 0; i < this.n; i++) {
      const found = hits.kinds[this.columns.kinds.rows[i]] | hits.actors[this.columns.actors.rows[i]] | hits.texts[this.columns.texts.rows[i]];
      const on = lanes[this.lane[i]] && (found & all) === all;
      this.on[i] = on ? 1 : 0;
      if (on) this.shown.push(i);
    }
    return this.shown.length;
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

/** For each word of a column, which of the words that are looked for it has, as bits. */
function match(/** @type {Shared} */ column, /** @type {string[]} */ words) {
  if (words.length === 0) return new Uint32Array(column.words.length);
  return Uint32Array.from(column.words, (said) => {
    const small = said.toLowerCase();
    return words.reduce((bits, word, i) => (small.includes(word) ? bits | (1 << i) : bits), 0);
  });
}

function flags(/** @type {number} */ n, /** @type {number[]} */ rows) {
  const flags = new Uint8Array(n);
  for (const row of rows) flags[row] = 1;
  return flags;
}

const pad = (/** @type {number} */ value) => String(value).padStart(2, '0');

/** A moment as a clock shows it, in UTC; with its day where that is asked for. */
export function clock(/** @type {number} */ moment, { seconds = true, day = false } = {}) {
  const at = new Date(moment);
  const time = `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}${seconds ? `:${pad(at.getUTCSeconds())}` : ''}`;
  return day ? `${at.getUTCDate()} ${at.toLocaleString('en', { month: 'short', timeZone: 'UTC' })} ${time}` : time;
}

/** A length as people say it. */
export function span(/** @type {number} */ milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds % 86_400) / 3600)} h`;
}
