import {execFileSync, spawnSync} from 'node:child_process';
import test from 'ava';
import {micros} from '@halfopen/model';
import {captureFormat} from '../../src/capture/capture-format.ts';
import {bytesOf, ipv4, ipv6, tcp} from '../packets.ts';

const SYN = ipv4({
	source: '10.77.3.1',
	target: '10.77.3.2',
	protocol: 6,
	payload: tcp({sourcePort: 50_000, targetPort: 22, sequence: 7, flags: 2, options: '020405b4'}),
});
const SYN_ACK = ipv4({
	source: '10.77.3.2',
	target: '10.77.3.1',
	protocol: 6,
	payload: tcp({sourcePort: 22, targetPort: 50_000, sequence: 99, acknowledgement: 8, flags: 0x12}),
});

const ARP_REQUEST = bytesOf('0001080006040001', 'ce810e38ed300a4d0301', '0000000000000a4d0302');
const SYN_V6 = ipv6({
	source: 'fd77:3::1',
	target: 'fd77:3::2',
	nextHeader: 6,
	payload: tcp({sourcePort: 50_000, targetPort: 22, flags: 2}),
});

const capture = (lost = 0, isContinued = false): Buffer => {
	const format = captureFormat();
	return Buffer.concat([
		format.begin({
			version: '1.2.3',
			commandLine: 'halfopen x',
			startedAt: 1_795_352_000_000,
			startedAtClock: micros(5_000_000),
			isContinued,
		}),
		format.packet({direction: 'sent', at: micros(5_000_100), bytes: SYN, length: SYN.length}),
		format.packet({
			direction: 'received',
			at: micros(5_000_412),
			bytes: SYN_ACK.subarray(0, 39),
			length: SYN_ACK.length,
		}),
		...[ARP_REQUEST, SYN_V6].map(bytes =>
			format.packet({direction: 'sent', at: micros(5_000_500), bytes, length: bytes.length}),
		),
		format.end(lost),
	]);
};

/** Type and body of each block; fails when lengths do not agree. */
const blocksOf = (bytes: Buffer): {type: number; body: Buffer}[] => {
	const blocks: {type: number; body: Buffer}[] = [];
	for (let at = 0; at < bytes.length;) {
		const length = bytes.readUInt32LE(at + 4);
		if (length % 4 !== 0 || bytes.readUInt32LE(at + length - 4) !== length) {
			throw new Error(`block at ${at} is not well-formed`);
		}

		blocks.push({type: bytes.readUInt32LE(at), body: bytes.subarray(at + 8, at + length - 4)});
		at += length;
	}

	return blocks;
};

const factsOf = ({body}: {body: Buffer}): unknown => ({
	at: body.readUInt32LE(4) * 2 ** 32 + body.readUInt32LE(8),
	captured: body.readUInt32LE(12),
	length: body.readUInt32LE(16),
	direction: body.readUInt32LE(body.length - 8),
});

test('a capture is a section, an interface, and packets with their times and directions', t => {
	const [section, , sent, received] = blocksOf(capture());
	t.is(section.type, 0x0a_0d_0d_0a);
	t.true(section.body.includes('halfopen x'));
	t.deepEqual(factsOf(sent), {at: 1_795_352_000_000_100, captured: 60, length: 60, direction: 2});
	t.deepEqual(factsOf(received), {at: 1_795_352_000_000_412, captured: 55, length: 56, direction: 1});
	t.is(blocksOf(capture()).length, 6);
});

test('packets that are missing are told at the end', t => {
	const {type, body} = blocksOf(capture(12)).at(-1)!;
	t.is(type, 5);
	t.true(body.includes('12 packets are missing'));
	t.is(body.readBigUInt64LE(body.length - 12), 12n);
});

const tcpdump = (input: Buffer): string[] =>
	execFileSync('tcpdump', ['-n', '-tt', '-r', '-'], {
		input,
		encoding: 'utf8',
		stdio: ['pipe', 'pipe', 'pipe'],
	})
		.trimEnd()
		.split('\n');

test('tcpdump reads it, and one that is continued', t => {
	if (spawnSync('tcpdump', ['--version']).error !== undefined) {
		t.log('tcpdump is missing: apt-get install tcpdump');
		t.is(process.env['CI'], undefined);
		return;
	}

	const lines = tcpdump(capture(1));
	t.regex(lines[0], /^1795352000\.000100 IP 10\.77\.3\.1\.50000 > 10\.77\.3\.2\.22: Flags \[S\], seq 7/);
	t.regex(lines[1], /^1795352000\.000412 IP /);
	t.regex(lines[2], /^1795352000\.000500 ARP, Request who-has 10\.77\.3\.2 tell 10\.77\.3\.1/);
	t.regex(lines[3], /^1795352000\.000500 IP6 fd77:3::1\.50000 > fd77:3::2\.22: Flags \[S\]/);
	t.is(lines.length, 4);
	t.is(tcpdump(Buffer.concat([capture(2), capture(0, true)])).length, 8);
});
