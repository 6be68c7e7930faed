// The slider under the picture: moves at once, and the page follows when it is let go.
const slider = document.getElementById('at');
if (slider) {
  const shown = slider.form.querySelector('output');
  const isLive = () => Number(slider.value) >= Number(slider.max);
  const iso = () => new Date(Number(slider.value)).toISOString();
  slider.addEventListener('input', () => {
    shown.textContent = isLive() ? 'live' : iso().slice(11, 19);
    slider.setAttribute('aria-valuetext', shown.textContent);
  });
  slider.addEventListener('change', () => {
    const to = new URL(slider.form.action);
    const whole = slider.form.elements.namedItem('whole');
    if (whole) to.searchParams.set('whole', 'true');
    if (!isLive()) to.searchParams.set('at', iso());
    location.assign(to);
  });
}
