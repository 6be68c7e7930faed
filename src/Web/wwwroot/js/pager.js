// Pages for whoever is signed in, at the top of every page; and as a notification of the browser where that is allowed.
const box = document.getElementById('paged');
const ask = document.getElementById('notify');
const REST = 10_000;
const TOLD = 'steady-told';
let asking = false, again = false;

function told() {
  try { return JSON.parse(localStorage.getItem(TOLD)) ?? []; } catch { return []; }
}

function notify() {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const known = told();
  for (const call of box.querySelectorAll('[data-page]')) {
    const { page, title, text, href } = call.dataset;
    if (known.includes(page)) continue;
    known.push(page);
    // Of several tabs one shows it: the tag is the page's own.
    const shown = new Notification(title, { body: text, tag: page, requireInteraction: true });
    shown.onclick = () => { window.focus(); location.assign(href); };
  }
  localStorage.setItem(TOLD, JSON.stringify(known.slice(-100)));
}

// Somebody may be pressing the button that the news would replace: only other calls replace what is shown.
const key = (root) => [...root.querySelectorAll('[data-page]')].map((call) => call.dataset.page + call.querySelectorAll('form').length).join();

async function refresh() {
  if (asking) { again = true; return; }
  asking = true;
  try {
    const back = encodeURIComponent(location.pathname + location.search);
    const answer = await fetch(`/fragments/pager?back=${back}`, { headers: { accept: 'text/html' } });
    if (answer.ok) {
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').body;
      if (key(fresh) !== key(box)) box.replaceChildren(...fresh.children);
      notify();
    }
  } catch { /* the next event or beat asks again */ }
  asking = false;
  if (again) { again = false; refresh(); }
}

document.addEventListener('steady:news', refresh);
setInterval(refresh, REST);
if ('Notification' in window && Notification.permission === 'default') {
  ask.hidden = false;
  ask.addEventListener('click', async () => { await Notification.requestPermission(); ask.hidden = true; notify(); });
}
notify();
