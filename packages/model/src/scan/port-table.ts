import type {PortResult, PortTable} from './host-report.ts';

/** A table of these results, which are in ascending order of their ports. */
export const portTableOf = (results: readonly PortResult[]): PortTable => ({
	length: results.length,
	at: index => results[index],
	endOfRun: index => {
		const {state, reason} = results[index];
		let end = index + 1;
		while (end < results.length && results[end].state === state && results[end].reason === reason) {
			end++;
		}

		return end;
	},
	count: state => results.filter(result => result.state === state).length,
	[Symbol.iterator]: () => results[Symbol.iterator](),
});
