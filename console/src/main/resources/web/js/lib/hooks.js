// Loading, delaying, and who is logged in.
import { createContext, useCallback, useContext, useEffect, useState } from './html.js';
import { onLogin } from './api.js';

export const Session = createContext(null);
export const ConsoleFacts = createContext(null);

/** Whether the present user may change things. */
export function useMayEdit() {
  return useContext(Session)?.role === 'editor';
}

/**
 * What `load(signal)` gives: `data` (the last good answer), `problem`, `loading`, `reload()`. Asks again when `deps` change,
 * after a login, and `every` milliseconds after each answer while the page is seen. Only the newest question's answer counts.
 */
export function useLoad(load, deps, { every = 0 } = {}) {
  const [state, setState] = useState({ data: null, problem: null, loading: true });
  const [turn, setTurn] = useState(0);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  useEffect(() => onLogin(reload), []);
  useEffect(() => {
    const abort = new AbortController();
    let timer = null;
    const again = () => {
      timer = setTimeout(() => (document.hidden ? again() : ask()), every);
    };
    const ask = async () => {
      let next;
      try {
        const data = await load(abort.signal);
        next = () => ({ data, problem: null, loading: false });
      } catch (problem) {
        next = (before) => ({ data: before.data, problem, loading: false });
      }
      if (!abort.signal.aborted) {
        setState(next);
        if (every > 0) {
          again();
        }
      }
    };
    setState((before) => ({ ...before, loading: true }));
    ask();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [...deps, turn]);
  return { ...state, reload };
}

/** The value as it was when it last stood still for that long. */
export function useSettled(value, millis = 300) {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), millis);
    return () => clearTimeout(timer);
  }, [value, millis]);
  return settled;
}

export function useTitle(title) {
  useEffect(() => {
    document.title = `${title} · Tailrace`;
  }, [title]);
}
