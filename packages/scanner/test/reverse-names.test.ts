import {createSocket, type Socket} from 'node:dgram';
import {once} from 'node:events';
import test from 'ava';
import {parseAddress, ScanError} from '@halfopen/model';
import {checkServers, ReverseNames} from '../src/reverse-names.ts';

/** A name server that knows `names`, by what is asked for. */
const withServer = async (
	names: Readonly<Record<string, string>>,
	action: (server: string) => Promise<void>,
): Promise<void> => {
	const socket = createSocket('udp4');
	socket.on('message', (message, {port, address}) => {
		socket.send(answerTo(message, names), port, address);
	});
	socket.bind(0, '127.0.0.1');
	await once(socket, 'listening');
	try {
		await action(`127.0.0.1:${socket.address().port}`);
	} finally {
		await closed(socket);
	}
};

const HEADER_LENGTH = 12;
const TYPE_AND_CLASS_LENGTH = 4;

/** The question back, with a PTR record behind it when the name is known (RFC 1035 section 4). */
const answerTo = (query: Buffer, names: Readonly<Record<string, string>>): Buffer => {
	const labels = labelsAt(query, HEADER_LENGTH);
	const known = names[labels.join('.')];
	const question = query.subarray(
		HEADER_LENGTH,
		HEADER_LENGTH + encodedName(labels.join('.')).length + TYPE_AND_CLASS_LENGTH,
	);
	const header = Buffer.from([
		...query.subarray(0, 2),
		0x81,
		0x80,
		0,
		1,
		0,
		known === undefined ? 0 : 1,
		0,
		0,
		0,
		0,
	]);
	return Buffer.concat([header, question, ...(known === undefined ? [] : [pointerRecord(known)])]);
};

const pointerRecord = (name: string): Buffer => {
	const data = encodedName(name);
	return Buffer.from([0xc0, HEADER_LENGTH, 0, 12, 0, 1, 0, 0, 0, 60, 0, data.length, ...data]);
};

const encodedName = (name: string): Buffer =>
	Buffer.concat([
		...name.split('.').map(label => Buffer.from([label.length, ...Buffer.from(label)])),
		Buffer.from([0]),
	]);

const labelsAt = (bytes: Buffer, offset: number): string[] => {
	const length = bytes[offset];
	const end = offset + 1 + length;
	return length === 0 ? [] : [bytes.toString('latin1', offset + 1, end), ...labelsAt(bytes, end)];
};

const closed = async (socket: Socket): Promise<void> => {
	socket.close();
	await once(socket, 'close');
};

test('servers that are given are asked', async t =>
	withServer({'7.2.0.192.in-addr.arpa': 'seven.example'}, async server => {
		const names = new ReverseNames({servers: [server]});
		t.is(await names.lookUp(parseAddress('192.0.2.7')!), 'seven.example');
		t.is(await names.lookUp(parseAddress('192.0.2.8')!), undefined);
		await names.close();
	}));

test('the system knows the names of its hosts file', async t => {
	const names = new ReverseNames({bySystem: true});
	t.regex((await names.lookUp(parseAddress('127.0.0.1')!)) ?? '', /localhost/);
	await names.close();
});

for (const server of ['192.0.2.1', '192.0.2.1:53', '2001:db8::1', '[2001:db8::1]:53', '[2001:db8::1]']) {
	test(`${server} is a name server`, t => {
		t.notThrows(() => {
			checkServers([server]);
		});
	});
}

for (const server of ['', 'dns.example', '192.0.2.1:', '192.0.2.300', '[2001:db8::1', '192.0.2.1:99999']) {
	test(`\`${server}\` is no name server`, t => {
		const error = t.throws(
			() => {
				checkServers([server]);
			},
			{instanceOf: ScanError},
		);
		t.is(error.message, `Expected the address of a name server, got \`${server}\``);
	});
}
