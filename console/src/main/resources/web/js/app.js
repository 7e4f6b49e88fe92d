// The frame around the pages: who is logged in, navigation, what concerns all pages.
import { html, render, useEffect, useRef, useState } from './lib/html.js';
import { announceLogin, get, logout, onLoginRequired, session as readSession } from './lib/api.js';
import { mayLeave, setGuard, useAddress } from './lib/router.js';
import { ConsoleFacts, Session, useLoad } from './lib/hooks.js';
import { applyTheme, Theme } from './components/theme.js';
import { Failure, Loading, Note } from './components/messages.js';
import { Text } from './components/text.js';
import { LoginForm, LoginPage } from './pages/login.js';
import { HostsPage } from './pages/hosts.js';
import { HostPage } from './pages/host.js';
import { EntriesPage } from './pages/entries.js';
import { KeyPage } from './pages/key.js';
import { ServicesPage } from './pages/services.js';
import { ServicePage } from './pages/service.js';
import { HistoryPage } from './pages/history.js';
import { ChangePage } from './pages/change.js';
import { LogsPage } from './pages/logs.js';

const FACTS_EVERY_MS = 20_000;
const PAGES = {
  '/': { page: HostsPage, part: '/hosts' },
  '/hosts': { page: HostsPage, part: '/hosts' },
  '/host': { page: HostPage, part: '/hosts', by: 'id' },
  '/entries': { page: EntriesPage, part: '/entries' },
  '/entry': { page: KeyPage, part: '/entries', by: 'key' },
  '/services': { page: ServicesPage, part: '/services' },
  '/service': { page: ServicePage, part: '/services' },
  '/history': { page: HistoryPage, part: '/history' },
  '/change': { page: ChangePage, part: '/history', by: 'version' },
  '/logs': { page: LogsPage, part: '/logs' },
};
const PARTS = [['/hosts', 'Hosts'], ['/entries', 'Entries'], ['/services', 'Services'], ['/history', 'History'], ['/logs', 'Logs']];

function Header({ part, session, leave }) {
  return html`
    <header class="top">
      <a class="brand" href="/hosts"><svg width="18" height="18" viewBox="0 0 16 16" aria-hidden="true"><path d="M2 4h12M2 8h8M2 12h5" stroke="currentColor" stroke-width="2" stroke-linecap="round" /></svg>Tailrace</a>
      <nav aria-label="Pages">${PARTS.map(([path, name]) => html`<a href=${path} aria-current=${path === part ? 'page' : undefined}>${name}</a>`)}</nav>
      <div class="who">
        <${Theme} />
        <span class="user" title=${session.role}><${Text} value=${session.user} /> <span class="quiet">${session.role}</span></span>
        ${session.mode === 'users' && html`<button type="button" class="small" onClick=${leave}>Log out</button>`}
      </div>
    </header>`;
}

function LoginAgain({ mode, loggedIn }) {
  const dialog = useRef(null);
  useEffect(() => dialog.current.showModal(), []);
  return html`
    <dialog ref=${dialog} aria-labelledby="again" onCancel=${(event) => event.preventDefault()}>
      <h2 id="again">Your session has ended</h2>
      ${mode === 'users'
        ? html`<p>Log in to go on where you were.</p><${LoginForm} loggedIn=${loggedIn} />`
        : html`<p>Load the page again to log in. Copy first what you haven’t saved.</p>
          <button type="button" class="main" onClick=${() => { setGuard(null); location.reload(); }}>Load again</button>
          <button type="button" onClick=${() => dialog.current.close()}>Back to the page</button>`}
    </dialog>`;
}

function NotFound() {
  return html`<h1 tabindex="-1">There is no such page</h1><p>Go to <a href="/hosts">Hosts</a>.</p>`;
}

function StoreNotice({ facts }) {
  return facts && !facts.store.reachable && html`<${Note} kind="warn" live=${true}>
    <strong>etcd can’t be reached.</strong> Lists are as of the last reading, and nothing can be saved. <${Text} value=${facts.store.error} /><//>`;
}

function Frame({ session, address, leave }) {
  const { data: facts } = useLoad((signal) => get('/console', {}, signal), [], { every: FACTS_EVERY_MS });
  const main = useRef(null);
  const known = PAGES[address.path];
  const key = `${address.path} ${known?.by ? address.params.get(known.by) : ''} ${address.turn}`;
  useEffect(() => {
    if (address.turn > 0) {
      window.scrollTo(0, 0);
      (main.current.querySelector('h1') || main.current).focus({ preventScroll: true });
    }
  }, [key]);
  const Page = known ? known.page : NotFound;
  return html`
    <${Session.Provider} value=${session}><${ConsoleFacts.Provider} value=${facts}>
      <a class="skip" href="#main" onClick=${(event) => { event.preventDefault(); main.current.focus(); }}>To the content</a>
      <${Header} part=${known?.part} session=${session} leave=${leave} />
      <main id="main" class="page" tabindex="-1" ref=${main}>
        <${StoreNotice} facts=${facts} />
        <${Page} key=${key} params=${address.params} />
      </main>
    <//><//>`;
}

function App() {
  const address = useAddress();
  const [session, setSession] = useState(null);
  const [problem, setProblem] = useState(null);
  const [ended, setEnded] = useState(false);
  const begin = () => {
    setProblem(null);
    readSession().then(setSession, setProblem);
  };
  useEffect(begin, []);
  useEffect(() => onLoginRequired(() => setEnded(true)), []);
  if (session === null) {
    return html`<main class="page">${problem ? html`<h1>Tailrace</h1><${Failure} problem=${problem} retry=${begin} />
      ${problem.isLogin && html`<${Note} kind="bad"><${Text} value=${problem.message} /><//>`}` : html`<${Loading} />`}</main>`;
  }
  const loggedIn = (next) => {
    setSession(next);
    setEnded(false);
    announceLogin();
  };
  if (!session.user) {
    return html`<${LoginPage} loggedIn=${loggedIn} />`;
  }
  const leave = async () => {
    if (!mayLeave()) {
      return;
    }
    try {
      await logout();
    } finally {
      location.assign('/hosts');
    }
  };
  return html`<${Frame} session=${session} address=${address} leave=${leave} />
    ${ended && html`<${LoginAgain} mode=${session.mode} loggedIn=${loggedIn} />`}`;
}

applyTheme();
render(html`<${App} />`, document.getElementById('app'));
