// @ts-check
// What stands around the picture: filter, lanes, buttons, the slider of the moment, and what a stretch holds.

import { clock } from './story.js';
import { tone } from './place.js';

const HELP = 'The timeline as a picture. W and S zoom, A and D move, F shows all of it, left and right arrows go from entry to entry, with Shift from turning point to turning point, Space plays it, L goes back to now. The list below says all of it in words.';

/** @param {any} page @param {HTMLElement} section */
export function tool(page, section) {
  const root = element('div', { class: 'tl', hidden: true });
  const find = element('input', { type: 'text', id: 'find', value: page.find, placeholder: 'Filter what is shown ( / )', 'aria-label': 'Filter what is shown', autocomplete: 'off', spellcheck: 'false' });
  const lanes = page.names.map((/** @type {string} */ name, /** @type {number} */ lane) => {
    const button = element('button', { type: 'button', class: 'lane-button', 'aria-pressed': String(page.view.lanes[lane]), title: 'Alt and click: only this one' }, name);
    const sign = element('i', {});
    sign.style.background = `var(--${tone(lane)})`;
    button.prepend(sign);
    button.addEventListener('click', (event) => page.lane(lane, /** @type {MouseEvent} */ (event).altKey));
    return button;
  });
  const acts = element('span', { class: 'tl-acts' });
  const act = (/** @type {string} */ text, /** @type {string} */ label, /** @type {() => void} */ then) => {
    const button = element('button', { type: 'button', 'aria-label': label, title: label }, text);
    button.addEventListener('click', then);
    acts.append(button);
    return button;
  };
  const middle = () => (page.view.from + page.view.to) / 2;
  act('+', 'Zoom in (W)', () => page.scale(0.5, middle()));
  act('−', 'Zoom out (S)', () => page.scale(2, middle()));
  act('All', 'Show all of it (F)', () => page.fit());
  const play = act('▶', 'Play it at 60× (Space)', () => page.replay.toggle());
  const count = element('output', { class: 'sub', id: 'tl-count', 'aria-live': 'polite' });
  const canvas = /** @type {HTMLCanvasElement} */ (element('canvas', { class: 'tl-canvas', tabindex: '0', role: 'application', 'aria-roledescription': 'timeline', 'aria-label': HELP }));
  const mini = /** @type {HTMLCanvasElement} */ (element('canvas', { class: 'tl-mini', 'aria-hidden': 'true' }));
  const picture = element('div', { class: 'tl-picture' });
  picture.append(canvas, mini);
  const slider = /** @type {HTMLInputElement} */ (element('input', { type: 'range', id: 'tl-at', step: '100' }));
  const shown = element('output', { for: 'tl-at', class: 'mono' }, 'now');
  const travel = element('div', { class: 'known-at' });
  travel.append(element('label', { for: 'tl-at' }, 'Known at'), slider, shown);
  const range = element('div', { class: 'tl-range', 'aria-live': 'polite', hidden: true });
  const list = element('div', { class: 'tl-list', role: 'region', 'aria-label': 'Entries, in order', tabindex: '0' });
  const bar = element('div', { class: 'tl-bar' });
  bar.append(find, ...lanes, element('span', { class: 'grow' }), count, acts);
  root.append(bar, picture, travel, range, list);
  section.append(root);

  find.addEventListener('input', () => { page.find = /** @type {HTMLInputElement} */ (find).value; page.apply(); page.keep(); });
  slider.addEventListener('input', () => page.glance(at(slider)));
  slider.addEventListener('change', () => page.travel(at(slider)));

  let said = (/** @type {number} */ moment) => clock(moment);
  return {
    root, canvas, mini, list, find,
    count(/** @type {number} */ shown, /** @type {any} */ story) {
      const of = shown === story.n ? '' : ` of ${story.n.toLocaleString('en')}`;
      count.textContent = `${shown.toLocaleString('en')}${of} ${story.n === 1 ? 'entry' : 'entries'}${story.more ? ', and there are more: ask for less' : ''}`;
      document.getElementById('story-count')?.replaceChildren(`${clock(story.from, { day: true, year: story.hasYears })} to ${story.clock(story.end)} UTC`);
    },
    bounds(/** @type {any} */ story) {
      slider.min = String(Math.floor(story.from));
      slider.max = String(Math.ceil(story.to));
      said = (moment) => story.clock(moment);
      this.moment(page.view.at);
    },
    moment(/** @type {number | null} */ at) {
      slider.value = at === null ? slider.max : String(at);
      shown.textContent = at === null ? 'now' : said(at);
      slider.setAttribute('aria-valuetext', shown.textContent);
      section.classList.toggle('in-past', at !== null);
    },
    lanes(/** @type {boolean[]} */ on) { lanes.forEach((/** @type {HTMLElement} */ button, /** @type {number} */ lane) => button.setAttribute('aria-pressed', String(on[lane]))); },
    playing(/** @type {boolean} */ is) {
      play.textContent = is ? '❚❚' : '▶';
      play.setAttribute('aria-label', is ? 'Pause (Space)' : 'Play it at 60× (Space)');
    },
    range(/** @type {[number, number] | null} */ brush) {
      range.hidden = brush === null;
      if (!brush) return;
      const found = page.story.counted(...brush);
      const zoom = element('button', { type: 'button' }, 'Zoom in');
      zoom.addEventListener('click', () => { page.view.brush = null; this.range(null); page.look(...brush); });
      const away = element('button', { type: 'button', class: 'quiet' }, 'Clear');
      away.addEventListener('click', () => { page.view.brush = null; this.range(null); page.paint(); });
      const total = found.kinds.reduce((/** @type {number} */ sum, /** @type {[string, number]} */ one) => sum + one[1], 0);
      const kinds = found.kinds.slice(0, 8).map((/** @type {[string, number]} */ [kind, count]) => `${kind} ${count}`).join(' · ');
      range.replaceChildren(element('b', {}, found.span), ` ${total} ${total === 1 ? 'entry' : 'entries'}${kinds ? `: ${kinds}` : ''} `, zoom, away);
    },
  };

  function at(/** @type {HTMLInputElement} */ slider) { return Number(slider.value) >= Number(slider.max) - 1 ? null : Number(slider.value); }
}

function element(/** @type {string} */ name, /** @type {Record<string, string | boolean>} */ attributes, text = '') {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'boolean') made.toggleAttribute(key, value); else made.setAttribute(key, value);
  }
  if (text) made.append(text);
  return made;
}
