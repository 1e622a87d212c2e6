import {type CaseResult, type Figure, reachesGoal} from '../figure.ts';
import {MEASUREMENTS} from '../measurements/index.ts';
import {type Comparison, compareWith} from './compare-reports.ts';
import {formatValue} from './format-value.ts';
import type {Machine} from './bench-report.ts';

/** Where and how: the first line of the table, and a second one when something else keeps the cores busy. */
export const formatHeading = ({cores, processor, kernel, node, load}: Machine): string =>
	`${cores} ${cores === 1 ? 'core' : 'cores'} of ${processor}, ${kernel}, Node ${node}\n${
		load > cores * BUSY
			? `Other programs are busy (load ${load.toFixed(1)}): figures will be too low, and differ from run to run\n`
			: ''
	}`;

/** Programs that want to run, for each core, from which on they disturb. */
const BUSY = 0.3;

/** What the measurement of a result is about, above its rows. */
export const formatMeasurement = ({measurement}: Pick<CaseResult, 'measurement'>): string => {
	const meaning = MEASUREMENTS.find(({name}) => name === measurement)?.meaning ?? '';
	return `\n${measurement}: ${meaning}\n`;
};

/** The rows of a case: one for each figure. With a baseline, what each was, and what became of it. */
export const formatResult = (result: CaseResult, baseline?: readonly CaseResult[]): string => {
	if (result.problem !== undefined) {
		return `  ${result.label.padEnd(LABEL)} not measured: ${result.problem}\n`;
	}

	return result.figures
		.map((figure, index) =>
			formatFigure(
				index === 0 ? result.label : '',
				figure,
				baseline && compareWith(baseline, result, figure),
			),
		)
		.join('');
};

const LABEL = 32;
const NAME = 26;
const VALUE = 14;
const SPREAD = 25;

const formatFigure = (label: string, figure: Figure, comparison: Comparison | undefined): string => {
	const cells = [
		label.padEnd(LABEL),
		figure.name.padEnd(NAME),
		formatValue(figure.value, figure.unit).padStart(VALUE),
		`  ${spreadOf(figure)}`.padEnd(SPREAD),
		goalOf(figure),
		comparison === undefined ? '' : comparisonText(figure, comparison),
	];
	const shares = figure.shares === undefined ? '' : `${' '.repeat(LABEL + 3)}${sharesText(figure.shares)}\n`;
	return `  ${cells.join(' ').trimEnd()}\n${shares}`;
};

const spreadOf = ({least, most, unit}: Figure): string =>
	least === most ? '' : `${formatValue(least, unit)} to ${formatValue(most, unit)}`;

const goalOf = (figure: Figure): string => {
	const isReached = reachesGoal(figure);
	return isReached === undefined
		? ''
		: `${isReached ? 'within' : 'MISSES'} ${formatValue(figure.goal ?? 0, figure.unit)}`;
};

const comparisonText = ({unit}: Figure, {before, ratio, verdict}: Comparison): string =>
	[
		` was ${formatValue(before, unit)}`,
		ratio === undefined ? '' : `(${ratio.toFixed(2)})`,
		verdict === 'same' ? '' : verdict === 'worse' ? 'WORSE' : 'better',
	]
		.filter(Boolean)
		.join(' ');

const sharesText = (shares: Readonly<Record<string, number>>): string =>
	Object.entries(shares)
		.filter(([, share]) => share > 0)
		.map(([name, share]) => `${name} ${(share * 100).toFixed(share < 0.001 ? 3 : 1)} %`)
		.join(', ');
