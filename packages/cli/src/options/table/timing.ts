import {MILLISECOND, micros, type Micros} from '@halfopen/model';
import {MOST_RETRIES} from '@halfopen/timing';
import {rate, rateOrMost, share, template, time, type TimeBounds, wholeNumber} from '../argument.ts';
import {MOST_HOSTS} from '../limits.ts';
import {flag, option, type OptionEntry} from '../option.ts';

const AT_ONCE: Micros = micros(0);
const SHORTEST_TIMEOUT: Micros = micros(5 * MILLISECOND);
const SHORTEST_INITIAL: Micros = micros(1);

/** From these numbers on, a time without a unit is taken for milliseconds written by habit. */
const TIMEOUT: TimeBounds = {least: AT_ONCE, bareBelow: 50};
const DELAY: TimeBounds = {least: AT_ONCE, bareBelow: 100};
const HOST_TIMEOUT: TimeBounds = {least: AT_ONCE, bareBelow: 10_000};

const MANY = Number.MAX_SAFE_INTEGER;

export const TIMING: readonly OptionEntry[] = [
	option({
		names: ['-T', '--timing'],
		argument: template,
		help: 'Template: 0 (paranoid) to 5 (insane); 3 (normal) is the default',
		set: value => ({template: value}),
	}),
	option({
		names: ['--max-retries'],
		argument: wholeNumber(0, MOST_RETRIES),
		help: 'Ask a silent port at most N times again',
		set: maxRetries => ({maxRetries}),
	}),
	option({
		names: ['--min-rate'],
		argument: rate,
		help: 'Send no slower than N packets per second',
		set: minRate => ({minRate}),
	}),
	option({
		names: ['--max-rate'],
		argument: rate,
		help: 'Send no faster than N packets per second',
		set: maxRate => ({maxRate}),
	}),
	option({
		names: ['--rate'],
		argument: rateOrMost,
		help: 'Both at once: N packets per second, or as many as it can',
		set: value => (value === Infinity ? {minRate: value} : {minRate: value, maxRate: value}),
	}),
	option({
		names: ['--max-host-rate'],
		argument: rate,
		help: 'Send no more than N packets per second to any one host',
		set: maxHostRate => ({maxHostRate}),
	}),
	option({
		names: ['--scan-delay'],
		argument: time(DELAY),
		help: 'Leave at least TIME between two probes to a host',
		set: scanDelay => ({scanDelay}),
	}),
	option({
		names: ['--max-scan-delay'],
		argument: time(DELAY),
		help: 'Let that gap grow to no more than TIME',
		set: maxScanDelay => ({maxScanDelay}),
	}),
	option({
		names: ['--min-parallelism'],
		argument: wholeNumber(1, MANY),
		help: 'Keep at least N probes on their way',
		set: minParallelism => ({minParallelism}),
	}),
	option({
		names: ['--max-parallelism', '-M'],
		argument: wholeNumber(1, MANY),
		help: 'Have at most N probes on their way',
		set: maxParallelism => ({maxParallelism}),
	}),
	option({
		names: ['--min-rtt-timeout'],
		argument: time(TIMEOUT),
		help: 'Wait at least TIME for an answer',
		set: minRttTimeout => ({minRttTimeout}),
	}),
	option({
		names: ['--max-rtt-timeout'],
		argument: time({...TIMEOUT, least: SHORTEST_TIMEOUT}),
		help: 'Wait at most TIME for an answer',
		set: maxRttTimeout => ({maxRttTimeout}),
	}),
	option({
		names: ['--initial-rtt-timeout'],
		argument: time({...TIMEOUT, least: SHORTEST_INITIAL}),
		help: 'Wait TIME while no answer came yet',
		set: initialRttTimeout => ({initialRttTimeout}),
	}),
	option({
		names: ['--host-timeout'],
		argument: time(HOST_TIMEOUT),
		help: 'Report a host after TIME, done or not; 0 for no limit',
		set: hostTimeout => ({hostTimeout}),
	}),
	option({
		names: ['--min-hostgroup'],
		argument: wholeNumber(1, MOST_HOSTS),
		help: 'Scan at least N hosts side by side',
		set: minHostGroup => ({minHostGroup}),
	}),
	option({
		names: ['--max-hostgroup'],
		argument: wholeNumber(1, MOST_HOSTS),
		help: 'Scan at most N hosts side by side',
		set: maxHostGroup => ({maxHostGroup}),
	}),
	option({
		names: ['--confidence'],
		argument: share('P'),
		help: 'Ask silent ports again until the chance to miss one is 1 - P; 0.999999 if not said',
		set: confidence => ({confidence}),
	}),
	flag({
		names: ['--defeat-rst-ratelimit'],
		help: 'Take no RST for a sign of the path: for hosts that limit them',
		set: {ignoreResets: true},
	}),
];
