// What is said instead of, or above, a page's content: waiting, failures, nothing there.
import { html } from '../lib/html.js';
import { Text } from './text.js';

const NEXT_STEPS = {
  'store-unavailable': 'The console goes on asking etcd. Check that etcd runs and that the console’s endpoints and password are right.',
  'search-unavailable': 'Check that Elasticsearch runs and that the console reaches it.',
  'search-not-configured': 'Set elasticsearch.connection.url in the console’s properties file and start it anew.',
  'too-many-requests': 'Wait a moment, then try again.',
  forbidden: 'Ask somebody with the role editor.',
  internal: 'The console’s log has more under this number.',
};

export function Loading({ what = 'Loading' }) {
  return html`<p class="quiet" role="status">${what}…</p>`;
}

/** A failure with what to do about it, read out when it comes up. */
export function Failure({ problem, retry }) {
  if (!problem || problem.isLogin) {
    return null;
  }
  const next = NEXT_STEPS[problem.kind];
  return html`
    <div class="notice bad" role="alert">
      <div><strong>${problem.title || 'Something went wrong'}</strong></div>
      <div><${Text} value=${problem.message} />${problem.retryAfter ? ` Try again in ${problem.retryAfter} s.` : ''}</div>
      ${next && html`<div>${next}</div>`}
      ${retry && html`<button type="button" class="small" onClick=${retry}>Try again</button>`}
    </div>`;
}

export function Note({ kind = 'info', children, live = false }) {
  return html`<div class=${`notice ${kind}`} role=${live ? 'status' : undefined}>${children}</div>`;
}

export function Empty({ title, children }) {
  return html`<div class="empty"><p><strong>${title}</strong></p>${children}</div>`;
}
