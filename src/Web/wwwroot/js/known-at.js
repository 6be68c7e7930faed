// The slider under the picture: moves at once, and the page follows when it is let go. L goes back to what is.
const slider = document.getElementById('at');
if (slider) {
  const shown = slider.form.querySelector('output');
  const isLive = () => Number(slider.value) >= Number(slider.max);
  const iso = () => new Date(Number(slider.value)).toISOString();
  const text = () => (slider.dataset.day === undefined ? iso().slice(11, 19) : `${iso().slice(5, 10)} ${iso().slice(11, 16)}`);
  slider.addEventListener('input', () => {
    shown.textContent = isLive() ? 'live' : text();
    slider.setAttribute('aria-valuetext', shown.textContent);
  });
  slider.addEventListener('change', () => {
    const to = new URL(slider.form.action);
    for (const kept of slider.form.querySelectorAll('input[type=hidden]')) to.searchParams.set(kept.name, kept.value);
    if (!isLive()) to.searchParams.set('at', iso());
    location.assign(to);
  });
}
document.addEventListener('keydown', (event) => {
  if (event.key.toLowerCase() !== 'l' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches('input:not([type=range]), textarea, select')) return;
  document.querySelector('.pastbar [data-back]')?.click();
});
