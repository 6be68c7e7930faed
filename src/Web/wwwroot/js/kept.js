// What somebody has typed outlives their session: it stays in this tab while they sign in again, and stands in its form afterwards.
const TYPED = 'steady:typed';
const DOOR = 'steady:door'; // set by the sign-in page
const SKIPPED = ['hidden', 'password', 'file', 'submit', 'button'];

const who = () => document.querySelector('.rail .who')?.getAttribute('title') ?? '';
const fieldsOf = (form) => [...form.elements].filter((one) => one.name && !SKIPPED.includes(one.type));
const isTicked = (field) => field.type === 'checkbox' || field.type === 'radio';

function isChanged(field) {
  if (isTicked(field)) return field.checked !== field.defaultChecked;
  if (field.tagName !== 'SELECT') return field.value !== field.defaultValue;
  return field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
}

// Of several forms that do the same, each is about something.
const keyOf = (form) => `${form.getAttribute('action')} ${form.querySelector('[name=id], [name=entry]')?.value ?? ''}`;

/** Forms in which something was typed and not sent. */
export const typed = () => [...document.querySelectorAll('#main form[method=post]')].filter((form) => fieldsOf(form).some(isChanged));

export function keep(forms) {
  if (!forms.length) return;
  const kept = forms.map((form) => ({ key: keyOf(form), fields: fieldsOf(form).map((one) => [one.name, one.value, isTicked(one) ? one.checked : null]) }));
  sessionStorage.setItem(TYPED, JSON.stringify({ who: who(), forms: kept }));
}

function fill(form, fields) {
  const own = fieldsOf(form);
  fields.forEach(([name, value, ticked], index) => {
    const field = own[index]?.name === name ? own[index] : form.elements[name];
    if (!field) return;
    if (ticked === null) field.value = value;
    else field.checked = ticked;
  });
  for (let at = form.closest('details'); at; at = at.parentElement.closest('details')) at.open = true;
  own[0]?.dispatchEvent(new Event('input', { bubbles: true })); // what is said of it as one types
}

function restore() {
  const [text, through] = [sessionStorage.getItem(TYPED), sessionStorage.getItem(DOOR)];
  sessionStorage.removeItem(TYPED);
  sessionStorage.removeItem(DOOR);
  if (!text || !through) return;
  const kept = JSON.parse(text);
  if (kept.who !== who()) return; // somebody else sits here now
  const forms = [...document.querySelectorAll('#main form[method=post]')];
  const found = kept.forms.map((one) => ({ ...one, form: forms.find((form) => keyOf(form) === one.key) })).filter((one) => one.form);
  for (const one of found) fill(one.form, one.fields);
  if (!found.length) return;
  const note = document.createElement('p');
  note.className = 'offer';
  note.id = 'kept';
  note.setAttribute('role', 'status');
  note.textContent = 'Your session was over, so nothing was sent. What you typed stands here again.';
  document.getElementById('paged').after(note);
  found[0].form.scrollIntoView({ block: 'center' });
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.getAttribute('method') === 'post' && form.closest('#main')) keep([form]);
}, true);
restore();
