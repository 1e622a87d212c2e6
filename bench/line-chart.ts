/** A curve. Points are in order of `x`; where `y` is `undefined` there is a gap. */
export interface Curve {
	/** What it belongs to: decides its colour. */
	readonly of: 'ours' | 'theirs';
	/** Thin and in steps: what was decided rather than what was measured. */
	readonly isDecided?: boolean;
	readonly points: readonly {readonly x: number; readonly y: number | undefined}[];
}

/** Axes with curves. */
export interface Panel {
	/** Names the quantity and its unit. */
	readonly title: string;
	readonly y: Scale;
	readonly curves: readonly Curve[];
	/** Values worth a dashed line; `title` says what they are. */
	readonly marks?: readonly number[];
}

/** The range of an axis. */
export interface Scale {
	readonly from: number;
	readonly to: number;
	readonly isLogarithmic?: boolean;
}

/** Panels below each other over one axis of time. */
export interface Chart {
	readonly title: string;
	/** What it shows, for those who cannot see it. */
	readonly description: string;
	readonly legend: readonly {readonly of: 'ours' | 'theirs' | 'decided'; readonly text: string}[];
	readonly x: Scale & {readonly title: string};
	readonly panels: readonly Panel[];
}

const WIDTH = 760;
const LEFT = 62;
const RIGHT = 18;
const TOP = 80;
const PANEL_HEIGHT = 132;
const PANEL_GAP = 40;
const BOTTOM = 46;

/** Of the font, on average: enough to keep texts apart. */
const CHARACTER_WIDTH = 6.6;

const STYLE = `
	text { font: 12px system-ui, sans-serif; fill: #57606a; }
	.title { font-size: 14px; font-weight: 600; fill: #24292f; }
	.grid { stroke: #8c959f; stroke-opacity: 0.3; }
	.mark { stroke: #57606a; stroke-dasharray: 5 4; }
	.curve { fill: none; stroke-width: 2; stroke-linejoin: round; }
	.decided { stroke-width: 1; stroke-opacity: 0.7; }
	.ours { stroke: #0a66c2; }
	.theirs { stroke: #bc4c00; }
	@media (prefers-color-scheme: dark) {
		text { fill: #9ba3ad; }
		.title { fill: #e6edf3; }
		.mark { stroke: #9ba3ad; }
		.ours { stroke: #6cb6ff; }
		.theirs { stroke: #ffa657; }
	}
`;

/** Draws a chart as an SVG document, for light and dark pages. */
export const drawChart = (chart: Chart): string => {
	const panels = chart.panels.map((panel, index) =>
		drawPanel(panel, chart.x, TOP + index * (PANEL_HEIGHT + PANEL_GAP)),
	);
	const bottom = TOP + panels.length * (PANEL_HEIGHT + PANEL_GAP) - PANEL_GAP;
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + BOTTOM}" role="img" aria-labelledby="title description">
<title id="title">${escape(chart.title)}</title>
<desc id="description">${escape(chart.description)}</desc>
<style>${STYLE}</style>
<text class="title" x="${LEFT}" y="20">${escape(chart.title)}</text>
${drawLegend(chart.legend)}
${panels.join('\n')}
${drawTimes(chart.x, bottom + 17)}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${bottom + 38}" text-anchor="middle">${escape(chart.x.title)}</text>
</svg>
`;
};

const drawLegend = (legend: Chart['legend']): string => {
	let x = LEFT;
	return legend
		.map(({of, text}) => {
			const at = x;
			x += 28 + text.length * CHARACTER_WIDTH + 20;
			const kind = of === 'decided' ? 'ours decided' : of;
			return `<path class="curve ${kind}" d="M${at} 40h20"/><text x="${at + 26}" y="44">${escape(text)}</text>`;
		})
		.join('');
};

const drawPanel = (panel: Panel, x: Scale, top: number): string => {
	const bottom = top + PANEL_HEIGHT;
	const right = WIDTH - RIGHT;
	const toX = project(x, LEFT, right);
	const toY = project(panel.y, bottom, top);
	return [
		`<text x="${LEFT}" y="${top - 10}">${escape(panel.title)}</text>`,
		...ticksOf(panel.y).map(
			value =>
				`<path class="grid" d="M${LEFT} ${toY(value)}H${right}"/><text x="${LEFT - 8}" y="${round(toY(value) + 4)}" text-anchor="end">${format(value)}</text>`,
		),
		...ticksOf(x).map(value => `<path class="grid" d="M${toX(value)} ${top}V${bottom}"/>`),
		...(panel.marks ?? []).map(value => `<path class="mark" d="M${LEFT} ${toY(value)}H${right}"/>`),
		...panel.curves.map(curve => drawCurve(curve, toX, toY)),
	].join('\n');
};

/** The labels that all panels share. */
const drawTimes = (x: Scale, y: number): string => {
	const toX = project(x, LEFT, WIDTH - RIGHT);
	return ticksOf(x)
		.map(value => `<text x="${toX(value)}" y="${y}" text-anchor="middle">${format(value)}</text>`)
		.join('');
};

type Projection = (value: number) => number;

/** From values to pixels; what is beyond the range is put at its end. */
const project = ({from, to, isLogarithmic = false}: Scale, start: number, end: number): Projection => {
	const scaled = isLogarithmic ? Math.log : (value: number): number => value;
	return value => {
		const bounded = Math.min(Math.max(value, from), to);
		return round(start + ((end - start) * (scaled(bounded) - scaled(from))) / (scaled(to) - scaled(from)));
	};
};

const drawCurve = ({of, isDecided = false, points}: Curve, toX: Projection, toY: Projection): string => {
	let isOpen = false;
	const steps = points.map(({x, y}) => {
		if (y === undefined) {
			isOpen = false;
			return '';
		}

		const move = isOpen
			? isDecided
				? `H${toX(x)}V${toY(y)}`
				: `L${toX(x)} ${toY(y)}`
			: `M${toX(x)} ${toY(y)}`;
		isOpen = true;
		return move;
	});
	return `<path class="curve ${of}${isDecided ? ' decided' : ''}" d="${steps.join('')}"/>`;
};

/** Round values within a scale: decades, and what lies between where there are few of them; or about five. */
const ticksOf = ({from, to, isLogarithmic = false}: Scale): number[] => {
	if (isLogarithmic) {
		const factors = to / from < FEW_DECADES ? [1, 2, 5] : [1];
		const decades = Array.from({length: 20}, (_, index) => 10 ** (index - 10));
		return decades
			.flatMap(decade => factors.map(factor => factor * decade))
			.filter(value => value >= from * (1 - 1e-9) && value <= to * (1 + 1e-9));
	}

	const rough = (to - from) / 5;
	const decade = 10 ** Math.floor(Math.log10(rough));
	const step = [1, 2, 5, 10].map(factor => factor * decade).find(size => size >= rough)!;
	const first = Math.ceil(from / step);
	return Array.from({length: Math.floor(to / step) - first + 1}, (_, index) => (first + index) * step);
};

const FEW_DECADES = 5000;

const format = (value: number): string => Number(value.toPrecision(3)).toLocaleString('en');

const round = (value: number): number => Math.round(value * 10) / 10;

const escape = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
