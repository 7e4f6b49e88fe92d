// Lines over time. Dragging, or arrow keys with Shift and Enter, chooses a part of it.
import { html, useRef, useState } from '../lib/html.js';
import { count, when } from '../lib/format.js';

const HEIGHT = 72;
const WIDTH = 1000;

function partOf(marked) {
  return { first: Math.min(marked.from, marked.to), last: Math.max(marked.from, marked.to) };
}

function words(buckets, interval, marked) {
  const { first, last } = partOf(marked);
  const lines = buckets.slice(first, last + 1).reduce((sum, bucket) => sum + bucket.count, 0);
  return `${when(buckets[first].time)} to ${when(Date.parse(buckets[last].time) + interval)}: ${count(lines, 'line')}`;
}

export function Histogram({ histogram, choose }) {
  const { buckets, interval_ms: interval } = histogram;
  const frame = useRef(null);
  const [marked, setMarked] = useState(null);
  const [dragging, setDragging] = useState(false);
  if (buckets.length === 0) {
    return null;
  }
  const most = Math.max(1, ...buckets.map((bucket) => bucket.count));
  const width = WIDTH / buckets.length;
  const clamp = (index) => Math.max(0, Math.min(buckets.length - 1, index));
  const at = (event) => {
    const box = frame.current.getBoundingClientRect();
    return clamp(Math.floor(((event.clientX - box.left) / box.width) * buckets.length));
  };
  const take = (part) => {
    const { first, last } = partOf(part);
    choose(new Date(buckets[first].time).toISOString(), new Date(Date.parse(buckets[last].time) + interval).toISOString());
    setMarked(null);
  };
  const down = (event) => {
    event.currentTarget.setPointerCapture?.(event.pointerId);
    setDragging(true);
    setMarked({ from: at(event), to: at(event) });
  };
  const move = (event) => setMarked((before) => (dragging && before ? { ...before, to: at(event) } : { from: at(event), to: at(event) }));
  const up = (event) => {
    setDragging(false);
    if (marked) {
      take({ ...marked, to: at(event) });
    }
  };
  const pressed = (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) {
      event.preventDefault();
      const to = clamp((marked ? marked.to : step > 0 ? -1 : buckets.length) + step);
      setMarked({ from: event.shiftKey && marked ? marked.from : to, to });
    } else if (event.key === 'Enter' && marked) {
      take(marked);
    } else if (event.key === 'Escape') {
      setMarked(null);
    }
  };
  const { first, last } = marked ? partOf(marked) : {};
  return html`
    <div class="histogram">
      <svg ref=${frame} viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" tabindex="0" role="application" aria-roledescription="histogram"
        aria-label="Lines over time. Arrow keys move, with Shift they mark, Enter narrows the search to what is marked."
        onPointerDown=${down} onPointerMove=${move} onPointerUp=${up} onPointerCancel=${() => { setDragging(false); setMarked(null); }}
        onPointerLeave=${() => !dragging && setMarked(null)} onKeyDown=${pressed}>
        ${marked && html`<rect class="marked" x=${first * width} y="0" width=${(last - first + 1) * width} height=${HEIGHT} />`}
        ${buckets.map((bucket, index) => bucket.count > 0 && html`<rect key=${bucket.time} class="bar-of" x=${index * width + width * 0.08} width=${width * 0.84}
          y=${HEIGHT - Math.max(1.5, (bucket.count / most) * (HEIGHT - 4))} height=${Math.max(1.5, (bucket.count / most) * (HEIGHT - 4))} />`)}
        <line x1="0" x2=${WIDTH} y1=${HEIGHT} y2=${HEIGHT} class="ground" />
      </svg>
      <div class="axis"><span>${when(buckets[0].time)}</span><span role="status">${marked ? words(buckets, interval, marked) : `highest ${most.toLocaleString('en')}`}</span>
        <span>${when(Date.parse(buckets.at(-1).time) + interval)}</span></div>
    </div>`;
}
