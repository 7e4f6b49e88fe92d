// Addresses of pages. Names of hosts and keys stand in the query: they may hold dots and slashes.
import { useEffect, useState } from './html.js';

const CHANGED = 'tailrace:navigated';
let guard = null;
let current = location.pathname + location.search;

/** An address within the console; parameters that are empty are left out. */
export function url(path, params = {}) {
  const given = Object.entries(params).filter(([, value]) => value !== '' && value !== null && value !== undefined && value !== false);
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return path + (search ? `?${search}` : '');
}

/** While set, leaving the page asks this question first; null ends that. */
export function setGuard(question) {
  guard = question;
}

/** Whether the page may be left; asks if there is a question. */
export function mayLeave() {
  if (guard === null || window.confirm(guard)) {
    guard = null;
    return true;
  }
  return false;
}

/** Goes to another page. */
export function go(target) {
  if (!mayLeave()) {
    return;
  }
  history.pushState(null, '', target);
  announce(true);
}

/** Writes the present page's filters into the address, without leaving it. */
export function keepInAddress(target) {
  if (target !== current) {
    history.replaceState(null, '', target);
    announce(false);
  }
}

function announce(moved) {
  current = location.pathname + location.search;
  window.dispatchEvent(new CustomEvent(CHANGED, { detail: { moved } }));
}

function clicked(event) {
  const link = event.target.closest?.('a[href]');
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || event.defaultPrevented || link.target || link.origin !== location.origin) {
    return;
  }
  if (link.pathname.startsWith('/api/') || link.hash) {
    return;
  }
  event.preventDefault();
  go(link.pathname + link.search);
}

function popped() {
  if (location.pathname + location.search === current) {
    return;
  }
  if (mayLeave()) {
    announce(true);
  } else {
    history.pushState(null, '', current);
  }
}

window.addEventListener('popstate', popped);
document.addEventListener('click', clicked);
window.addEventListener('beforeunload', (event) => {
  if (guard !== null) {
    event.preventDefault();
  }
});

/** The present address; `turn` counts the pages that were gone to. */
export function useAddress() {
  const read = () => ({ path: location.pathname, params: new URLSearchParams(location.search), turn: 0 });
  const [address, setAddress] = useState(read);
  useEffect(() => {
    const changed = (event) => setAddress((before) => ({ ...read(), turn: before.turn + (event.detail.moved ? 1 : 0) }));
    window.addEventListener(CHANGED, changed);
    return () => window.removeEventListener(CHANGED, changed);
  }, []);
  return address;
}
