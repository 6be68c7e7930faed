// @ts-check
// The timeline's page: brings the entries, keeps what is looked at in the address, and lets every part follow.

import { ask } from './ask.js';
import { entries } from './entries.js';
import { Picture } from './draw.js';
import { List } from './list.js';
import { listen } from './moves.js';
import { Replay } from './replay.js';
import { Story } from './story.js';
import { tool } from './tools.js';

// A timeline is written a moment after what it tells of.
const SETTLE = 1_500;
const REST = 10_000; // notes come without an announcement
const KEEP = 200;
const main = /** @type {HTMLElement} */ (document.getElementById('main'));
const section = document.getElementById('story');

class Page {
  /** @param {HTMLElement} section */
  constructor(section) {
    this.section = section;
    this.path = section.dataset.path ?? '/timeline';
    this.names = (section.dataset.lanes ?? '').split('|');
    const given = new URL(location.href).searchParams;
    // The answer of a refused form has the form's address: what is looked at is what the server drew.
    this.query = section.dataset.query ?? '';
    this.entry = section.dataset.selected ?? null;
    this.find = given.get('find') ?? '';
    const hidden = (given.get('hide') ?? '').split(',').filter((one) => one !== '').map(Number);
    /** @type {import('./place.js').View} */
    this.view = { from: 0, to: 1, at: parse(section.dataset.at), selected: -1, hover: null, brush: null, lanes: this.names.map((_, lane) => !hidden.includes(lane)) };
    this.zoom = (given.get('zoom') ?? '').split('~').map(parse);
    /** @type {Story | null} */
    this.story = null;
    /** @type {import('./story.js').Mark | null} */
    this.mark = null;
    this.tools = tool(this, section);
    this.picture = new Picture(this.tools.canvas, this.tools.mini, this.names);
    this.list = new List(this.tools.list, this.names, (row) => this.select(row));
    this.replay = new Replay(this);
    this.loading = false;
    this.owed = false;
    this.again = false;
    this.frame = 0;
    listen(this);
  }

