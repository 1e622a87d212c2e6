import test from 'ava';
import type {Vendors} from '../../src/vendors/load-vendors.ts';
import {VendorNames} from '../../src/vendors/vendor-names.ts';

const MAC = 'ce:81:0e:38:ed:30';
const VENDORS: Vendors = {vendorOf: mac => `maker of ${mac}`, blocksOf: () => []};

test('the table is loaded once, when there is an interface to name', async t => {
	let loaded = 0;
	const names = new VendorNames(async () => {
		loaded++;
		return VENDORS;
	});
	t.is(names.prepareFor(undefined), undefined);
	t.is(names.vendorOf(MAC), undefined);
	t.is(loaded, 0);
	await Promise.all([names.prepareFor(MAC), names.prepareFor(MAC)]);
	t.is(names.vendorOf(MAC), `maker of ${MAC}`);
	t.is(names.prepareFor(MAC), undefined);
	t.is(loaded, 1);
});

test('where the table is not installed nobody is named, and it is looked for once', async t => {
	const names = new VendorNames(async () => undefined);
	await names.prepareFor(MAC);
	t.is(names.vendorOf(MAC), undefined);
	t.is(names.prepareFor(MAC), undefined);
});
