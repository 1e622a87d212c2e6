// Tables of the pages say what the code does.
import {execFileSync} from 'node:child_process';
import path from 'node:path';
import test from 'ava';
import {icmpv6Verdict, icmpVerdict} from '../../packages/classify/src/icmp-verdicts.ts';
import {readPage, ROOT, tableBelow} from './markdown.ts';

const page = readPage('docs/port-states.md');
const CODES = Array.from({length: 256}, (_, code) => code);

/** The table that a function of type and code amounts to; a type whose codes are all alike is one row. */
const tableOf = (verdict: typeof icmpVerdict): string[][] =>
	CODES.flatMap(type => {
		const rows = CODES.flatMap(code => {
			const found = verdict(type, code);
			return found === undefined ? [] : [[String(type), String(code), found.state, found.reason]];
		});
		return rows.length === CODES.length ? [[String(type), 'any', ...rows[0].slice(2)]] : rows;
	});

test('the table of ICMP errors is that of the code', t => {
	t.deepEqual(tableBelow(page, 'ICMP'), tableOf(icmpVerdict));
});

test('the table of ICMPv6 errors is that of the code', t => {
	t.deepEqual(tableBelow(page, 'ICMPv6'), tableOf(icmpv6Verdict));
});

test('the tables of options are current', t => {
	t.notThrows(() => {
		execFileSync(
			process.execPath,
			['--conditions=@halfopen/source', path.join(ROOT, 'scripts/option-table.mjs'), '--check'],
			{stdio: 'pipe'},
		);
	});
});
