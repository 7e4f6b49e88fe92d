// One service and its log files, written for many hosts: tried, then done, in parts if it must be, and gone on with after a failure.
import { html, useEffect, useRef, useState } from '../lib/html.js';
import { get, post } from '../lib/api.js';
import { setGuard, url } from '../lib/router.js';
import { useLoad, useMayEdit, useTitle } from '../lib/hooks.js';
import { count } from '../lib/format.js';
import { parseList } from '../lib/jsontext.js';
import { EntryForm, useOpened } from '../components/entry-form.js';
import { idsOf } from '../components/labels.js';
import { Failure, Loading, Note } from '../components/messages.js';
import { Problems } from '../components/problems.js';
import { Text } from '../components/text.js';

const STORED = 'tailrace.service-request';
const IDS_SHOWN = 30;

function stored() {
  try {
    return JSON.parse(sessionStorage.getItem(STORED));
  } catch {
    return null;
  }
}

function keep(request) {
  try {
    if (request === null) {
      sessionStorage.removeItem(STORED);
    } else {
      sessionStorage.setItem(STORED, JSON.stringify(request));
    }
  } catch {
    // Without storage the work can only be gone on with as long as the page is open.
  }
}

function Ids({ title, ids }) {
  return ids.length > 0 && html`<details><summary>${title}: ${count(ids.length, 'host')}</summary>
    <p><${Text} value=${ids.slice(0, IDS_SHOWN).join(', ')} />${ids.length > IDS_SHOWN && ` and ${ids.length - IDS_SHOWN} more`}</p></details>`;
}

function Outcome({ answer, working }) {
  const done = answer.hosts_total - answer.remaining.length;
  const words = answer.state === 'dry_run'
    ? `Would change ${count(answer.changed.length, 'host')}, and leave ${answer.unchanged.length} as they are.`
    : answer.state === 'done' ? `Done: ${count(answer.changed.length, 'host')} changed, ${answer.unchanged.length} were so already.` : `${done} of ${answer.hosts_total} hosts done.`;
  return html`
    <div role="status"><p><strong>${words}</strong></p>
    ${answer.state === 'dry_run' && html`<p class="quiet">${answer.atomic ? 'All at once: it is done for all hosts or for none.' : 'Too much for one transaction of etcd: it is done in parts. If it stops halfway, it can be gone on with here.'}</p>`}</div>
    ${(working || answer.state === 'partial') && html`<progress max=${answer.hosts_total} value=${done} aria-label="Hosts done">${done}</progress>`}
    <${Ids} title="Changed" ids=${answer.changed} /><${Ids} title="As they were" ids=${answer.unchanged} /><${Ids} title="Still to do" ids=${answer.remaining} />`;
}

/** Sends the request until all its parts are done; each answer is told. */
async function finish(request, tell) {
  let before = null;
  for (;;) {
    const answer = await post('/services', request);
    tell(answer);
    if (answer.state !== 'partial' || (before !== null && answer.remaining.length >= before)) {
      return answer;
    }
    before = answer.remaining.length;
  }
}

function Unfinished({ request, drop, go }) {
  return html`<${Note} kind="warn">Writing service <strong><${Text} value=${request.service} /></strong> was not finished.
    <div class="bar"><button type="button" onClick=${go}>Go on with it</button><button type="button" onClick=${drop}>Leave it so</button></div><//>`;
}

function Where({ where, setWhere }) {
  const { data, problem } = useLoad((signal) => get('/labels', {}, signal), []);
  const set = (part) => setWhere({ ...where, ...part });
  const radio = (value, title) => html`<label class="inline"><input type="radio" name="by" checked=${where.by === value} onChange=${() => set({ by: value })} /> ${title}</label>`;
  return html`
    <fieldset><legend>Where</legend>
      <div class="bar">${radio('hosts', 'These hosts')}${radio('label', 'All hosts of a label')}</div>
      <${Failure} problem=${problem} />
      ${where.by === 'hosts'
        ? html`<label for="hosts">Host ids <span class="quiet">(one a line; ${count(idsOf(where.hosts).length, 'host')})</span></label>
          <textarea id="hosts" rows="5" spellcheck=${false} required value=${where.hosts} onInput=${(event) => set({ hosts: event.target.value })}></textarea>`
        : html`<label for="label">Label</label><select id="label" required value=${where.label} onChange=${(event) => set({ label: event.target.value })}>
          <option value="">choose one</option>${(data?.labels || []).map((label) => html`<option value=${label.name}>${label.name} (${label.hosts})</option>`)}</select>`}
    </fieldset>`;
}

