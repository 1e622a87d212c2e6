import test from 'ava';
import {OWN_SERVICES, parseServices, serviceBookOf, topPorts} from '../src/index.ts';

const BOOK = serviceBookOf(
	parseServices('shell 22/tcp 0.2\nmail 25/tcp 0.1\nweb 80/tcp 0.5\nweb-alt 8080/tcp 0.2\nold 7/tcp\n'),
);

test('names come from the list, and nothing else is listed', t => {
	t.is(BOOK.serviceName(80), 'web');
	t.is(BOOK.serviceName(443), undefined);
	t.true(BOOK.isListed(7));
	t.false(BOOK.isListed(443));
	t.deepEqual(BOOK.portsNamed('WEB*'), [80, 8080]);
	t.deepEqual(BOOK.portsNamed('we?'), [80]);
	t.deepEqual(BOOK.portsNamed('telnet'), []);
});

test('the most popular ports are the most frequent, of equals the lower', t => {
	t.deepEqual([...BOOK.topPorts(2)], [22, 80]);
	t.deepEqual([...BOOK.topPorts(3)], [22, 80, 8080]);
	t.deepEqual([...BOOK.topPorts(100)], [7, 22, 25, 80, 8080]);
	t.deepEqual([...BOOK.topPorts(1, [443, 8080, 25, 8080])], [8080]);
});

test('a ratio takes the ports that are open at least as often', t => {
	t.deepEqual([...(BOOK.portsAtRatio(0.2) ?? [])], [22, 80, 8080]);
	t.deepEqual([...(BOOK.portsAtRatio(0.21) ?? [])], [80]);
	t.deepEqual([...(BOOK.portsAtRatio(0) ?? [])], [7, 22, 25, 80, 8080]);
	t.deepEqual([...(BOOK.portsAtRatio(0.1, [25, 80, 443]) ?? [])], [25, 80]);
});

test('without frequencies there is no ratio, and listed ports rank from 1 up', t => {
	const book = serviceBookOf(parseServices('web 80/tcp www\nshell 22/tcp\n'));
	t.is(book.portsAtRatio(0.1), undefined);
	t.deepEqual([...book.topPorts(1)], [22]);
});

test('our own services have the same form, and no frequencies', t => {
	t.is(OWN_SERVICES.serviceName(22), 'ssh');
	t.deepEqual([...OWN_SERVICES.topPorts(10)], [...topPorts(10)]);
	t.is(OWN_SERVICES.portsAtRatio(0.5), undefined);
});
