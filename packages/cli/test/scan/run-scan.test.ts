import test from 'ava';
import {end} from '../fake-scan.ts';
import {run} from '../run-main.ts';

test('settings reach the scanner under its names', async t => {
	const words =
		'-sT -p 22,80 --top-ports 5 -r -e lo -g 53 --ttl 9 --max-retries 2 -T4 --rate 9 --seed 3 -n --exclude a,b x y';
	const {asked} = await run(words.split(' '), [end()]);
	const {signal, ...options} = asked[0];
	t.true(signal instanceof AbortSignal);
	t.deepEqual(options, {
		targets: ['x', 'y'],
		exclude: ['a', 'b'],
		scanType: 'connect',
		ports: '22,80',
		topPorts: 5,
		sequential: true,
		device: 'lo',
		sourcePort: 53,
		ttl: 9,
		maxRetries: 2,
		template: 4,
		minRate: 9,
		maxRate: 9,
		seed: 3,
		reverseNames: 'never',
		portEvents: 'open',
		trace: false,
		decisions: false,
	});
});

const asks = test.macro({
	title: (_, words: string) => `${words} decides what the scanner is to tell`,
	async exec(t, words: string, expected: object) {
		const {asked} = await run([...words.split(' '), 'x'], [end()]);
		t.like(asked[0], expected);
	},
});

test(asks, '-v', {portEvents: 'open', trace: false, decisions: false});
test(asks, '-d', {portEvents: 'open', trace: false, decisions: true});
test(asks, '-d2', {portEvents: 'all', trace: false, decisions: true});
test(asks, '--packet-trace', {portEvents: 'open', trace: true, decisions: false});
test(asks, '-F', {topPorts: 100});
test(asks, '--privileged', {scanType: 'syn'});
test(asks, '--unprivileged', {scanType: 'connect'});
test(asks, '-R', {reverseNames: 'all'});
