// @ts-check
// The columns of a timeline have no ids. Who an entry is that somebody looks at is asked for by its moment, and where an entry lies by its id.

/** @typedef {{ id: string, at: number, known: number, kind: string, text: string }} Named */

/** @param {string} path @param {Record<string, string | number>} by @param {number | null} at @returns {Promise<Named[]>} */
export async function entries(path, by, at) {
  const asked = new URLSearchParams(Object.entries(by).map(([name, value]) => [name, String(value)]));
  if (at !== null) asked.set('at', new Date(at).toISOString());
  const answer = await fetch(`${path}/entries?${asked}`, { headers: { accept: 'application/json' } }).catch(() => null);
  return answer?.ok ? answer.json() : [];
}
