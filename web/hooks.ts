// Small pieces of browser state for components.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** The width of an element in CSS pixels, kept up to date. */
export function useWidth<E extends Element>(initial = 640) {
  const element = useRef<E>(null);
  const [width, setWidth] = useState(initial);
  useLayoutEffect(() => {
    if (element.current === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return [element, width] as const;
}

/** Whether a media query holds now. */
export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const update = () => setMatches(list.matches);
    list.addEventListener("change", update);
    return () => list.removeEventListener("change", update);
  }, [query]);
  return matches;
}

export type Theme = "light" | "dark";

const STORED = "speedwell-theme";

/** The theme in use and how to change it: the system's until the reader chooses, then remembered where possible. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const systemDark = useMedia("(prefers-color-scheme: dark)");
  const [chosen, setChosen] = useState<Theme | null>(() => {
    try {
      const stored = localStorage.getItem(STORED);
      return stored === "light" || stored === "dark" ? stored : null;
    } catch {
      return null; // A page opened from disk may have no storage.
    }
  });
  useLayoutEffect(() => {
    if (chosen !== null) document.documentElement.dataset.theme = chosen;
  }, [chosen]);
  const choose = (theme: Theme) => {
    setChosen(theme);
    try {
      localStorage.setItem(STORED, theme);
    } catch {
      // Then the choice lasts as long as the page.
    }
  };
  return [chosen ?? (systemDark ? "dark" : "light"), choose];
}

/** The colours of the page as a canvas needs them: custom properties resolved for the theme in use. */
export function resolveColours<Name extends string>(
  within: Element,
  names: readonly Name[],
): Record<Name, string> {
  const probe = document.createElement("span");
  within.append(probe);
  const result = {} as Record<Name, string>;
  for (const name of names) {
    probe.style.color = `var(--${name})`;
    result[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return result;
}
