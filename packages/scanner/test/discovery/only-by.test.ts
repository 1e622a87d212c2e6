import {type Address, formatAddress, type Path, WITHOUT_DISCOVERY} from '@halfopen/model';
import {type AddressBlock, buildTargetSet, parseTarget} from '@halfopen/targets';
import test from 'ava';
import {onlyBy} from '../../src/discovery/only-by.ts';

const [ONE, OTHER] = ['one', 'other'].map(device => ({device})) as [Path, Path];

/** A link for 10.0.0.0/16, and one each for 10.1.0.0/16 and fd00::/16. */
const TRANSPORT = {
	linkTo(address: Address): Path | undefined {
		const text = formatAddress(address);
		return text.startsWith('10.0.')
			? ONE
			: text.startsWith('10.1.') || text.startsWith('fd')
				? OTHER
				: undefined;
	},
};

const blockOf = (text: string): AddressBlock => {
	const spec = parseTarget(text);
	if (spec.kind === 'name') {
		throw new TypeError(`Expected an address, got ${text}`);
	}

	return spec.block;
};

const finds = test.macro({
	title: (_, specs: string) => `how ${specs} are found`,
	exec(t, specs: string, expected: ReturnType<typeof onlyBy>) {
		const targets = buildTargetSet(specs.split(' ').map(text => blockOf(text)));
		t.is(onlyBy(targets, WITHOUT_DISCOVERY, TRANSPORT), expected);
		t.is(onlyBy(targets, {...WITHOUT_DISCOVERY, neighbours: false}, TRANSPORT), undefined);
		t.is(onlyBy(targets, WITHOUT_DISCOVERY, {}), undefined);
	},
});

test(finds, '10.0.0.7', 'ARP');
test(finds, '10.0.3.0/24 10.1.0.0/24', 'ARP');
test(finds, 'fd00::7', 'ND');
test(finds, '10.0.0.0/15', undefined);
test(finds, '10.0.0.7 192.0.2.7', undefined);
