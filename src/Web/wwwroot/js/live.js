// One connection a page. What happened is never drawn from the message: the page's part is rendered by the server again
// and swapped, so there is one way in which anything is shown.
import { keep, typed } from './kept.js';

const main = document.getElementById('main');
const chip = document.getElementById('live');
const SILENT = 25_000; // the server beats every 10 s
const SOON = 300; // a timeline is written a moment after what it tells of
const SETTLE = 1_200; // or later, where much is written
const REST = 10_000; // figures move without an event
const PULSE = 1_000; // while a run goes on, its steady state moves every second
let source, watchdog, asking = false, again = false, settle, signedOut = false;

function say(state, text) {
  if (signedOut) return;
  if (chip.dataset.state === state && chip.lastElementChild.textContent === text) return;
  chip.dataset.state = state;
  chip.lastElementChild.textContent = text;
}

function heard(event) {
  clearTimeout(watchdog);
  watchdog = setTimeout(reopen, SILENT);
  const lost = event ? JSON.parse(event.data).lost : [];
  if (lost.length) say('stale', `Stale: ${lost.join(', ')} silent, retrying`);
  else say('live', 'Live');
}

function open() {
  source = new EventSource('/live');
  source.addEventListener('state', heard);
  source.addEventListener('beat', heard);
  source.addEventListener('reload', (event) => { heard(event); news(); });
  source.addEventListener('event', (event) => {
    heard(event);
    news();
    clearTimeout(settle);
    settle = setTimeout(() => { news(); settle = setTimeout(news, SETTLE - SOON); }, SOON);
  });
  source.onerror = () => {
    say('stale', 'Stale, retrying');
    // A refused connection is not tried again by the browser itself.
    if (source.readyState === EventSource.CLOSED) { clearTimeout(watchdog); watchdog = setTimeout(reopen, 3_000); }
  };
}

function news() {
  refresh();
  document.dispatchEvent(new Event('steady:news')); // one connection, and what else hangs on it hears of it here
}

function reopen() {
  if (signedOut) return;
  say('stale', 'Stale, retrying');
  source?.close();
  open();
  news();
}

// At most one question in flight; whatever happens meanwhile is one more question afterwards.
async function refresh() {
  const fragment = main.dataset.fragment;
  if (!fragment) return;
  if (asking) { again = true; return; }
  asking = true;
  try {
    const answer = await fetch(fragment, { headers: { accept: 'text/html' } });
    if (answer.status === 401) leave();
    else if (answer.ok) swap(new DOMParser().parseFromString(await answer.text(), 'text/html'));
  } catch { /* the next event or beat asks again */ }
  asking = false;
  if (again) { again = false; refresh(); }
}

// Who has nothing in hand is brought to the sign-in page; who writes goes on writing, and it is put back after signing in.
function leave() {
  if (signedOut) return;
  if (!typed().length) { location.reload(); return; }
  say('stale', 'Signed out; what you type is kept');
  signedOut = true;
  source.close();
  addEventListener('pagehide', () => keep(typed()));
}

function swap(fresh) {
  for (const next of fresh.querySelectorAll('[data-live]')) {
    const old = document.getElementById(next.id);
    if (!old || old.outerHTML === next.outerHTML || isInUse(old) || isSame(old, next)) continue;
    for (const item of next.querySelectorAll('li[id]')) if (!document.getElementById(item.id)) item.classList.add('fresh');
    const focus = pathTo(document.activeElement, old);
    const scrolled = [...old.querySelectorAll('.scroll')].map((one) => one.scrollLeft);
    old.replaceWith(document.adoptNode(next));
    next.querySelectorAll('.scroll').forEach((one, index) => { one.scrollLeft = scrolled[index] ?? 0; });
    if (focus) follow(focus, next)?.focus({ preventScroll: true });
  }
}

// A part that says what it hangs on is left alone while that stays: nobody presses a button that is being replaced.
const isSame = (old, next) => next.dataset.key !== undefined && old.dataset.key === next.dataset.key;

// What a person is writing, or has in hand, is never taken away.
const isInUse = (part) => part.querySelector('details[open], [data-dragged]') !== null;

function pathTo(element, root) {
  if (!root.contains(element) || element === root) return null;
  const path = [];
  for (let at = element; at !== root; at = at.parentElement) path.unshift([...at.parentElement.children].indexOf(at));
  return path;
}

const follow = (path, root) => path.reduce((at, index) => at?.children[index], root);

document.addEventListener('steady:signed-out', leave); // whichever part of the page was told so first
document.addEventListener('steady:turn', refresh); // a page that looks at another moment asks for its parts
open();
// Where the pages are one line that is pushed aside, the one that is open is seen.
const rail = document.querySelector('.rail .links');
const here = rail.querySelector('[aria-current]');
if (here) rail.scrollLeft = here.offsetLeft - (rail.clientWidth - here.offsetWidth) / 2;

// The page may have come as the answer to a write whose line in the timeline was not there yet.
settle = setTimeout(refresh, SETTLE);
setInterval(() => { if (!document.hidden) refresh(); }, REST);
setInterval(() => { if (!document.hidden && main.querySelector('[data-pulse]')) refresh(); }, PULSE);
document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
document.addEventListener('click', (event) => {
  for (const open of document.querySelectorAll('details[name=act][open]')) if (!open.contains(event.target)) open.open = false;
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') for (const open of document.querySelectorAll('details[name=act][open]')) open.open = false;
});
