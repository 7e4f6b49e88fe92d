// Somebody else changed the key meanwhile: both versions beside each other.
import { html, useEffect, useRef } from '../lib/html.js';
import { when } from '../lib/format.js';
import { Difference } from './difference.js';
import { Text } from './text.js';

function Version({ title, children, base, text }) {
  return html`<section><h3>${title}</h3>${children}
    <${Difference} before=${base} after=${text} label=${title} />
    <details><summary>Whole text</summary>${text === null ? html`<p class="quiet">The key doesn’t exist.</p>` : html`<pre tabindex="0"><${Text} value=${text} /></pre>`}</details></section>`;
}

/** `mine` null: it was to be deleted. */
export function Conflict({ base, conflict, mine, takeTheirs, putMine, goOn }) {
  const head = useRef(null);
  const theirs = conflict.current;
  useEffect(() => head.current.focus(), []);
  return html`
    <div role="alert"><h2 tabindex="-1" ref=${head}>Somebody else changed this key</h2>
      <p>Nothing of yours is saved or lost yet. Both versions are shown as changes of what you began with, revision ${conflict.yours.based_on ?? base.revision}.</p></div>
    <div class="columns">
      <${Version} title="Theirs" base=${base.text} text=${theirs.text}>
        <p class="quiet">${theirs.revision > 0 ? `Revision ${theirs.revision}` : 'Deleted'}${theirs.author ? html`, by <${Text} value=${theirs.author} /> at ${when(theirs.time)}` : ', outside of the console'}
          ${theirs.comment && html` “<${Text} value=${theirs.comment} />”`}</p><//>
      <${Version} title="Yours" base=${base.text} text=${mine}><p class="quiet">Not saved</p><//>
    </div>
    <div class="bar">
      <button type="button" onClick=${takeTheirs}>Take theirs, drop mine</button>
      <button type="button" onClick=${putMine}>${mine === null ? 'Delete theirs too' : 'Put mine on top'}</button>
      <button type="button" onClick=${goOn}>Go on editing mine</button>
    </div>
    <p class="hint">Putting yours on top replaces theirs as a whole. You see the difference to theirs before anything is saved.</p>`;
}
