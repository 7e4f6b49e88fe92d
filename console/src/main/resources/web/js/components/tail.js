// Lines as they arrive. Each comes once; the newest stand on top.
import { html, useEffect, useRef, useState } from '../lib/html.js';
import { post } from '../lib/api.js';
import { number } from '../lib/format.js';
import { Failure, Note } from './messages.js';
import { Lines } from './lines.js';

const EVERY_MS = 2000;
const AFTER_FAILURE_MS = 5000;
const KEPT_MAX = 1000;

/** `asked` is what the search asks for, without times. */
export function Tail({ asked, stop }) {
  const [hits, setHits] = useState([]);
  const [paused, setPaused] = useState(false);
  const [problem, setProblem] = useState(null);
  const [skipped, setSkipped] = useState(false);
  const cursor = useRef(null);
  useEffect(() => {
    if (paused) {
      return undefined;
    }
    const abort = new AbortController();
    let timer = null;
    const ask = async () => {
      let wait = EVERY_MS;
      try {
        const answer = await post('/search/tail', { ...asked, cursor: cursor.current }, { signal: abort.signal });
        if (abort.signal.aborted) {
          return;
        }
        cursor.current = answer.cursor;
        setProblem(null);
        setSkipped(answer.truncated);
        if (answer.hits.length > 0) {
          setHits((before) => [...answer.hits.toReversed(), ...before].slice(0, KEPT_MAX));
        }
      } catch (failure) {
        if (abort.signal.aborted) {
          return;
        }
        setProblem(failure);
        wait = AFTER_FAILURE_MS;
      }
      timer = setTimeout(ask, wait);
    };
    ask();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [paused]);
  return html`
    <div class="bar"><strong role="status">${paused ? 'Live tail: paused' : 'Live tail: on'}</strong>
      <button type="button" aria-pressed=${paused} onClick=${() => setPaused(!paused)}>${paused ? 'Go on' : 'Pause'}</button>
      <button type="button" onClick=${stop}>End live tail</button>
      <button type="button" class="small" onClick=${() => setHits([])}>Clear</button>
      <span class="quiet">${number(hits.length)} lines${hits.length === KEPT_MAX ? ', older ones are dropped' : ''}</span></div>
    <${Failure} problem=${problem} />
    ${skipped && html`<${Note} kind="warn" live=${true}>More lines arrive than can be shown: some are left out. Filter to see all.<//>`}
    ${hits.length === 0 && !problem ? html`<p class="quiet">Waiting for lines…</p>` : html`<${Lines} hits=${hits} />`}`;
}
