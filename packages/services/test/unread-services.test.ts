import fc from 'fast-check';
import test from 'ava';
import {parseServices, serviceBookOf, unreadServices} from '../src/index.ts';

const line = fc
	.record({
		name: fc.constantFrom('web', 'shell', 'x-80', '# mail', ''),
		port: fc.constantFrom('80', '080', '8', '1080', '22', '65536', ''),
		protocol: fc.constantFrom('tcp', 'TCP', 'udp', 'tcpx', 'sctp', ''),
		rest: fc.constantFrom('', '\t0.5', ' www 80/tcp', ' # 22/tcp'),
	})
	.map(({name, port, protocol, rest}) => `${name}\t${port}/${protocol}${rest}`);

test('the name of a port is the same whether the text is searched or parsed', t => {
	t.notThrows(() => {
		fc.assert(
			fc.property(fc.array(line), lines => {
				const text = lines.join('\n');
				const {book} = unreadServices(text);
				const parsed = serviceBookOf(parseServices(text));
				for (const port of [8, 22, 80, 1080, 65_535]) {
					t.is(book.serviceName(port), parsed.serviceName(port));
					t.is(book.isListed(port), parsed.isListed(port));
				}
			}),
		);
	});
});

test('names are the same for more ports than are searched for', t => {
	const text = Array.from({length: 200}, (_, index) => `name-${index} ${index}/tcp`).join('\n');
	const {book} = unreadServices(text);
	for (let port = 0; port < 200; port++) {
		t.is(book.serviceName(port), `name-${port}`);
	}

	t.is(book.serviceName(200), undefined);
});

test('the list is that of the whole text, also when it is cloned for another thread', t => {
	const text = 'shell 22/tcp 0.2\nweb\nweb 80/tcp 0.5\n';
	const {list, book} = unreadServices(text);
	t.deepEqual(structuredClone(list), parseServices(text));
	t.deepEqual([...book.topPorts(1)], [80]);
	t.deepEqual(book.portsNamed('sh*'), [22]);
	t.deepEqual([...(book.portsAtRatio(0.3) ?? [])], [80]);
});