function Writer({ name, known }) {
  const [service, setService] = useState(name);
  const [text, setText] = useState(() => JSON.stringify((known?.entries || []).map((entry) => ({ log_path: entry.path, ...(entry.id && { id: entry.id }), topic: entry.topic }))));
  const unfolded = useOpened(text);
  const [where, setWhere] = useState({ by: 'hosts', hosts: (known?.hosts_ids || []).join('\n'), label: '' });
  const [comment, setComment] = useState('');
  const [tried, setTried] = useState(null);
  const [answer, setAnswer] = useState(null);
  const [problem, setProblem] = useState(null);
  const [working, setWorking] = useState(false);
  const [left, setLeft] = useState(stored);
  const outcome = useRef(null);
  useEffect(() => {
    setGuard(working ? 'Hosts are still being written. Leave all the same? It can be gone on with on this page.' : null);
    return () => setGuard(null);
  }, [working]);
  const body = { service: service.trim(), entries: parseList(text) || [], comment: comment.trim(), ...(where.by === 'label' ? { label: where.label } : { hosts: idsOf(where.hosts) }) };
  const asked = JSON.stringify(body);
  const run = async (work) => {
    setWorking(true);
    setProblem(null);
    try {
      await work();
    } catch (failure) {
      setProblem(failure);
    }
    setWorking(false);
    outcome.current?.scrollIntoView({ block: 'nearest' });
  };
  const attempt = (event) => {
    event.preventDefault();
    run(async () => {
      setAnswer(null);
      setTried(null);
      setAnswer(await post('/services', { ...body, dry_run: true }));
      setTried(asked);
    });
  };
  const write = (request) => run(async () => {
    keep(request);
    setLeft(null);
    const last = await finish(request, setAnswer);
    setTried(null);
    if (last.state === 'done') {
      keep(null);
    } else {
      setLeft(request);
    }
  }).then(() => setLeft(stored()));
  const start = () => write({ ...body, request_id: `console-${crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`}`, dry_run: false });
  const drop = () => {
    keep(null);
    setLeft(null);
  };
  const fresh = tried === asked && answer?.state === 'dry_run';
  return html`
    ${left && !working && html`<${Unfinished} request=${left} drop=${drop} go=${() => write(left)} />`}
    <form class="stack" onSubmit=${attempt}>
      <label for="service">Service</label>
      <input id="service" required maxlength="250" value=${service} onInput=${(event) => setService(event.target.value)} />
      <fieldset><legend>Log files</legend>
        <${EntryForm} text=${text} change=${setText} problems=${problem ? problem.problems : []} hidden=${['service']} ...${unfolded} />
        <p class="hint">These take the place of all entries that the service has on each host’s own key. Entries of other services stay. No entry at all takes the service away.</p>
      </fieldset>
      <${Where} where=${where} setWhere=${setWhere} />
      <label for="comment">Comment <span class="quiet">(why; goes into the history)</span></label>
      <input id="comment" maxlength="500" value=${comment} onInput=${(event) => setComment(event.target.value)} />
      <div ref=${outcome}>
        <${Failure} problem=${problem} />
        ${problem && html`<${Problems} problems=${problem.problems} />`}
        ${answer && (answer.state !== 'dry_run' || fresh) && html`<${Outcome} answer=${answer} working=${working} />`}
      </div>
      <div class="bar actions">
        <button class=${fresh ? '' : 'main'} disabled=${working}>${working ? 'Working…' : 'Try without writing'}</button>
        <button type="button" class=${fresh ? 'main' : ''} disabled=${!fresh || working} onClick=${start}>Write ${fresh ? count(answer.changed.length, 'host') : ''}</button>
      </div>
    </form>`;
}

export function ServicePage({ params }) {
  const name = params.get('name') || '';
  const wanted = params.get('known') !== null;
  useTitle(name || 'Write a service');
  const mayEdit = useMayEdit();
  const { data, problem, reload } = useLoad((signal) => (wanted ? get(`/services/${encodeURIComponent(name)}`, {}, signal) : Promise.resolve({})), [name, wanted]);
  return html`
    <p class="crumbs"><a href="/services">Services</a></p>
    <h1 tabindex="-1">${wanted ? html`<${Text} value=${name || '(no service)'} />` : 'Write a service'}</h1>
    <${Failure} problem=${problem} retry=${reload} />
    ${!data && !problem && html`<${Loading} />`}
    ${data && wanted && html`<p>${count(data.hosts, 'host')}, ${count(data.keys, 'key')}${data.service !== '' && html` · <a href=${url('/logs', { service: data.service })}>Its logs</a>`}</p>
      <details open=${!mayEdit}><summary>Keys</summary><ul class="plain">${(data.keys_list || []).map((item) => html`<li><a href=${url('/entry', { key: item.key })}><${Text} value=${item.key} /></a></li>`)}</ul></details>`}
    ${data && mayEdit && (!wanted || name) && html`${wanted && html`<h2>Write it for many hosts</h2>
      <${Note} kind="warn">Paths, ids and topics are filled in as they are over all keys. Other fields, such as rates, are not: give those that are to stay.<//>`}<${Writer} name=${name} known=${wanted ? data : null} />`}`;
}
