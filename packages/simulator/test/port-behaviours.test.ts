import test from 'ava';
import {PortBehaviours} from '../src/port-behaviours.ts';

test('a port does what its range says, the others what is left', t => {
	const behaviours = new PortBehaviours({
		address: '192.0.2.9',
		ports: {'22,8000-8002': 'open', '100-199': 'silent'},
		otherPorts: 'split-handshake',
	});
	t.deepEqual(
		[22, 23, 7999, 8000, 8002, 8003, 100, 199, 200, 0, 65_535].map(port => behaviours.of(port)),
		[
			'open',
			'split-handshake',
			'split-handshake',
			'open',
			'open',
			'split-handshake',
			'silent',
			'silent',
			'split-handshake',
			'split-handshake',
			'split-handshake',
		],
	);
});

test('ports are closed unless said otherwise', t => {
	t.is(new PortBehaviours({address: '192.0.2.9'}).of(80), 'closed');
});

for (const ranges of ['', 'x', '80-', '90-80', '65536', '1-65536', '22, 80']) {
	test(`\`${ranges}\` is refused`, t => {
		t.throws(() => new PortBehaviours({address: '192.0.2.9', ports: {[ranges]: 'open'}}), {
			instanceOf: RangeError,
		});
	});
}

test('ranges that overlap are refused', t => {
	t.throws(() => new PortBehaviours({address: '192.0.2.9', ports: {'1-100': 'silent', '80': 'open'}}), {
		instanceOf: RangeError,
		message: /port 80 twice/,
	});
});
