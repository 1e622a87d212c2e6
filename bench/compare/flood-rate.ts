import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Field} from './field.ts';

/** How fast a program sent, by the counters of the interface. */
export interface FloodRate {
	/** Packets per second between the first and the last twentieth: starting and ending are not in it. */
	readonly rate: number;
	readonly packets: number;
}

const STEP = 10; // ms
/** A program that has sent all and does not end is ended after this. */
const PATIENCE = 1500; // ms
const LIMIT = 60_000; // ms

/** Runs a program in the scanner's namespace until it has sent what it is to send. */
export const floodRate = async (
	field: Field,
	[command, ...args]: readonly string[],
	packets: number,
): Promise<FloodRate> => {
	const before = field.packetsSent();
	const samples = [{at: performance.now(), sent: 0}];
	const child = field.scanner.spawn(command, args);
	const exit = once(child, 'exit');
	child.stdin.end();
	child.stdout.resume();
	let said = '';
	child.stderr.on('data', (text: Buffer) => {
		said = `${said}${text.toString()}`.slice(-500);
	});
	let quietSince = samples[0].at;
	while (child.exitCode === null && samples.at(-1)!.at - samples[0].at < LIMIT) {
		await Promise.race([sleep(STEP), exit]);
		const sample = {at: performance.now(), sent: field.packetsSent() - before};
		quietSince = sample.sent === samples.at(-1)!.sent ? quietSince : sample.at;
		samples.push(sample);
		if (sample.sent >= packets && sample.at - quietSince > PATIENCE) {
			break;
		}
	}

	child.kill('SIGKILL');
	await exit;
	const {sent} = samples.at(-1)!;
	if (sent < packets) {
		throw new Error(`\`${command}\` sent ${sent} of ${packets} packets: ${said}`);
	}

	const begin = samples.find(sample => sample.sent >= packets * 0.05)!;
	const end = samples.find(sample => sample.sent >= packets * 0.95)!;
	return {rate: (end.sent - begin.sent) / ((end.at - begin.at) / 1000), packets: sent};
};
