(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('data').textContent);
  const { entries, clashes } = data;
  const $ = (id) => document.getElementById(id);
  const story = document.querySelector('details.story');
  story.open = false;
  addEventListener('beforeprint', () => { story.open = true; });
  if (entries.length === 0) return;
  $('stage').hidden = false;

  // What changes when: an entry comes and goes in one lane and the other.
  const first = new Map();
  for (const e of entries) first.set(e.id, Math.min(first.get(e.id) ?? Infinity, e.known));
  const moments = [...new Set(entries.flatMap((e) => [e.known, e.until, e.now ? e.at : null]).filter((t) => t !== null))].sort((a, b) => a - b);
  const [begin, end] = [moments[0], moments[moments.length - 1]];
  const today = Math.floor(begin / 864e5);

  const two = (n) => String(n).padStart(2, '0');
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const clock = (t) => { const d = new Date(t); return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`; };
  const day = (t) => { const d = new Date(t); return `${d.getUTCDate()} ${months[d.getUTCMonth()]}`; };
  const long = (ms) => {
    const s = Math.round(ms / 1000), m = Math.floor(s / 60), h = Math.floor(m / 60), d = Math.floor(h / 24);
    if (s < 60) return `${s} s`;
    if (m < 10 && s % 60) return `${m} min ${s % 60} s`;
    if (h < 1) return `${m} min`;
    if (h < 10 && m % 60) return `${h} h ${m % 60} min`;
    if (d < 1) return `${h} h`;
    return d < 10 && h % 24 ? `${d} d ${h % 24} h` : `${d} d`;
  };

  // The bar is in the time of who watches: where nothing changes for long, it is cut short.
  let cuts = [];
  const quietest = Math.max(6e4, Math.min(6e5, (end - begin) / 40));
  const lay = (skips) => {
    cuts = [];
    let watched = 0;
    for (let i = 0; i < moments.length; i++) {
      if (i > 0) {
        const gap = moments[i] - moments[i - 1];
        watched += skips ? Math.min(gap, quietest) : gap;
      }
      cuts.push({ story: moments[i], watched });
    }
  };
  const between = (value, from, to) => {
    let low = 0, high = cuts.length - 1;
    while (low < high) { const mid = (low + high + 1) >> 1; if (cuts[mid][from] <= value) low = mid; else high = mid - 1; }
    const a = cuts[low], b = cuts[low + 1];
    if (!b || b[from] === a[from]) return a[to];
    return a[to] + ((value - a[from]) / (b[from] - a[from])) * (b[to] - a[to]);
  };
  const watchedAt = (t) => between(t, 'story', 'watched');
  const storyAt = (w) => between(w, 'watched', 'story');
  const whole = () => cuts[cuts.length - 1].watched || 1;

  const make = (tag, cls, text) => { const e = document.createElement(tag); if (cls) e.className = cls; if (text !== undefined) e.textContent = text; return e; };
  const row = (e, lane) => {
    const li = make('li');
    li.hidden = true;
    const at = lane === 'fog' ? e.known : e.at;
    const time = make('time', '', clock(at));
    if (Math.floor(at / 864e5) !== today) time.append(make('small', '', day(at)));
    const body = make('div');
    body.append(make('p', '', e.text));
    const tags = make('div', 'tags');
    tags.append(make('span', `sort ${e.tone}`, e.sort), make('span', 'meta', e.by === e.source ? e.by : `${e.by} · ${e.source}`));
    const late = make('span', 'tag late');
    tags.append(late);
    if (e.version > 1) tags.append(make('span', 'tag fixed', 'corrected'));
    const back = make('span', 'tag back');
    tags.append(back);
    body.append(tags);
    li.append(time, body);
    if (e.clashes.length > 0 && e.now) {
      const more = make('details');
      more.append(make('summary', '', e.clashes.length > 1 ? `Contradicted (${e.clashes.length})` : 'Contradicted'));
      for (const one of e.clashes) more.append(make('p', '', clashes[one].text));
      li.append(more);
    }
    return { li, late, back };
  };

  const fog = entries.map((e) => ({ e, ...row(e, 'fog') })).sort((a, b) => b.e.known - a.e.known || b.e.seq - a.e.seq);
  const so = entries.filter((e) => e.now).map((e) => ({ e, ...row(e, 'so') })).sort((a, b) => b.e.at - a.e.at || b.e.seq - a.e.seq);
  for (const one of fog) {
    const lag = one.e.known - one.e.at;
    if (lag >= 1000 && one.e.version === 1) one.late.textContent = `happened ${long(lag)} before`;
    $('fog').append(one.li);
  }
  for (const one of so) $('so').append(one.li);
  const hush = (list, text) => { const li = make('li', 'hush', text); $(list).append(li); return li; };
  const [noFog, noSo] = [hush('fog', 'Nobody knows of anything yet.'), hush('so', 'Nothing has happened yet.')];

  const say = (e, text) => { if (e.textContent !== text) e.textContent = text; };
  const show = (one, isThere, isNew) => {
    if (one.li.hidden === !isThere) return;
    one.li.hidden = !isThere;
    one.li.classList.toggle('new', isThere && isNew);
  };
  let drawn = null;
  const draw = (t, isPlaying) => {
    let [known, happened, dark] = [0, 0, 0];
    for (const one of fog) {
      const { e } = one;
      const gone = e.until !== null && e.until <= t;
      const replaced = gone && !e.back;
      show(one, e.known <= t && !replaced, isPlaying);
      one.li.classList.toggle('taken', gone);
      say(one.back, gone ? 'taken back' : '');
      if (e.known <= t && !gone) known++;
    }
    for (const one of so) {
      const { e } = one;
      const learned = first.get(e.id), ghost = learned > t;
      show(one, e.at <= t, isPlaying);
      one.li.classList.toggle('ghost', ghost);
      say(one.late, ghost ? `nobody knows for ${long(learned - t)} more` : learned - e.at >= 1000 ? `known ${long(learned - e.at)} later` : '');
      if (e.at <= t) { happened++; if (ghost) dark++; }
    }
    noFog.hidden = known > 0;
    noSo.hidden = happened > 0;
    say($('known'), String(known));
    say($('happened'), String(happened));
    say($('dark'), dark > 0 ? `${dark} unknown` : '');
    say($('tab-dark'), dark > 0 ? ` · ${dark} unknown` : '');
  };

  let [at, playing, then] = [0, false, 0];
  const [slider, needle, play] = [$('slider'), $('needle'), $('play')];
  const place = (isPlaying) => {
    const t = storyAt(at);
    $('clock').textContent = clock(t);
    $('clock').dateTime = new Date(t).toISOString();
    $('day').textContent = `${day(t)} ${new Date(t).getUTCFullYear()}, UTC`;
    const x = (at / whole()) * 1000;
    needle.setAttribute('x1', x);
    needle.setAttribute('x2', x);
    slider.value = x;
    slider.setAttribute('aria-valuetext', `${clock(t)} ${day(t)}`);
    const second = Math.floor(t / 1000);
    if (drawn !== second || !isPlaying) { draw(t, isPlaying); drawn = second; }
  };
  const go = (w, isPlaying = false) => { at = Math.max(0, Math.min(whole(), w)); place(isPlaying); };
  const icons = { play: 'M2 1l10 6-10 6z', pause: 'M2 1h3.5v12H2zM8.5 1H12v12H8.5z' };
  const set = (isOn) => {
    playing = isOn;
    play.querySelector('path').setAttribute('d', isOn ? icons.pause : icons.play);
    play.querySelector('span').textContent = isOn ? 'Pause' : 'Play';
    if (isOn) { if (at >= whole()) go(0); then = performance.now(); requestAnimationFrame(run); }
  };
  const run = (now) => {
    if (!playing) return;
    go(at + (now - then) * Number($('speed').value), true);
    then = now;
    if (at >= whole()) set(false); else requestAnimationFrame(run);
  };
  const step = (by) => {
    const t = storyAt(at);
    const next = by > 0 ? moments.find((m) => m > t + 1) : moments.findLast((m) => m < t - 1);
    set(false);
    if (next !== undefined) go(watchedAt(next));
  };

  const svg = (tag, attributes) => { const e = document.createElementNS('http://www.w3.org/2000/svg', tag); for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v); return e; };
  const chart = () => {
    const ticks = $('ticks');
    ticks.replaceChildren();
    const x = (t) => (watchedAt(t) / whole()) * 1000;
    for (const one of so) {
      const [a, b] = [x(one.e.at), x(Math.min(first.get(one.e.id), end))];
      if (first.get(one.e.id) - one.e.at >= 1000) ticks.append(svg('rect', { class: 'dark', x: a, width: Math.max(0, b - a), y: 20, height: 6 }));
      ticks.append(svg('line', { class: 'so', x1: a, x2: a, y1: 28, y2: 44 }));
    }
    for (const one of fog) { const a = x(one.e.known); ticks.append(svg('line', { class: 'fog', x1: a, x2: a, y1: 2, y2: 18 })); }
    if ($('quiet').checked)
      for (let i = 1; i < cuts.length; i++)
        if (cuts[i].story - cuts[i - 1].story > quietest * 1.5) {
          const a = ((cuts[i].watched + cuts[i - 1].watched) / 2 / whole()) * 1000;
          ticks.append(svg('line', { class: 'break', x1: a, x2: a, y1: 0, y2: 46 }));
        }
    $('length').textContent = `${long(end - begin)}, watched in ${long(whole() / Number($('speed').value))}`;
  };
  const lanes = document.querySelector('.lanes');
  for (const tab of document.querySelectorAll('.tabs button'))
    tab.addEventListener('click', () => {
      lanes.dataset.shown = tab.value;
      for (const other of document.querySelectorAll('.tabs button')) other.setAttribute('aria-pressed', String(other === tab));
    });
  play.addEventListener('click', () => set(!playing));
  $('back').addEventListener('click', () => step(-1));
  $('next').addEventListener('click', () => step(1));
  slider.addEventListener('input', () => { set(false); go((slider.value / 1000) * whole()); });
  slider.addEventListener('keydown', (e) => {
    if (e.key === 'ArrowLeft' || e.key === 'ArrowRight') { e.preventDefault(); step(e.key === 'ArrowRight' ? 1 : -1); }
  });
  $('speed').addEventListener('change', chart);
  $('quiet').addEventListener('change', () => { const t = storyAt(at); lay($('quiet').checked); chart(); go(watchedAt(t)); });
  addEventListener('keydown', (e) => {
    if (e.target instanceof HTMLButtonElement || e.target instanceof HTMLSelectElement || e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === ' ' && e.target.tagName !== 'SUMMARY') { e.preventDefault(); set(!playing); }
    if (e.target !== slider && e.key === 'ArrowRight') step(1);
    if (e.target !== slider && e.key === 'ArrowLeft') step(-1);
  });
  lay(true);
  chart();
  go(0);
})();
