// A service that is hovered or focused keeps its neighbours; the rest of the map steps back.
const main = document.getElementById('main');

function show(event) {
  const svg = event.target.closest?.('svg.map') ?? main.querySelector('svg.map');
  if (!svg) return;
  const name = event.target.closest?.('[data-service]')?.dataset.service;
  svg.classList.toggle('dimmed', name !== undefined);
  const near = new Set([name]);
  for (const edge of svg.querySelectorAll('[data-from]')) {
    const { from, to } = edge.dataset;
    const lit = from === name || to === name;
    edge.classList.toggle('lit', lit);
    if (lit) near.add(from).add(to);
  }
  for (const service of svg.querySelectorAll('[data-service]')) service.classList.toggle('lit', near.has(service.dataset.service));
}

for (const kind of ['pointerover', 'focusin', 'focusout']) main.addEventListener(kind, show);
