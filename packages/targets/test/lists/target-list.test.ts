import test from 'ava';
import * as fc from 'fast-check';
import {parseTarget, TargetReader, type TargetList} from '../../src/index.ts';
import {describeBlock} from '../addresses.ts';

const read = (text: string): TargetList => {
	const reader = new TargetReader();
	reader.push(new TextEncoder().encode(text));
	reader.end();
	return reader.take();
};

/** Ranges and other specifications in the order written. */
const describe = ({ranges, others}: TargetList): string[] => {
	const words: string[] = [];
	for (let range = 0; range <= ranges.length / 2; range++) {
		words.push(...others.filter(({before}) => before === range).map(({text}) => `text ${text}`));
		if (2 * range < ranges.length) {
			words.push(describeBlock({family: 4, bounds: ranges.subarray(2 * range, 2 * range + 2)}));
		}
	}

	return words;
};

const reads = test.macro({
	title: (_, text: string) => `it reads ${JSON.stringify(text)}`,
	exec(t, text: string, expected: readonly string[]) {
		t.deepEqual(describe(read(text)), expected);
	},
});

test(reads, '10.0.0.1', ['10.0.0.1']);
test(reads, '10.0.0.9/29', ['10.0.0.8-10.0.0.15']);
test(reads, '1.2.3.4/0', ['0.0.0.0-255.255.255.255']);
test(reads, '255.255.255.255/32', ['255.255.255.255']);
test(reads, '10.0.0.5-10.0.1.7', ['10.0.0.5-10.0.1.7']);
test(reads, '10.0.0.1\nexample.org 10.0.0.2 # 10.0.0.3', ['10.0.0.1', 'text example.org', '10.0.0.2']);
test(reads, '::1\n10.0.0.1-3', ['text ::1', 'text 10.0.0.1-3']);
test(reads, '\u{feff}10.0.0.1\u00a010.0.0.2', ['text 10.0.0.1', 'text 10.0.0.2']);

// What is odd goes to the parser of specifications, which says what is wrong with it.
for (const odd of [
	'10.0.0.256',
	'10.0.0',
	'10.0.0.1.2',
	'010.0.0.1',
	'10.0.0.1/33',
	'10.0.0.1/',
	'10.0.0.1/08',
]) {
	test(reads, odd, [`text ${odd}`]);
}

for (const odd of [
	'10.0.0.1-',
	'10.0.0.7-10.0.0.5',
	'10.0.0.1-10.0.0.5/24',
	'10.0.0.1x',
	'10.0.0.1-10.0.0.5x',
]) {
	test(reads, odd, [`text ${odd}`]);
}

test('words that are typed are read like those of a file', t => {
	const reader = new TargetReader();
	reader.add('10.0.0.1/31');
	reader.add('example.org');
	reader.push(new TextEncoder().encode('10.0.0.'));
	reader.push(new TextEncoder().encode('9'));
	reader.end();
	t.deepEqual(describe(reader.take()), ['10.0.0.0-10.0.0.1', 'text example.org', '10.0.0.9']);
});

test('what is understood at once means what the parser says', t => {
	const octet = fc.nat({max: 300}).map(String);
	const address = fc.tuple(octet, octet, octet, octet).map(octets => octets.join('.'));
	const word = fc.oneof(
		address,
		fc.tuple(address, fc.nat({max: 40})).map(([host, length]) => `${host}/${length}`),
		fc.tuple(address, address).map(([first, last]) => `${first}-${last}`),
		fc.stringMatching(/^[0-9./,*-]{1,20}$/),
	);
	t.notThrows(() =>
		fc.assert(
			fc.property(word, text => {
				const {ranges, others} = read(text);
				if (others.length > 0) {
					return ranges.length === 0 && others[0].text === text;
				}

				const target = parseTarget(text);
				return (
					target.kind === 'block' &&
					describeBlock(target.block) === describeBlock({family: 4, bounds: ranges})
				);
			}),
			{numRuns: 5000},
		),
	);
});
