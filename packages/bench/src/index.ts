export type {BenchOptions} from './bench-options.ts';
export {DEFAULT_DURATION, runBench} from './run-bench.ts';
export type {CaseResult, Figure} from './figure.ts';
export {
	type BenchReport,
	type Machine,
	parseReport,
	REPORT_VERSION,
	thisMachine,
} from './report/bench-report.ts';
export {compareReports, type Comparison, isWorse, type NamedComparison} from './report/compare-reports.ts';
export {formatHeading, formatMeasurement, formatResult} from './report/format-result.ts';
export {MEASUREMENTS} from './measurements/index.ts';
export type {Measurement, MeasurementCase, Quantity, Sample, Unit} from './measurement.ts';
