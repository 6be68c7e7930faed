// @ts-check
// What could stand at the caret of the query: a list beside the box, by keys or by hand.

const QUIET = 120;

export function ask() {
  const box = /** @type {HTMLInputElement | null} */ (document.getElementById('q'));
  const offers = document.getElementById('offers');
  if (!box || !offers) return;
  box.setAttribute('role', 'combobox');
  box.setAttribute('aria-autocomplete', 'list');
  box.setAttribute('aria-controls', 'offers');
  box.setAttribute('aria-expanded', 'false');
  /** @type {{ text: string, kind: string, start: number, length: number, about: string | null }[]} */
  let items = [];
  let chosen = -1, timer = 0, asked = 0;

  async function look() {
    const number = ++asked;
    const of = new URLSearchParams({ q: box?.value ?? '', caret: String(box?.selectionStart ?? 0) });
    const answer = await fetch(`/timeline/complete?${of}`).catch(() => null);
    if (number !== asked || !answer?.ok) return;
    items = (await answer.json()).items.slice(0, 12);
    show(-1);
  }

  function show(/** @type {number} */ place) {
    chosen = place;
    offers?.replaceChildren(...items.map((item, i) => {
      const line = document.createElement('li');
      line.id = `offer-${i}`;
      line.setAttribute('role', 'option');
      line.setAttribute('aria-selected', String(i === chosen));
      const about = document.createElement('small');
      about.textContent = item.about ?? '';
      line.append(item.text, ' ', about);
      line.addEventListener('pointerdown', (event) => { event.preventDefault(); take(i); });
      return line;
    }));
    const open = items.length > 0 && document.activeElement === box;
    offers?.toggleAttribute('hidden', !open);
    box?.setAttribute('aria-expanded', String(open));
    if (chosen >= 0) box?.setAttribute('aria-activedescendant', `offer-${chosen}`); else box?.removeAttribute('aria-activedescendant');
  }

  function take(/** @type {number} */ place) {
    const { text, kind, start, length } = items[place];
    const value = box?.value ?? '';
    // A field wants its value next, anything else what comes after it.
    const said = kind === 'field' ? (text.endsWith(':') ? text : `${text}:`) : text;
    box?.setRangeText(said, start, Math.min(value.length, start + length), 'end');
    items = [];
    show(-1);
    look();
  }

  box.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(look, QUIET); });
  box.addEventListener('focus', () => { if (box.value === '') look(); });
  box.addEventListener('blur', () => { asked++; items = []; show(-1); });
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && items.length > 0) { items = []; show(-1); event.preventDefault(); }
    if (items.length === 0) return;
    // What comes late must not move what somebody is choosing from.
    if (event.key.startsWith('Arrow')) { asked++; clearTimeout(timer); }
    if (event.key === 'ArrowDown') { show((chosen + 1) % items.length); event.preventDefault(); }
    if (event.key === 'ArrowUp') { show((chosen + items.length) % (items.length + 1) - 1); event.preventDefault(); }
    if ((event.key === 'Enter' || event.key === 'Tab') && chosen >= 0) { take(chosen); event.preventDefault(); }
  });
}
