// @ts-check
// Hands and keys on the picture. The moment under the pointer stays under it while one zooms.

import { hit, moment } from './place.js';

const CLICK = 4; // pixels that a hand may tremble

/** @param {any} page */
export function listen(page) {
  const { canvas, mini, find } = page.tools;
  const view = page.view;
  const at = (/** @type {number} */ left) => moment(view, page.picture.width, left);

  canvas.addEventListener('wheel', (/** @type {WheelEvent} */ event) => {
    event.preventDefault();
    const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (sideways) pan((event.deltaX || event.deltaY) / 900);
    else page.scale(Math.exp(Math.max(-300, Math.min(300, event.deltaY)) * 0.0016), at(event.offsetX));
  }, { passive: false });

  /** @type {Map<number, number>} */
  const fingers = new Map();
  /** @type {{ left: number, from: number, to: number, moved: boolean, apart: number, brush: boolean } | null} */
  let drag = null;
  canvas.addEventListener('pointerdown', (/** @type {PointerEvent} */ event) => {
    fingers.set(event.pointerId, event.offsetX);
    canvas.setPointerCapture(event.pointerId);
    drag = { left: event.offsetX, from: view.from, to: view.to, moved: fingers.size > 1, apart: apart(), brush: event.shiftKey };
  });
  canvas.addEventListener('pointermove', (/** @type {PointerEvent} */ event) => {
    view.hover = event.pointerType === 'mouse' ? event.offsetX : null;
    if (drag && fingers.has(event.pointerId)) {
      fingers.set(event.pointerId, event.offsetX);
      if (Math.abs(event.offsetX - drag.left) > CLICK) drag.moved = true;
      if (fingers.size > 1) pinch(drag);
      else if (drag.brush) view.brush = /** @type {[number, number]} */ ([at(drag.left), at(event.offsetX)].sort((a, b) => a - b));
      else if (drag.moved) slide(drag, event.offsetX);
    }
    page.paint();
  });
  for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, (/** @type {PointerEvent} */ event) => {
    fingers.delete(event.pointerId);
    if (!drag) return;
    if (drag.brush && drag.moved) page.tools.range(view.brush);
    else if (!drag.moved && end === 'pointerup') choose(event.offsetX, event.offsetY);
    if (fingers.size === 0) drag = null;
  });
  canvas.addEventListener('pointerleave', () => { view.hover = null; page.paint(); });
  canvas.addEventListener('dblclick', (/** @type {MouseEvent} */ event) => page.scale(0.2, at(event.offsetX)));

  let held = false;
  const window = (/** @type {PointerEvent} */ event) => {
    if (!held || !page.story) return;
    page.center(moment({ ...view, from: page.story.from, to: page.story.to }, page.picture.width, event.offsetX));
  };
  mini.addEventListener('pointerdown', (/** @type {PointerEvent} */ event) => { held = true; mini.setPointerCapture(event.pointerId); window(event); });
  mini.addEventListener('pointermove', window);
  mini.addEventListener('pointerup', () => { held = false; });

  /** @type {Record<string, (event: KeyboardEvent) => void>} */
  const keys = {
    w: () => page.scale(0.7, pointed()),
    s: () => page.scale(1.4, pointed()),
    '+': () => page.scale(0.7, pointed()),
    '-': () => page.scale(1.4, pointed()),
    a: () => pan(-0.15),
    d: () => pan(0.15),
    f: () => page.fit(),
    arrowleft: (event) => page.step(-1, event.shiftKey),
    arrowright: (event) => page.step(1, event.shiftKey),
    home: () => page.travel(page.story?.from ?? null),
    end: () => page.travel(null),
    l: () => page.travel(null),
    ' ': () => page.replay.toggle(),
    escape: () => { view.brush = null; page.tools.range(null); page.paint(); },
  };
  canvas.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const then = keys[event.key.toLowerCase()];
    if (then) { event.preventDefault(); then(event); }
  });
  document.addEventListener('keydown', (event) => {
    const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') { event.preventDefault(); find.focus(); }
    if (event.key.toLowerCase() === 'l' && event.target !== canvas) page.travel(null);
  });
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey) return;
    const entry = event.target.closest('[data-entry]'), live = event.target.closest('[data-golive]');
    if (live) { event.preventDefault(); page.travel(null); }
    if (entry instanceof HTMLElement && page.story) { event.preventDefault(); page.enter(entry.dataset.entry); page.mean(entry.dataset.entry); }
  });

  function pan(/** @type {number} */ share) {
    const by = (view.to - view.from) * share;
    page.look(view.from + by, view.to + by);
  }

  function slide(/** @type {{ left: number, from: number, to: number }} */ { left, from, to }, /** @type {number} */ now) {
    const by = moment({ ...view, from, to }, page.picture.width, left) - moment({ ...view, from, to }, page.picture.width, now);
    page.look(from + by, to + by);
  }

  function apart() {
    const [one, other] = [...fingers.values()];
    return other === undefined ? 0 : Math.max(10, Math.abs(one - other));
  }

  function pinch(/** @type {{ apart: number }} */ drag) {
    const [one, other] = [...fingers.values()];
    page.scale(drag.apart / apart(), at((one + other) / 2));
    drag.apart = apart();
  }

  function pointed() { return view.hover !== null ? at(view.hover) : (view.from + view.to) / 2; }

  // A click on an entry looks at it closely; beside one it goes to that moment.
  function choose(/** @type {number} */ left, /** @type {number} */ down) {
    const row = page.story ? hit(page.story, view, page.picture.width, left, down) : -1;
    if (row >= 0) page.select(row); else page.travel(at(left));
  }
}
