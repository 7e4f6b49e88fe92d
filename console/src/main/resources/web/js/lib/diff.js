// A diff of lines: Myers' greedy algorithm, bounded.

// Beyond so many differing lines the two middles are shown as one removed and one added block.
const DIFFERENCES_MAX = 1500;

function commonStart(before, after) {
  let at = 0;
  while (at < before.length && at < after.length && before[at] === after[at]) {
    at += 1;
  }
  return at;
}

function commonEnd(before, after, start) {
  let size = 0;
  const most = Math.min(before.length, after.length) - start;
  while (size < most && before[before.length - 1 - size] === after[after.length - 1 - size]) {
    size += 1;
  }
  return size;
}

function furthest(before, after) {
  const trace = [];
  const reach = new Map([[1, 0]]);
  for (let d = 0; d <= Math.min(before.length + after.length, DIFFERENCES_MAX); d += 1) {
    trace.push(new Map(reach));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));
      let x = down ? reach.get(k + 1) : reach.get(k - 1) + 1;
      while (x < before.length && x - k < after.length && before[x] === after[x - k]) {
        x += 1;
      }
      reach.set(k, x);
      if (x >= before.length && x - k >= after.length) {
        return trace;
      }
    }
  }
  return null;
}

function walkBack(before, after, trace) {
  const steps = [];
  let x = before.length;
  let y = after.length;
  for (let d = trace.length - 1; d >= 0; d -= 1) {
    const reach = trace[d];
    const k = x - y;
    const down = k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));
    const fromK = down ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : reach.get(fromK);
    const fromY = d === 0 ? 0 : fromX - fromK;
    while (x > fromX && y > fromY) {
      x -= 1;
      y -= 1;
      steps.push({ kind: 'same', text: before[x] });
    }
    if (d > 0) {
      steps.push(down ? { kind: 'added', text: after[fromY] } : { kind: 'removed', text: before[fromX] });
      x = fromX;
      y = fromY;
    }
  }
  return steps.reverse();
}

function middle(before, after) {
  if (before.length > 0 && after.length > 0) {
    const trace = furthest(before, after);
    if (trace !== null) {
      return walkBack(before, after, trace);
    }
  }
  return [
    ...before.map((text) => ({ kind: 'removed', text })),
    ...after.map((text) => ({ kind: 'added', text })),
  ];
}

/** What leads from one list of lines to the other: `{kind: 'same' | 'removed' | 'added', text}` of each line, in order. */
export function diffLines(before, after) {
  const start = commonStart(before, after);
  const end = commonEnd(before, after, start);
  const same = (text) => ({ kind: 'same', text });
  return [
    ...before.slice(0, start).map(same),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(same),
  ];
}

/** The same with runs of equal lines folded down to `context` lines around each change: adds `{kind: 'folded', lines}`. */
export function folded(steps, context = 3) {
  const near = new Array(steps.length).fill(false);
  steps.forEach((step, index) => {
    if (step.kind !== 'same') {
      near.fill(true, Math.max(0, index - context), Math.min(steps.length, index + context + 1));
    }
  });
  const shown = [];
  steps.forEach((step, index) => {
    if (near[index]) {
      shown.push(step);
    } else if (shown.at(-1)?.kind === 'folded') {
      shown.at(-1).lines += 1;
    } else {
      shown.push({ kind: 'folded', lines: 1 });
    }
  });
  return shown;
}
