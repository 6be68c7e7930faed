// @ts-check
// The entries as a list of which only what is seen stands in the page: what a screen reader reads, and what is clicked.

import { span } from './story.js';
import { tone } from './place.js';

const SPARE = 6;
const LATE = 1000;

export class List {
  /** @param {HTMLElement} box @param {string[]} names @param {(row: number) => void} choose */
  constructor(box, names, choose) {
    this.box = box;
    this.names = names;
    this.choose = choose;
    this.items = document.createElement('ol');
    this.box.append(this.items);
    /** @type {Map<number, HTMLLIElement>} */
    this.drawn = new Map();
    /** @type {import('./story.js').Story | null} */
    this.story = null;
    this.at = /** @type {number | null} */ (null);
    this.selected = -1;
    box.addEventListener('scroll', () => this.draw(), { passive: true });
  }

  get high() { return this.box.clientWidth < 620 ? 64 : 34; }

  /** Everything anew: other entries, another filter, another moment. */
  show(/** @type {import('./story.js').Story} */ story, /** @type {number | null} */ at, /** @type {number} */ selected) {
    Object.assign(this, { story, at, selected });
    const active = document.activeElement;
    const held = active instanceof HTMLElement && this.items.contains(active) ? active.dataset.row : undefined;
    this.box.classList.toggle('days', story.hasDays);
    this.box.classList.toggle('years', story.hasYears);
    this.items.style.height = `${story.shown.length * this.high}px`;
    this.drawn.forEach((item) => item.remove());
    this.drawn.clear();
    this.draw();
    const again = this.items.querySelector(`[data-row="${held}"]`);
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
  }

  /** The same entries as they were known at another moment; null is now. */
  turn(/** @type {number | null} */ at) {
    const story = this.story;
    this.at = at;
    if (story) this.drawn.forEach((item, place) => item.classList.toggle('ahead', story.isAhead(story.shown[place], at)));
  }

  draw() {
    const story = this.story;
    if (!story) return;
    const first = Math.max(0, Math.floor(this.box.scrollTop / this.high) - SPARE);
    const last = Math.min(story.shown.length, Math.ceil((this.box.scrollTop + this.box.clientHeight) / this.high) + SPARE);
    for (const [place, item] of this.drawn) {
      if ((place < first || place >= last) && !item.contains(document.activeElement)) { item.remove(); this.drawn.delete(place); }
    }
    for (let place = first; place < last; place++) {
      if (this.drawn.has(place)) continue;
      const item = this.item(story, place);
      this.drawn.set(place, item);
      const after = [...this.drawn.keys()].filter((other) => other > place).sort((a, b) => a - b)[0];
      this.items.insertBefore(item, after === undefined ? null : this.drawn.get(after) ?? null);
    }
  }

  item(/** @type {import('./story.js').Story} */ story, /** @type {number} */ place) {
    const row = story.shown[place];
    const item = document.createElement('li');
    item.style.top = `${place * this.high}px`;
    item.setAttribute('aria-setsize', String(story.shown.length));
    item.setAttribute('aria-posinset', String(place + 1));
    item.classList.toggle('ahead', story.isAhead(row, this.at));
    item.classList.toggle('key', story.key[row] === 1);
    item.classList.toggle('conflict', story.conflict[row] === 1);
    const button = document.createElement('button');
    button.type = 'button';
    button.dataset.row = String(row);
    if (row === this.selected) button.setAttribute('aria-current', 'true');
    button.addEventListener('click', () => this.choose(row));
    const lag = story.known[row] - story.at[row];
    button.append(
      part('when mono', story.clock(story.at[row]), lag > LATE ? `+${span(lag)}` : ''),
      this.lane(story.lane[row]),
      part('what', story.kind(row), `by ${story.actor(row)}${story.corrected[row] ? ', amended' : ''}`),
      part('text', story.text(row), ''),
    );
    if (lag > LATE) button.title = `Recorded ${span(lag)} later`;
    item.append(button);
    return item;
  }

  lane(/** @type {number} */ lane) {
    const name = part('lane', this.names[lane], '');
    const sign = document.createElement('i');
    sign.style.background = `var(--${tone(lane)})`;
    name.prepend(sign);
    return name;
  }

  /** Scrolls so that a moment's last known entry is seen. */
  follow(/** @type {number} */ moment) {
    const story = this.story;
    if (!story) return;
    const place = story.shown.findIndex((row) => story.at[row] > moment);
    this.reveal(place < 0 ? story.shown.length - 1 : place - 1);
  }

  reveal(/** @type {number} */ place) {
    const top = Math.max(0, place) * this.high;
    if (top < this.box.scrollTop || top > this.box.scrollTop + this.box.clientHeight - this.high) {
      this.box.scrollTop = top - this.box.clientHeight / 2;
    }
  }
}

// What people wrote is text, never markup.
function part(/** @type {string} */ name, /** @type {string} */ text, /** @type {string} */ small) {
  const part = document.createElement('span');
  part.className = name;
  part.append(text);
  if (small) {
    const beside = document.createElement('small');
    beside.textContent = small;
    part.append(' ', beside);
  }
  return part;
}
