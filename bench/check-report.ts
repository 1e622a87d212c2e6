import type {PathCase} from './path-cases.ts';

/**
 * Counts the ports whose state a report in normal format has wrong, of all hosts that were to be
 * scanned. A port that is missing is wrong. Of those that are only summed up ("Not shown: 9 closed
 * tcp ports") as many are wrong as there are too few of their true state.
 */
export const countMistakes = (report: string, expected: PathCase): number => {
	const hosts = report.split(/^(?:Nmap|halfopen) scan report for .*$/m).slice(1);
	const wrong = hosts.reduce((sum, host) => sum + countOfHost(host, expected), 0);
	return wrong + Math.abs(expected.hosts - hosts.length) * expected.ports;
};

const countOfHost = (text: string, {ports, open, others}: PathCase): number => {
	const isOpen = new Set(open);
	const hidden = new Map([
		['open', open.length],
		[others, ports - open.length],
	]);
	let wrong = 0;
	for (const [, port, state] of text.matchAll(/^(\d+)\/tcp +(\S+)/gm)) {
		const truth = isOpen.has(Number(port)) ? 'open' : others;
		wrong += state === truth ? 0 : 1;
		hidden.set(truth, (hidden.get(truth) ?? 0) - 1);
	}

	for (const [, summary] of text.matchAll(/^Not shown: (.*)$/gm)) {
		for (const [, count, state] of summary.matchAll(/(\d+) (\S+) tcp ports?/g)) {
			hidden.set(state, (hidden.get(state) ?? 0) - Number(count));
		}
	}

	return [...hidden.values()].reduce((sum, missing) => sum + Math.max(0, missing), wrong);
};

/** Packets that the scanner says it sent; it says so with -v. */
export const packetsSent = (report: string): number =>
	Number(/Raw packets sent: (\d+)/.exec(report)?.[1] ?? Number.NaN);
