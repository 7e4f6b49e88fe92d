// What has arrived: search, histogram, filters, documents, live tail.
import { html, useContext, useEffect, useMemo, useState } from '../lib/html.js';
import { post } from '../lib/api.js';
import { keepInAddress, url } from '../lib/router.js';
import { ConsoleFacts, useLoad, useTitle } from '../lib/hooks.js';
import { number } from '../lib/format.js';
import { endsOf, rangeOf, rangeParams } from '../lib/ranges.js';
import { Empty, Failure, Loading, Note } from '../components/messages.js';
import { Facets } from '../components/facets.js';
import { Histogram } from '../components/histogram.js';
import { Lines } from '../components/lines.js';
import { Tail } from '../components/tail.js';
import { Text } from '../components/text.js';
import { TimeRange } from '../components/time-range.js';

const SIZE = 100;
const SIZE_UNKNOWN = 50;
const PLACEHOLDER = 'words, "a phrase", prefix*, one | other, -without';

function read(params) {
  const some = (name) => params.getAll(name).flatMap((value) => value.split('\u001f')).filter((value) => value !== '');
  return { query: params.get('query') || '', range: rangeOf(params), filters: { service: some('service'), host: some('host'), level: some('level') } };
}

function addressOf({ query, range, filters }) {
  const joined = Object.fromEntries(Object.entries(filters).map(([name, values]) => [name, values.join('\u001f')]));
  return url('/logs', { query, ...rangeParams(range), ...joined });
}

function Total({ data }) {
  const { value, relation } = data.total;
  return html`<span role="status"><strong>${relation === 'gte' ? 'more than ' : ''}${number(value)}</strong> ${value === 1 ? 'line' : 'lines'} <span class="quiet">in ${number(data.took_ms)} ms</span></span>`;
}

function NoLines({ widen, filtered }) {
  return html`<${Empty} title="No lines found"><p>Try ${filtered && 'fewer words or filters, or '}a longer time: <button type="button" class="small" onClick=${widen}>Last 24 hours</button></p>
    <p>If a host’s lines should be here, see on <a href="/hosts">Hosts</a> whether it is healthy and how far behind it is.</p><//>`;
}

/** Pages behind the first, until the question changes. */
function useMore(body, first) {
  const [more, setMore] = useState({ of: null, hits: [], cursor: null, busy: false, problem: null });
  const mine = more.of === first ? more : { of: first, hits: [], cursor: first?.cursor ?? null, busy: false, problem: null };
  const load = async () => {
    setMore({ ...mine, busy: true, problem: null });
    let next;
    try {
      const answer = await post('/search', { ...body, from: first.from, to: first.to, cursor: mine.cursor, histogram: false, facets: false });
      next = { ...mine, hits: [...mine.hits, ...answer.hits], cursor: answer.cursor, busy: false };
    } catch (problem) {
      next = { ...mine, busy: false, problem };
    }
    setMore((now) => (now.of === first ? next : now));
  };
  return { ...mine, load };
}

function Results({ asked, size, turn, setRange, change, filters, filtered }) {
  const body = { ...asked.body, size, order: 'desc', histogram: true, facets: true };
  const { data, problem, loading, reload } = useLoad((signal) => post('/search', { ...body, ...endsOf(asked.range, Date.now()) }, { signal }), [JSON.stringify(asked), turn]);
  const more = useMore({ ...asked.body, size, order: 'desc' }, data);
  const hits = data ? [...data.hits, ...more.hits] : [];
  return html`
    <${Failure} problem=${problem} retry=${reload} />
    ${!data && !problem && html`<${Loading} what="Searching" />`}
    ${data && html`
      ${data.partial && html`<${Note} kind="warn" live=${true}>The result isn’t whole: <${Text} value=${data.reason} /><//>`}
      ${data.histogram && data.total.value > 0 && html`<${Histogram} histogram=${data.histogram} choose=${(from, to) => setRange({ from, to })} />`}
      <div class="with-side" aria-busy=${loading}>
        <${Facets} facets=${data.facets} filters=${filters} change=${change} />
        <div class="main-part">
          <div class="bar"><${Total} data=${data} />${loading && html`<span class="quiet">Searching…</span>`}</div>
          ${hits.length === 0 ? html`<${NoLines} filtered=${filtered} widen=${() => setRange({ quick: '24h' })} />` : html`<${Lines} hits=${hits} />`}
          <${Failure} problem=${more.problem} />
          ${more.cursor && hits.length > 0 && html`<div class="bar"><button type="button" disabled=${more.busy} onClick=${more.load}>${more.busy ? 'Loading…' : 'Load older lines'}</button>
            <span class="quiet">${number(hits.length)} shown</span></div>`}
        </div>
      </div>`}`;
}

export function LogsPage({ params }) {
  useTitle('Logs');
  const facts = useContext(ConsoleFacts);
  const start = useMemo(() => read(params), []);
  const [typed, setTyped] = useState(start.query);
  const [query, setQuery] = useState(start.query);
  const [range, setRange] = useState(start.range);
  const [filters, setFilters] = useState(start.filters);
  const [turn, setTurn] = useState(0);
  const [live, setLive] = useState(params.get('live') === 'on');
  useEffect(() => keepInAddress(addressOf({ query, range, filters })), [query, range, filters]);
  const body = { query, ...filters };
  const submit = (event) => {
    event.preventDefault();
    setQuery(typed.trim());
    setTurn(turn + 1);
  };
  if (facts && !facts.search.configured) {
    return html`<h1 tabindex="-1">Logs</h1><${Empty} title="The console doesn’t know where the lines are">
      <p>Set <code>elasticsearch.connection.url</code> in the console’s properties file and start it anew.</p><//>`;
  }
  return html`
    <h1 tabindex="-1">Logs</h1>
    <form class="bar search" role="search" onSubmit=${submit}>
      <input class="query" type="search" aria-label="Words to search for" aria-describedby="query-hint" placeholder=${PLACEHOLDER} maxlength="1000" value=${typed} onInput=${(event) => setTyped(event.target.value)} />
      <${TimeRange} range=${range} change=${setRange} />
      <button class="main">Search</button>
      <button type="button" aria-pressed=${live} onClick=${() => { setQuery(typed.trim()); setLive(!live); }}>Live tail</button>
      <span class="hint" id="query-hint">All words must be there. Times are those of your browser, ${Intl.DateTimeFormat().resolvedOptions().timeZone || 'local time'}.</span>
    </form>
    ${live
      ? html`<${Tail} key=${JSON.stringify(body)} asked=${body} stop=${() => setLive(false)} />`
      : html`<${Results} asked=${{ body, range }} size=${Math.min(SIZE, facts?.search.hits_max ?? SIZE_UNKNOWN)} turn=${turn} setRange=${setRange} filters=${filters} change=${setFilters}
          filtered=${query !== '' || Object.values(filters).some((values) => values.length > 0)} />`}`;
}
