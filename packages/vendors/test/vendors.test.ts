import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {blocksOf, vendorOf} from '../src/index.ts';

const pathOf = (file: string): string => fileURLToPath(new URL(`../${file}`, import.meta.url));

const ROWS = readFileSync(pathOf('data/vendors.tsv'), 'utf8')
	.split(/(?<=\n)/)
	.map(row => row.replace(/\n$/, '').split('\t'));

const isMadeBy = test.macro({
	title: (_, mac: string, vendor: string | undefined) =>
		`${JSON.stringify(mac)} is by ${vendor ?? 'nobody known'}`,
	exec(t, mac: string, vendor: string | undefined) {
		t.is(vendorOf(mac), vendor);
	},
});

test(isMadeBy, '00:00:00:00:00:00', 'XEROX CORPORATION');
test(isMadeBy, '00:0c:29:12:34:56', 'VMware, Inc.');
test(isMadeBy, '00-0C-29-12-34-56', 'VMware, Inc.');
test(isMadeBy, '000c.2912.3456', 'VMware, Inc.');
test(isMadeBy, '000c29123456', 'VMware, Inc.');
test(isMadeBy, 'b8:27:eb:ff:ff:ff', 'Raspberry Pi Foundation');
test(isMadeBy, '48:91:53:00:00:00', 'Weinmann Geräte für Medizin GmbH + Co. KG');
test(isMadeBy, '10:06:48:3f:ff:ff', 'illuminous LLC'); // A block of 28 bits
test(isMadeBy, '10:06:48:4f:ff:ff', 'Beijing Cheering Networks Technology Co., Ltd.');
test(isMadeBy, 'c8:5c:e2:7a:bc:de', 'SYNERGY SYSTEMS AND SOLUTIONS');
test(isMadeBy, '70:b3:d5:01:20:00', 'KST technology'); // A block of 36 bits
test(isMadeBy, '52:54:00:12:34:56', undefined);
test(isMadeBy, 'ff:ff:ff:ff:ff:ff', undefined);
test(isMadeBy, '00:0c:29', undefined);
test(isMadeBy, '00:0c:29:12:34:5g', undefined);
test(isMadeBy, '', undefined);

test('every block is found by its first and its last address', t => {
	const wrong = ROWS.filter(([block, name]) =>
		['0', 'F'].some(digit => {
			const found = vendorOf(block.padEnd(12, digit));
			return found !== name && !isDivided(block);
		}),
	);
	t.deepEqual(wrong, []);
});

/** Whether smaller blocks lie in it. */
const isDivided = (block: string): boolean =>
	block.length < 9 && ROWS.some(([other]) => other.length > block.length && other.startsWith(block));

test('blocks ascend, each with a name in one piece', t => {
	t.true(ROWS.length > 50_000);
	t.true(
		ROWS.every(
			([block, name]) => /^(?:[\dA-F]{6}|[\dA-F]{7}|[\dA-F]{9})$/.test(block) && name.trim() === name,
		),
	);
	t.true(ROWS.every(row => row.length === 2 && /^[^\p{Cc}]+$/u.test(row[1])));
	t.true(ROWS.every(([block], index) => index === 0 || block > ROWS[index - 1][0]));
});

test('the committed table is what the script makes of the registries', t => {
	const built = execFileSync(process.execPath, [pathOf('scripts/build-table.mjs'), '--print'], {
		encoding: 'utf8',
		maxBuffer: 2 ** 24,
	});
	t.true(readFileSync(pathOf('data/vendors.tsv'), 'utf8') === built);
});

const hasBlocks = test.macro({
	title: (_, vendor: string, included: string) =>
		`blocks of ${JSON.stringify(vendor)} are all theirs, ${included} too`,
	exec(t, vendor: string, included: string) {
		const blocks = blocksOf(vendor);
		t.true(blocks.includes(included));
		const names = ROWS.filter(([block]) => blocks.includes(block)).map(([, name]) => name.toLowerCase());
		t.is(names.length, blocks.length);
		t.true(names.every(name => name.includes(vendor.toLowerCase())));
	},
});

test(hasBlocks, 'raspberry pi', 'B827EB');
test(hasBlocks, 'VMWARE', '000C29');
test(hasBlocks, 'VMware, Inc.', '000C29');
test(hasBlocks, 'geräte', '489153');
test(hasBlocks, 'illuminous', '1006483');

const hasNoBlocks = test.macro({
	title: (_, vendor: string) => `${JSON.stringify(vendor)} is nobody`,
	exec(t, vendor: string) {
		t.deepEqual(blocksOf(vendor), []);
	},
});

test(hasNoBlocks, 'raspber'); // Not a whole word
test(hasNoBlocks, 'aspberry');
test(hasNoBlocks, 'no such vendor');
test(hasNoBlocks, '.*');
test(hasNoBlocks, '000C29');
test(hasNoBlocks, '');
test(hasNoBlocks, ' ');
