// What every page and component needs of Preact, from one place.
import { Fragment, createContext, h, render } from '../../vendor/preact.mjs';
import { useCallback, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from '../../vendor/hooks.mjs';
import htm from '../../vendor/htm.mjs';

const html = htm.bind(h);

export {
  Fragment, createContext, html, render, useCallback, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState,
};
