import type {PortResult, PortTable} from './host-report.ts';

/** A table of these results, which are in ascending order of their ports. */
export const portTableOf = (results: readonly PortResult[]): PortTable => ({
	length: results.length,
	at: index => results[index],
	endOfRun: index => {
		const {state, reason} = results[index];
		const end = results.findIndex(
			(result, place) => place > index && (result.state !== state || result.reason !== reason),
		);
		return end === -1 ? results.length : end;
	},
	count: state => results.filter(result => result.state === state).length,
	[Symbol.iterator]: () => results[Symbol.iterator](),
});
