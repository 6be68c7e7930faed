// What the forms of the review do by themselves happens here without a new page: the answer's parts are swapped, the list stays
// where it is scrolled to. An entry may also be dragged into the story, or out of it: that sends the same forms.
const said = document.getElementById('said');
const PARTS = ['head', 'strip', 'facts', 'log', 'story'];
const TYPE = 'application/x-steady-entry';
let sending = false;

/** @param {HTMLFormElement} form */
async function send(form) {
  if (sending) return;
  sending = true;
  const item = form.closest('li');
  const next = item?.nextElementSibling ?? item?.previousElementSibling;
  try {
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(/** @type {any} */ (new FormData(form))) });
    if (!answer.ok || new URL(answer.url).pathname === '/login') return form.submit(); // the refusal is a page of its own, with what was typed
    swap(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    say(form.action, item);
    focus(item?.id, next?.id);
  } catch {
    form.submit();
  } finally {
    sending = false;
  }
}

/** @param {Document} fresh */
function swap(fresh) {
  for (const id of PARTS) {
    const [old, now] = [document.getElementById(id), fresh.getElementById(id)];
    if (old && now) old.replaceWith(document.adoptNode(now));
  }
  document.querySelector('.refusal')?.remove();
}

/** @param {string} action @param {Element | null} item */
function say(action, item) {
  const what = item?.querySelector('.text, .fact')?.textContent ?? '';
  const words = action.endsWith('/tell') ? 'Taken into the story' : action.endsWith('/leave-out') ? 'Taken out of the story' : 'Kept';
  said.textContent = what ? `${words}: ${what}` : words;
}

// The button that was pressed may be gone: who works by keyboard goes on with the entry after it.
function focus(id, next) {
  for (const place of [id, next]) {
    const button = place && document.getElementById(place)?.querySelector('button, summary');
    if (button instanceof HTMLElement) return button.focus({ preventScroll: true });
  }
}

function letGo() {
  delete document.body.dataset.dragging;
  document.querySelector('[data-dragged]')?.removeAttribute('data-dragged');
}

const formFor = (id, to) =>
  /** @type {HTMLFormElement | null} */ (document.querySelector(to === 'story' ? `#log li[data-entry="${id}"] form` : `#story li[data-entry="${id}"] form[action$="/leave-out"]`));

document.addEventListener('submit', (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.matches('[data-swap]')) return;
  event.preventDefault();
  send(form);
});
document.addEventListener('dragstart', (event) => {
  const item = /** @type {Element} */ (event.target).closest?.('li[data-entry]');
  if (!item) return;
  event.dataTransfer.setData(TYPE, item.getAttribute('data-entry'));
  event.dataTransfer.effectAllowed = 'move';
  document.body.dataset.dragging = item.closest('#story') ? 'out' : 'in';
  item.setAttribute('data-dragged', ''); // its part is left as it is meanwhile
});
document.addEventListener('dragend', letGo);
document.addEventListener('dragover', (event) => {
  if (event.dataTransfer.types.includes(TYPE) && /** @type {Element} */ (event.target).closest('#story, #log')) event.preventDefault();
});
document.addEventListener('drop', (event) => {
  const id = event.dataTransfer.getData(TYPE);
  const place = /** @type {Element} */ (event.target).closest('#story, #log');
  if (!id || !place) return;
  event.preventDefault();
  letGo(); // what is taken away does not say itself that it was let go
  const form = formFor(CSS.escape(id), place.id);
  if (form) send(form);
});
document.body.dataset.drags = '';
