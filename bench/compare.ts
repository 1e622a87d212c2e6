// The same work by halfopen, masscan, zmap and Nmap, and by a bare loop that does nothing but send. In namespaces of its own.
//
// Usage: node bench/compare.ts [--only NAME,…] [--rounds N]
import {internet, million, offline} from './compare/bench-rows.ts';
import {flatOut} from './compare/flat-out.ts';
import {versions} from './compare/contenders.ts';
import type {Row} from './compare/row.ts';
import {hosts} from './compare/hosts.ts';
import {lossy, sweep} from './compare/whole-scans.ts';
import {numberOption, report, textOption} from './measure.ts';

const ROWS: Readonly<Record<string, Row>> = {
	'flat-out': flatOut,
	offline,
	sweep,
	lossy,
	internet,
	million,
	hosts,
};

const only = textOption('only')?.split(',') ?? Object.keys(ROWS);
for (const name of only) {
	const row = ROWS[name];
	if (row === undefined) {
		throw new RangeError(`Expected one of ${Object.keys(ROWS).join(', ')}, got ${name}`);
	}

	const text = await row.run(numberOption('rounds', row.rounds ?? 3));
	report(`compare-${name}`, row.title, `${text}\n${versions()}\n`);
}
