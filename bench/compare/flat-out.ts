import {CLI, NODE} from '../../test/end-to-end/halfopen.ts';
import {markdownTable, median} from '../measure.ts';
import {bareSendCommand} from './bare-send.ts';
import {masscanCommand, zmapCommand} from './contenders.ts';
import {createField, dropAll} from './field.ts';
import {floodRate} from './flood-rate.ts';
import type {Row} from './row.ts';

const PREFIX = '10.96.0.0/11';
const PACKETS = 2 ** 21;
const FLAT_OUT = 100_000_000;

const FLOOD: readonly string[] = [
	NODE,
	CLI,
	...'-n -Pn -sS --order random --results stream -p 1 --max-retries 0 --rate max --send packet'.split(' '),
];

/** As all others send. */
const ONE_THREAD = 'halfopen, one sender thread';

const CONTENDERS: readonly {name: string; command: () => readonly string[]}[] = [
	{name: 'bare sendmmsg loop', command: () => bareSendCommand(PREFIX, 1, PACKETS)},
	{name: ONE_THREAD, command: () => [...FLOOD, '--sender-threads', '1', PREFIX]},
	{name: 'halfopen', command: () => [...FLOOD, PREFIX]},
	{name: 'masscan', command: () => masscanCommand(PREFIX, '1', FLAT_OUT, '--wait', '0')},
	{name: 'zmap -T1', command: () => zmapCommand(PREFIX, 1, 0, '-B', '100G', '-c', '0', '-o', '/dev/null')},
];

/** Everybody sends the same SYNs as fast as it can; the other end drops them as soon as they arrive. */
export const flatOut: Row = {
	title: 'SYNs sent flat out, dropped at the peer',

	async run(rounds) {
		const field = await createField();
		dropAll(field);
		const rates = CONTENDERS.map((): number[] => []);
		for (let round = 0; round < rounds; round++) {
			for (const [index, {command}] of CONTENDERS.entries()) {
				rates[index].push((await floodRate(field, command(), PACKETS)).rate);
			}
		}

		await field.close();
		const alike = median(rates[CONTENDERS.findIndex(({name}) => name === ONE_THREAD)]);
		return `${PACKETS} SYNs to ${PREFIX}, port 1, over a veth pair by AF_PACKET; an ingress hook of nftables drops them.
Packets per second by the counters of the interface, without the first and the last twentieth; ${rounds} rounds by turns.
To reach: 0.9 of the bare loop, 1.2 of masscan and of zmap.

${markdownTable([
	['', 'median', 'least', 'most', 'with one sender thread halfopen is'],
	...CONTENDERS.map(({name}, index) => [
		name,
		...[median(rates[index]), Math.min(...rates[index]), Math.max(...rates[index])].map(
			rate => `${Math.round(rate / 1000)} k/s`,
		),
		`${(alike / median(rates[index])).toFixed(2)} of it`,
	]),
])}`;
	},
};
