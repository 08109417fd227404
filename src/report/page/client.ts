import type { FigureValues } from "./figure.ts";

/**
 * The page's own script; the page holds its source, so it uses nothing from outside of itself but the browser. It shows
 * the values of a figure under the pointer or by the arrow keys, and lets the keyboard stop only at what can be scrolled.
 */
export function pageClient(): void {
  interface Point {
    readonly series: number;
    readonly text: readonly string[];
    /** In the drawing's own units. */
    readonly x: number;
    readonly y: number;
  }

  const REACH = 40;
  const SVG = "http://www.w3.org/2000/svg";

  for (const chart of document.querySelectorAll<HTMLElement>(".chart")) makeHoverable(chart);
  const regions = [...document.querySelectorAll<HTMLElement>(".scroll")];
  const settle = () => {
    for (const region of regions) {
      if (region.scrollWidth > region.clientWidth) region.tabIndex = 0;
      else region.removeAttribute("tabindex");
    }
  };
  settle();
  addEventListener("resize", settle);

  function makeHoverable(chart: HTMLElement): void {
    const plot = chart.querySelector<HTMLElement>(".plot");
    const data = chart.querySelector(".values")?.textContent;
    if (!plot || !data) return;
    const values: FigureValues = JSON.parse(data);
    if (values.series.every(({ points }) => points.length === 0)) return;
    const known = new Map<SVGSVGElement, readonly Point[]>();
    const tip = document.createElement("output");
    tip.className = "tip";
    tip.hidden = true;
    plot.append(tip);
    plot.tabIndex = 0;
    plot.setAttribute("role", "group");
    plot.setAttribute("aria-roledescription", "interactive figure");
    plot.setAttribute(
      "aria-label",
      `${plot.dataset.label}: left and right arrow step through values, up and down through series`,
    );
    let current = -1;

    const drawing = () =>
      [...plot.querySelectorAll<SVGSVGElement>(".wide > svg, .narrow > svg")].find(
        (svg) => svg.getClientRects().length > 0,
      );
    const pointsOf = (svg: SVGSVGElement): readonly Point[] => {
      const points = known.get(svg) ?? locate(svg, values);
      known.set(svg, points);
      return points;
    };
    const hide = () => {
      tip.hidden = true;
      current = -1;
      plot.querySelector(".ring")?.remove();
    };
    const show = (svg: SVGSVGElement, index: number) => {
      const point = pointsOf(svg)[index];
      current = index;
      plot.querySelector(".ring")?.remove();
      const ring = document.createElementNS(SVG, "circle");
      for (const [name, value] of Object.entries({ class: "ring", cx: point.x, cy: point.y, r: 6.5 })) {
        ring.setAttribute(name, String(value));
      }
      svg.append(ring);
      const lines = point.text.map((text, i) => {
        const line = document.createElement(i === 0 ? "b" : "span");
        line.textContent = text;
        return line;
      });
      tip.replaceChildren(...lines);
      tip.hidden = false;
      place(svg, point);
    };
    const place = (svg: SVGSVGElement, { x, y }: Point) => {
      const matrix = svg.getScreenCTM();
      if (!matrix) return;
      const at = new DOMPoint(x, y).matrixTransform(matrix);
      const box = plot.getBoundingClientRect();
      const left = Math.min(Math.max(0, at.x - box.left - tip.offsetWidth / 2), box.width - tip.offsetWidth);
      const above = at.y - box.top - tip.offsetHeight - 14;
      tip.style.left = `${left}px`;
      tip.style.top = `${above >= 0 ? above : at.y - box.top + 14}px`;
    };

    const point = (event: PointerEvent) => {
      const svg = drawing();
      const matrix = svg?.getScreenCTM();
      if (!svg || !matrix) return;
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
      const index = nearest(pointsOf(svg), at, REACH / matrix.a);
      if (index < 0) hide();
      else if (index !== current || tip.hidden) show(svg, index);
    };
    plot.addEventListener("pointermove", point);
    plot.addEventListener("pointerdown", point);
    plot.addEventListener("pointerleave", hide);
    plot.addEventListener("blur", hide);
    chart.querySelector(".axes")?.addEventListener("change", hide);
    plot.addEventListener("focus", () => {
      const svg = drawing();
      if (svg && plot.matches(":focus-visible") && pointsOf(svg).length > 0) show(svg, 0);
    });
    plot.addEventListener("keydown", (event) => {
      const svg = drawing();
      if (!svg || pointsOf(svg).length === 0) return;
      if (event.key === "Escape") hide();
      const index = stepped(pointsOf(svg), current, event.key);
      if (index === undefined) return;
      event.preventDefault();
      show(svg, index);
    });
  }

  /** Where each value stands in a drawing, by the scales that its panels carry. */
  function locate(svg: SVGSVGElement, values: FigureValues): Point[] {
    const panels = [...svg.querySelectorAll<SVGSVGElement>("svg[data-x]")];
    return values.series.flatMap(({ name, facet, panel: place, points }, series) => {
      const panel = panels[place];
      if (!panel) return [];
      const [toX, toY] = [scaleOf(panel.dataset.x ?? ""), scaleOf(panel.dataset.y ?? "")];
      const [left, top] = [Number(panel.getAttribute("x")), Number(panel.getAttribute("y"))];
      const title = facet === "" ? name : `${name}, ${facet}`;
      return points.flatMap(([x, y, low, high]): Point[] => {
        const range = low === undefined ? "" : ` (${short(low)} to ${short(high)})`;
        const text = [title, `${values.x}: ${short(x)}`, `${values.y}: ${short(y)}${range}`];
        const at = { series, text, x: left + toX(x), y: top + toY(y) };
        return Number.isFinite(at.x + at.y) ? [at] : [];
      });
    });
  }

  /** @param text type, domain and range: "log 1 1000 66 337" */
  function scaleOf(text: string): (value: number) => number {
    const [type, ...ends] = text.split(" ");
    const bend = type === "log" ? Math.log : (value: number) => value;
    const [d0, d1, r0, r1] = ends.map(Number);
    return (value) => r0 + ((bend(value) - bend(d0)) / (bend(d1) - bend(d0))) * (r1 - r0);
  }

  function short(value: number): string {
    return Number(value.toPrecision(4)).toLocaleString("en", { maximumSignificantDigits: 4 });
  }

  function nearest(
    points: readonly Point[],
    { x, y }: { readonly x: number; readonly y: number },
    reach: number,
  ): number {
    let best = -1;
    let distance = reach;
    points.forEach((point, i) => {
      const away = Math.hypot(point.x - x, point.y - y);
      // Of two in one place, the one that was drawn later is on top.
      if (away <= distance) [best, distance] = [i, away];
    });
    return best;
  }

  /** The point that a key leads to; undefined: the key means nothing here. */
  function stepped(points: readonly Point[], current: number, key: string): number | undefined {
    const from = Math.max(0, current);
    const last = points.length - 1;
    const first = (series: number) => points.findIndex((point) => point.series === series);
    const names = [...new Set(points.map(({ series }) => series))];
    const own = names.indexOf(points[from].series);
    switch (key) {
      case "ArrowRight":
        return current < 0 ? 0 : Math.min(last, from + 1);
      case "ArrowLeft":
        return Math.max(0, from - 1);
      case "ArrowDown":
        return first(names[Math.min(names.length - 1, own + 1)]);
      case "ArrowUp":
        return first(names[Math.max(0, own - 1)]);
      case "Home":
        return 0;
      case "End":
        return last;
      default:
        return undefined;
    }
  }
}
