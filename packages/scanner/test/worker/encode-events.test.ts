import {
	type Address,
	type HostReport,
	ipv4,
	ipv6,
	micros,
	PORT_STATES,
	type PortResult,
	type PortTable,
	portTableOf,
	REASONS,
	type ScanEvent,
} from '@halfopen/model';
import test from 'ava';
import fc from 'fast-check';
import {CopiedTable, encodeTable, tableColumns} from '../../src/worker/copied-table.ts';
import {buffersOf, encodeEvents, type EncodedEvents} from '../../src/worker/encode-events.ts';
import {EventDecoder} from '../../src/worker/event-decoder.ts';

const addresses: fc.Arbitrary<Address> = fc.oneof(
	{weight: 4, arbitrary: fc.nat(0xff_ff_ff_ff).map(value => ipv4(value))},
	fc.bigInt(0n, 2n ** 128n - 1n).map(value => ipv6(value)),
);

const results: fc.Arbitrary<PortResult> = fc.record(
	{
		port: fc.nat(65_535),
		state: fc.constantFrom(...PORT_STATES),
		reason: fc.constantFrom(...REASONS),
		ttl: fc.nat(255),
		sender: addresses,
	},
	{requiredKeys: ['port', 'state', 'reason', 'ttl']},
);

const events: fc.Arbitrary<ScanEvent> = fc.oneof(
	{
		weight: 5,
		arbitrary: fc.record({
			type: fc.constant('port' as const),
			address: addresses,
			result: results,
			late: fc.boolean(),
		}),
	},
	fc.record({type: fc.constant('warning' as const), message: fc.string()}),
	fc.record({type: fc.constant('host-started' as const), address: addresses}),
);

/** As it arrives in another thread. */
const cross = (encoded: EncodedEvents): EncodedEvents =>
	structuredClone(encoded, {transfer: buffersOf(encoded)});

test('events arrive as they were sent, in their order', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(fc.array(events), batch => {
				t.deepEqual(new EventDecoder().decode(cross(encodeEvents(batch))), batch);
			}),
		),
	);
});

const tableOf = (all: readonly PortResult[]): CopiedTable => {
	const ports = Uint16Array.from(all, ({port}) => port);
	const table = new CopiedTable({length: all.length}, {...tableColumns(all.length), ports}, 0);
	for (const result of all) {
		table.update(result);
	}

	return table;
};

/** Hosts that are down: some with nothing else to be said of them, which cross as numbers, and others. */
const downs: fc.Arbitrary<HostReport> = fc
	.record(
		{
			address: addresses,
			status: fc.constant('down' as const),
			reason: fc.constantFrom(...REASONS),
			ttl: fc.nat(255),
			startedAt: fc.double({min: 0, max: 1e13, noNaN: true}),
			endedAt: fc.double({min: 0, max: 1e13, noNaN: true}),
			probesSent: fc.nat(100_000),
			problem: fc.string(),
		},
		{requiredKeys: ['address', 'status', 'reason', 'ttl', 'startedAt', 'endedAt']},
	)
	.map(report => ({...report, ports: tableOf([])}));

/** Tables are classes; those of hosts that are down have no ports. */
const told = (batch: readonly ScanEvent[]): unknown[] =>
	batch.map(event => (event.type === 'host' ? {...event.report, ports: event.report.ports.length} : event));

test('hosts that are down arrive as they were sent, in their order among the others', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(
				fc.array(
					fc.oneof(
						events,
						downs.map(report => ({type: 'host' as const, report})),
					),
				),
				batch => {
					t.deepEqual(told(new EventDecoder().decode(cross(encodeEvents(batch)))), told(batch));
				},
			),
		),
	);
});

const reportOf = (all: readonly PortResult[]): HostReport => ({
	address: ipv4(7),
	status: 'up',
	reason: 'user-set',
	ttl: 0,
	startedAt: 1,
	endedAt: 2,
	ports: tableOf(all),
	probesSent: 3,
	times: {smoothed: micros(1), variance: micros(2), timeout: micros(3)},
});

const runsOf = (table: PortTable): number[] =>
	Array.from({length: table.length}, (_, index) => table.endOfRun(index));

test('the table of a report arrives whole, whatever comes before it', t => {
	const tables = fc.uniqueArray(results, {selector: ({port}) => port});
	t.notThrows(() =>
		fc.assert(
			fc.property(tables, tables, (before, all) => {
				const report = reportOf(all);
				const [, event] = new EventDecoder().decode(
					cross(
						encodeEvents([
							{type: 'host', report: {...reportOf(before), address: ipv4(8)}},
							{type: 'host', report},
						]),
					),
				);
				t.true(event.type === 'host');
				const {ports, ...rest} = (event as ScanEvent & {type: 'host'}).report;
				t.deepEqual([...ports], all);
				t.deepEqual(runsOf(ports), runsOf(portTableOf(all)));
				t.deepEqual({...rest, ports: undefined}, {...report, ports: undefined});
				for (const state of PORT_STATES) {
					t.is(ports.count(state), all.filter(result => result.state === state).length);
				}
			}),
		),
	);
});

test('what is encoded is a copy: the table may change meanwhile', t => {
	const open: PortResult = {port: 22, state: 'open', reason: 'syn-ack', ttl: 64};
	const table = tableOf([{...open, state: 'filtered', reason: 'no-response'}]);
	const columns = tableColumns(1);
	const encoded = encodeTable(table, columns, 0);
	table.update(open);
	t.is(new CopiedTable(encoded, columns, 0).at(0).state, 'filtered');
});

const LATE: PortResult = {port: 22, state: 'open', reason: 'syn-ack', ttl: 64};

for (const sender of [undefined, ipv6(1n)]) {
	test(`a late answer changes the report that was given out${sender === undefined ? '' : ', also when it is no record'}`, t => {
		const decoder = new EventDecoder();
		const silent: PortResult = {port: 22, state: 'filtered', reason: 'no-response', ttl: 0};
		const other: PortResult = {...silent, port: 23};
		const late = sender === undefined ? LATE : {...LATE, sender};
		const [event] = decoder.decode(
			encodeEvents([{type: 'host', report: reportOf([silent, other])}]),
		) as (ScanEvent & {type: 'host'})[];
		decoder.decode(encodeEvents([{type: 'port', address: ipv4(7), result: late, late: true}]));
		t.deepEqual([...event.report.ports], [late, other]);
	});
}

test('an answer that is not late changes no report', t => {
	const decoder = new EventDecoder();
	const silent: PortResult = {port: 22, state: 'filtered', reason: 'no-response', ttl: 0};
	const [event] = decoder.decode(encodeEvents([{type: 'host', report: reportOf([silent])}])) as (ScanEvent & {
		type: 'host';
	})[];
	decoder.decode(encodeEvents([{type: 'port', address: ipv4(7), result: LATE, late: false}]));
	t.deepEqual([...event.report.ports], [silent]);
});
