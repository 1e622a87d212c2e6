import {createSocket, type Socket} from 'node:dgram';
import {once} from 'node:events';
import test from 'ava';
import dnsPacket from 'dns-packet';
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

const answerTo = (message: Buffer, names: Readonly<Record<string, string>>): Buffer => {
	const {id, questions = []} = dnsPacket.decode(message);
	const name = questions[0].name;
	return dnsPacket.encode({
		type: 'response',
		...(id !== undefined && {id}),
		questions,
		answers: name in names ? [{type: 'PTR', name, data: names[name]}] : [],
	});
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