  async start() {
    this.picture.restyle();
    await this.load();
    new ResizeObserver(() => this.resize()).observe(this.section);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { this.picture.restyle(); this.paint(); });
    let soon = 0;
    document.addEventListener('steady:news', () => {
      soon ||= setTimeout(() => { soon = 0; this.news(); }, SETTLE);
    });
    setInterval(() => this.news(), REST);
    performance.mark('timeline-ready');
  }

  news() {
    if (document.hidden) return;
    // What was known then stays as it was, once it came.
    if (this.view.at === null || this.owed) this.load();
    // It was asked for in vain: nobody answered, or it was not there yet.
    if (this.entry && !this.mark) this.mean(this.entry, false);
  }

  /** At most one question in flight; what is wished for meanwhile is one more afterwards. */
  async load() {
    if (this.loading) { this.again = true; return; }
    this.loading = this.owed = true;
    try {
      const asked = `${this.path}/columns${this.search({ entry: false })}`;
      const known = this.tagged?.asked === asked ? { 'if-none-match': this.tagged.tag } : undefined;
      // The page has it on its way already; with a header of its own it would be asked for again.
      const answer = await fetch(asked, { headers: known });
      if (answer.status === 401) document.dispatchEvent(new Event('steady:signed-out'));
      else if (answer.ok) {
        this.take(new Story(await answer.json()));
        this.tagged = { asked, tag: answer.headers.get('etag') ?? '' };
      }
      this.owed = !answer.ok && answer.status !== 304;
    } catch { /* the foot of the rail says that nothing answers; the next event or beat asks again */ } finally {
      this.loading = false;
    }
    if (this.again) { this.again = false; await this.load(); }
  }

  // News move the right edge along where it was looked at; somebody who has zoomed in stays where they are.
  take(/** @type {Story} */ story) {
    const before = this.story;
    const whole = before === null || (this.view.from <= before.from && this.view.to >= before.to);
    this.story = story;
    if (before === null) this.reveal();
    const [from, to] = before === null ? this.zoom : [null, null];
    if (from && to && to > from) Object.assign(this.view, { from, to });
    else if (whole) Object.assign(this.view, { from: story.from, to: story.to });
    this.view.selected = this.mark ? story.row(this.mark) : -1;
    this.tools.bounds(story);
    this.apply();
    // The first letter of a filter need not wait for it.
    requestIdleCallback(() => story.small);
    // The address names an entry by its id, and says by itself which stretch is looked at.
    if (before === null && this.entry) this.mean(this.entry, false);
  }

  // Until the picture is there, the list that the server wrote stays.
  reveal() {
    document.getElementById('story-list')?.remove();
    this.section.querySelector(':scope > .empty')?.remove();
    this.tools.root.hidden = false;
  }

  apply() {
    if (!this.story) return;
    const count = this.story.filter(this.find, this.view.lanes);
    this.tools.count(count, this.story);
    this.list.show(this.story, this.view.at, this.view.selected);
    this.paint();
  }

  resize() {
    this.picture.resize(this.tools.canvas.parentElement?.clientWidth ?? 0);
    this.apply();
  }

  paint() {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      if (!this.story || this.picture.width === 0) return;
      this.picture.draw(this.story, this.view);
    });
  }

  /** The moment that is looked at, while it moves: the picture at once, the panel as fast as it comes. */
  glance(/** @type {number | null} */ at) {
    const story = this.story;
    if (!story) return;
    this.view.at = at === null || at >= story.to - 1 ? null : Math.max(story.from, at);
    this.tools.moment(this.view.at);
    this.list.turn(this.view.at);
    this.list.follow(this.view.at ?? story.to);
    this.paint();
    this.state();
  }

  /** The moment is chosen: what was known then is asked for exactly. */
  travel(/** @type {number | null} */ at) {
    this.glance(at);
    this.keep();
    this.parts();
    this.load();
  }

  /** A row is looked at closely; who it is, is asked when somebody wants to know. */
  async select(/** @type {number} */ row) {
    const story = this.story;
    if (!story || row < 0) return;
    const mark = this.mark = story.mark(row);
    this.ring(row);
    const asked = { on: mark.at, during: story.unit }, at = story.later[row] === 1 ? null : this.view.at;
    let same = (await entries(this.path, asked, at)).filter((one) => story.is(row, one));
    // While the moment moves, what is shown is still what is known now.
    if (same.length === 0 && at !== null) same = (await entries(this.path, asked, null)).filter((one) => story.is(row, one));
    // Somebody may have gone on meanwhile.
    if (this.mark !== mark) return;
    const found = same[mark.nth] ?? same[0];
    if (found) this.enter(found.id);
    else this.load();
  }

  /** The row of an entry that an address or a link names. */
  async mean(/** @type {string} */ id, near = true) {
    const [found] = await entries(this.path, { entry: id }, this.view.at);
    const story = this.story;
    if (!story || this.entry !== id) return;
    const row = found ? story.row({ nth: 0, ...found }) : -1, before = this.mark;
    this.mark = row < 0 ? null : story.mark(row);
    if (this.mark || before) this.ring(row, near);
  }

  enter(/** @type {string} */ id) {
    this.entry = id;
    this.keep();
    this.parts();
  }

  ring(/** @type {number} */ row, near = true) {
    const story = this.story;
    if (!story) return;
    this.view.selected = row;
    if (near && row >= 0 && (story.at[row] < this.view.from || story.at[row] > this.view.to)) this.center(story.at[row]);
    this.list.show(story, this.view.at, row);
    if (row >= 0) this.list.reveal(story.shown.indexOf(row));
    this.paint();
  }

  /** The next entry that is shown, or the next turning point. */
  step(/** @type {number} */ way, /** @type {boolean} */ keys) {
    const story = this.story;
    if (!story || story.shown.length === 0) return;
    const here = this.view.selected >= 0 ? story.shown.indexOf(this.view.selected) : way > 0 ? -1 : story.shown.length;
    for (let place = here + way; place >= 0 && place < story.shown.length; place += way) {
      if (!keys || story.key[story.shown[place]]) { this.select(story.shown[place]); return; }
    }
  }

  center(/** @type {number} */ at) {
    const half = (this.view.to - this.view.from) / 2;
    this.look(at - half, at + half);
  }

  /** Looks at a stretch, which stays within the story. */
  look(/** @type {number} */ from, /** @type {number} */ to) {
    const story = this.story;
    if (!story) return;
    const length = Math.min(story.to - story.from, Math.max(1000, to - from));
    this.view.from = Math.max(story.from, Math.min(story.to - length, from));
    this.view.to = this.view.from + length;
    this.keep();
    this.paint();
  }

  scale(/** @type {number} */ factor, /** @type {number} */ around) {
    const length = this.view.to - this.view.from, share = (around - this.view.from) / length;
    this.look(around - share * length * factor, around + (1 - share) * length * factor);
  }

  fit() { if (this.story) this.look(this.story.from, this.story.to); }

  lane(/** @type {number} */ lane, /** @type {boolean} */ alone) {
    const only = this.view.lanes.every((on, other) => on === (other === lane));
    this.view.lanes = this.view.lanes.map((on, other) => (alone ? only || other === lane : other === lane ? !on : on));
    this.tools.lanes(this.view.lanes);
    this.apply();
    this.keep();
  }

  search({ entry = true } = {}) {
    const given = new URLSearchParams();
    if (this.query) given.set('q', this.query);
    if (this.view.at !== null) given.set('at', new Date(this.view.at).toISOString());
    if (entry && this.entry) given.set('entry', this.entry);
    return given.size > 0 ? `?${given}` : '';
  }

  // A link shows a colleague the same.
  keep() {
    clearTimeout(this.kept);
    this.kept = setTimeout(() => {
      const to = new URL(`${this.path}${this.search()}`, location.href);
      const story = this.story;
      if (story && (this.view.from > story.from || this.view.to < story.to)) to.searchParams.set('zoom', [this.view.from, this.view.to].map((at) => new Date(at).toISOString()).join('~'));
      if (this.find) to.searchParams.set('find', this.find);
      const hidden = this.view.lanes.flatMap((on, lane) => (on ? [] : [lane]));
      if (hidden.length) to.searchParams.set('hide', hidden.join(','));
      history.replaceState(null, '', to);
    }, KEEP);
  }

  /** The parts that the server draws follow the moment and the entry. */
  parts() {
    main.dataset.fragment = `/fragments${this.path}${this.search()}`;
    document.dispatchEvent(new Event('steady:turn'));
  }

  async state() {
    const panel = document.getElementById('state');
    if (!panel || panel.hidden) return;
    this.wish = this.view.at;
    if (this.asking) return;
    this.asking = true;
    while (this.wish !== undefined) {
      const at = this.wish;
      this.wish = undefined;
      const answer = await fetch(`/fragments${this.path.replace(/\/timeline$/, '/state')}${at === null ? '' : `?at=${new Date(at).toISOString()}`}`).catch(() => null);
      if (!answer?.ok) continue;
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('state');
      if (fresh) document.getElementById('state')?.replaceWith(document.adoptNode(fresh));
    }
    this.asking = false;
  }
}

/** @param {string | null | undefined} text */
function parse(text) {
  const at = text ? Date.parse(text) : NaN;
  return Number.isNaN(at) ? null : at;
}

ask();
if (section) new Page(section).start();
