import test from 'ava';
import {ipv4, parseAddress, WITHOUT_DISCOVERY} from '@halfopen/model';
import fc from 'fast-check';
import {CSV_FIELDS, csvFormat} from '../../src/lines/csv-format.ts';
import {closed, filtered, found, head, hostReport, open, STARTED_AT, summary} from '../reports.ts';

const PLAIN = {verbosity: 0, debugging: 0, onlyOpen: false};
const router = parseAddress('10.77.1.254')!;
const REPORT = hostReport(
	[open(22), closed(23), {...filtered(25, 'host-unreach'), sender: router}, filtered(26)],
	{name: 'asked', reverseName: '=cmd(),"x"', mac: 'ce:81:0e:38:ed:30', loss: 0.25},
);

test('a row of names comes first, then open ports', t => {
	const format = csvFormat(PLAIN);
	t.is(
		[format.begin(head()), format.host(REPORT), format.end(summary(), STARTED_AT)].join(''),
		`saddr,sport,classification,success,ttl,state,reason,service
10.77.3.2,22,synack,1,64,open,syn-ack,ssh
`,
	);
});

test('with -v all ports have their row', t => {
	t.is(
		csvFormat({
			...PLAIN,
			verbosity: 1,
			fields: ['sport', 'classification', 'success', 'ttl', 'icmp_responder'],
		}).host(REPORT),
		`22,synack,1,64,
23,rst,0,64,
25,icmp,0,64,10.77.1.254
26,none,0,,
`,
	);
});

test('every field can be asked for', t => {
	t.is(
		csvFormat({...PLAIN, fields: CSV_FIELDS, vendorOf: () => 'Vendor, Inc.'}).host(REPORT),
		String.raw`10.77.3.2,22,synack,1,64,,2026-11-22T12:53:21.220Z,1795352001,220000,tcp,open,syn-ack,ssh,asked,"\u{3d}cmd(),""x""",ce:81:0e:38:ed:30,"Vendor, Inc.",46,0.25` +
			'\n',
	);
});

test('a field that there is not is an error', t => {
	t.throws(() => csvFormat({...PLAIN, fields: ['saddr', 'toString']}), {
		code: 'ERR_HALFOPEN_OPTION',
		message: `Expected fields out of ${CSV_FIELDS.join(', ')}, got \`toString\``,
	});
});

test('the row of names is not repeated in a file that is continued', t => {
	t.is(csvFormat(PLAIN).begin(head({isContinued: true})), '');
});

test('a port without a report of its host has its row, with empty cells for what is not known', t => {
	const format = csvFormat({...PLAIN, fields: ['saddr', 'sport', 'reverse_name', 'rtt_us']});
	t.is(format.port?.(found(open(22))), '');
	t.is(format.port?.(found(open(22), {isAlone: true})), '10.77.3.2,22,,\n');
});

test('a field shows the same wherever it stands, and whatever host came before', t => {
	const hosts = [
		REPORT,
		hostReport([open(22), filtered(25, 'host-unreach')], {address: ipv4(1), reverseName: 'other', loss: 0}),
		hostReport([closed(22), {...filtered(25, 'host-unreach'), sender: ipv4(2)}]),
	];
	const rowsOf = (fields: readonly string[]): string[] => {
		const format = csvFormat({...PLAIN, verbosity: 1, fields});
		return hosts.flatMap(host => format.host(host).split('\n').slice(0, -1));
	};
	const alone = Object.fromEntries(CSV_FIELDS.map(field => [field, rowsOf([field])]));
	t.notThrows(() => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...CSV_FIELDS), {minLength: 1, maxLength: 12}), fields => {
				for (const [index, row] of rowsOf(fields).entries()) {
					const expected = fields.map(field => alone[field][index]).join(',');
					if (row !== expected) {
						throw new Error(`Expected ${expected}, got ${row}`);
					}
				}
			}),
		);
	});
});

/** Rows of a scan for hosts. */
const rows = (options: Partial<Parameters<typeof csvFormat>[0]>): string => {
	const format = csvFormat({...PLAIN, ...options});
	format.begin(head({discovery: {...WITHOUT_DISCOVERY, only: true}}));
	return [
		format.host(hostReport([], {reason: 'echo-reply', ttl: 63})),
		format.host(hostReport([], {reason: 'arp-response', mac: 'ce:81:0e:38:ed:30'})),
		format.host(hostReport([], {status: 'down', reason: 'no-response'})),
	].join('');
};

test('where no ports are scanned each host has a row', t => {
	t.is(
		rows({}),
		`10.77.3.2,,echoreply,1,63,up,echo-reply,
10.77.3.2,,arp-response,1,,up,arp-response,
`,
	);
	t.is(
		rows({verbosity: 1, fields: ['saddr', 'success', 'state', 'classification', 'icmp_responder', 'mac']}),
		`10.77.3.2,1,up,echoreply,,
10.77.3.2,1,up,arp-response,,ce:81:0e:38:ed:30
10.77.3.2,0,down,none,,
`,
	);
});
