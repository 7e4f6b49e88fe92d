// Talks to /api/v1: the CSRF token, problem documents, and the news that a session began or ended.

const BASE = '/api/v1';
const TYPE = 'urn:tailrace:problem:';
const events = new EventTarget();
let token = null;

/** An answer that is no success, or that there was none (status 0). */
export class Problem extends Error {
  constructor(status, body, retryAfter = null) {
    super(body.detail || body.title || `The console answered ${status}.`);
    this.status = status;
    this.kind = String(body.type || '').replace(TYPE, '');
    this.title = body.title || 'Something went wrong';
    this.problems = Array.isArray(body.problems) ? body.problems : [];
    this.body = body;
    this.retryAfter = retryAfter;
  }

  /** Whether this is only the news that the session has ended, which the login form shows. */
  get isLogin() {
    return this.kind === 'login-required';
  }
}

function listen(name, handler) {
  events.addEventListener(name, handler);
  return () => events.removeEventListener(name, handler);
}

/** Calls back when an answer says that nobody is logged in; gives what ends that. */
export const onLoginRequired = (handler) => listen('login-required', handler);

/** Calls back after each login; gives what ends that. */
export const onLogin = (handler) => listen('login', handler);

/** A path below the API of segments that may hold anything, such as an etcd key with its slashes. */
export function keyPath(prefix, key) {
  return prefix + key.split('/').map(encodeURIComponent).join('/');
}

function address(path, query) {
  const given = Object.entries(query || {}).filter(([, value]) => value !== '' && value !== null && value !== undefined);
  const search = new URLSearchParams(given).toString();
  return BASE + path + (search ? `?${search}` : '');
}

async function readBody(response) {
  const type = response.headers.get('Content-Type') || '';
  if (response.status === 204 || !type.includes('json')) {
    return null;
  }
  try {
    return await response.json();
  } catch {
    return null;
  }
}

async function send(method, path, { query, body, match, signal }) {
  const headers = { Accept: 'application/json' };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  if (method !== 'GET' && token) {
    headers['X-CSRF-Token'] = token;
  }
  if (match !== undefined) {
    headers[match === 0 ? 'If-None-Match' : 'If-Match'] = match === 0 ? '*' : `"${match}"`;
  }
  try {
    return await fetch(address(path, query), {
      method, headers, signal, credentials: 'same-origin', body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    throw new Problem(0, {
      title: 'The console can’t be reached',
      detail: 'The console gave no answer. Check that it runs and that your network reaches it, then try again.',
    });
  }
}

/**
 * One call of the API. `match` is the revision that a change is based on, 0 if the key mustn't exist.
 * Gives the answer's body with its status; throws a Problem.
 */
async function call(method, path, options = {}) {
  let response = await send(method, path, options);
  let body = await readBody(response);
  if (response.status === 403 && String(body?.type).endsWith(':csrf')) {
    await session();
    response = await send(method, path, options);
    body = await readBody(response);
  }
  if (response.ok) {
    return body === null ? { status: response.status } : body;
  }
  const problem = new Problem(response.status, body || {}, Number(response.headers.get('Retry-After')) || null);
  if (problem.isLogin) {
    events.dispatchEvent(new Event('login-required'));
  }
  throw problem;
}

export const get = (path, query, signal) => call('GET', path, { query, signal });
export const post = (path, body, options = {}) => call('POST', path, { body, ...options });
export const put = (path, body, options = {}) => call('PUT', path, { body, ...options });
export const remove = (path, options = {}) => call('DELETE', path, options);

/** Who is logged in, and keeps the token that changes need. */
export async function session() {
  const answer = await call('GET', '/session');
  token = answer.csrf_token;
  return answer;
}

export async function login(user, password) {
  await session();
  const answer = await post('/login', { user, password });
  token = answer.csrf_token;
  return answer;
}

/** Tells all pages that they may ask again. */
export function announceLogin() {
  events.dispatchEvent(new Event('login'));
}

export async function logout() {
  await post('/logout');
  token = null;
}
