import * as fc from 'fast-check';
import test from 'ava';
import {formatPortRanges, portRangesOf} from '@halfopen/model';

const formats = test.macro({
	title: (_, ports: readonly number[], text: string) => `[${ports.join(', ')}] is written \`${text}\``,
	exec(t, ports: readonly number[], text: string) {
		t.is(formatPortRanges(portRangesOf(ports)), text);
	},
});

test(formats, [], '');
test(formats, [80], '80');
test(formats, [80, 81], '80-81');
test(formats, [443, 80, 22, 81, 82], '22,80-82,443');
test(formats, [1, 1, 2, 2, 4], '1-2,4');
test(formats, [0, 65_535], '0,65535');

test('ranges hold exactly the ports given, ascending, with a gap between any two', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(fc.array(fc.nat(300)), ports => {
				const ranges = portRangesOf(ports);
				const held = ranges.flatMap(({first, last}) =>
					Array.from({length: last - first + 1}, (_, index) => first + index),
				);
				t.deepEqual(
					held,
					[...new Set(ports)].sort((one, other) => one - other),
				);
				t.true(ranges.every(({first}, index) => index === 0 || first > ranges[index - 1].last + 1));
			}),
		),
	);
});
