// What every page has around its own: the header with its sections, the theme, the footer.

import { Component, type ComponentChildren } from "preact";
import { visible } from "./program-text.tsx";

interface FrameProps {
  sections: readonly { id: string; title: string }[];
  theme: string;
  setTheme: (theme: "light" | "dark") => void;
  version: string;
  created: string;
  children: ComponentChildren;
}

export function Frame({ sections, theme, setTheme, version, created, children }: FrameProps) {
  return (
    <>
      <a class="skip" href="#main">
        Skip to the report
      </a>
      <header class="top">
        <div class="bar">
          <span class="brand">
            <Flower />
            Speedwell
          </span>
          <nav aria-label="Sections">
            {sections.map(({ id, title }) => (
              <a key={id} href={`#${id}`}>
                {title}
              </a>
            ))}
          </nav>
          <button
            type="button"
            class="quiet theme"
            aria-pressed={theme === "dark"}
            onClick={() => setTheme(theme === "dark" ? "light" : "dark")}
          >
            {theme === "dark" ? "Light" : "Dark"}
            <span class="visually-hidden"> theme</span>
          </button>
        </div>
      </header>
      <main id="main">{children}</main>
      <footer>
        Made by Speedwell {visible(version)} on <time dateTime={created}>{readableDate(created)}</time>. This
        file holds everything it shows and asks no network.
      </footer>
    </>
  );
}

/** Keeps the rest of the report readable when one section meets data it cannot draw. */
export class Guard extends Component<{ children: ComponentChildren }, { failed: boolean }> {
  override state = { failed: false };
  override componentDidCatch(error: unknown) {
    console.error(error);
    this.setState({ failed: true });
  }
  override render() {
    return this.state.failed ? (
      <p class="warning">This part of the report could not be drawn.</p>
    ) : (
      this.props.children
    );
  }
}

export const readableDate = (iso: string): string => {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? visible(iso)
    : date.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
};

/** A speedwell's four petals. */
const Flower = () => (
  <svg class="flower" viewBox="0 0 24 24" aria-hidden="true">
    <ellipse cx="12" cy="6.4" rx="4.1" ry="5" />
    <ellipse cx="12" cy="17.6" rx="3.2" ry="4.4" />
    <ellipse cx="6.2" cy="12" rx="5" ry="4.1" />
    <ellipse cx="17.8" cy="12" rx="5" ry="4.1" />
    <circle cx="12" cy="12" r="2" />
  </svg>
);
