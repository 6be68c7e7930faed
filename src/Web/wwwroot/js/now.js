// A picture that is wider than its window opens at now, not at its beginning.
const BEFORE = 0.45; // how much of the window shows what was before

for (const window of document.querySelectorAll('#main .scroll')) {
  const now = window.querySelector('.now');
  if (!now) continue;
  const [box, line] = [window.getBoundingClientRect(), now.getBoundingClientRect()];
  window.scrollLeft += (line.left + line.right) / 2 - box.left - box.width * BEFORE;
}
