// Logging in: as a page, and as a dialog over a page whose session has ended.
import { html, useEffect, useRef, useState } from '../lib/html.js';
import { login } from '../lib/api.js';
import { useTitle } from '../lib/hooks.js';
import { Failure } from '../components/messages.js';

export function LoginForm({ loggedIn }) {
  const user = useRef(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);
  useEffect(() => user.current.focus(), []);
  const submit = async (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    setBusy(true);
    setProblem(null);
    try {
      loggedIn(await login(form.get('user'), form.get('password')));
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  return html`
    <form class="login" onSubmit=${submit}>
      <label for="login-user">User</label>
      <input id="login-user" name="user" ref=${user} autocomplete="username" required />
      <label for="login-password">Password</label>
      <input id="login-password" name="password" type="password" autocomplete="current-password" required />
      <${Failure} problem=${problem} />
      <button class="main" disabled=${busy}>${busy ? 'Logging in…' : 'Log in'}</button>
    </form>`;
}

export function LoginPage({ loggedIn }) {
  useTitle('Log in');
  return html`<main class="page narrow"><h1>Tailrace</h1><p class="quiet">What is collected, and what arrived.</p><${LoginForm} loggedIn=${loggedIn} /></main>`;
}
