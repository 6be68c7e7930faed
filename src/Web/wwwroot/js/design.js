// The plan follows what is typed: one question in flight, and the newest wish is the one that is answered next.
const form = /** @type {HTMLFormElement} */ (document.getElementById('design'));
const preview = document.getElementById('preview');
const QUIET = 250; // who types is not asked after at each letter
let asking = false, again = false, wait;

async function check() {
  if (asking) { again = true; return; }
  asking = true;
  try {
    const answer = await fetch(form.dataset.check, { method: 'POST', body: new URLSearchParams(/** @type {any} */ (new FormData(form))) });
    if (answer.status === 401) document.dispatchEvent(new Event('steady:signed-out'));
    else if (answer.ok) {
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
      preview.replaceChildren(...[...fresh.body.children].map((part) => document.adoptNode(part)));
    }
  } catch { /* what is typed next asks again */ }
  asking = false;
  if (again) { again = false; check(); }
}

document.getElementById('check')?.setAttribute('hidden', '');
form.addEventListener('input', () => { clearTimeout(wait); wait = setTimeout(check, QUIET); });
form.addEventListener('change', check);
