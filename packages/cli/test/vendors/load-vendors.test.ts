import test from 'ava';
import {loadVendors} from '../../src/vendors/load-vendors.ts';

test('vendors are known where their package is installed', async t => {
	const vendors = await loadVendors();
	t.is(vendors?.vendorOf('b8:27:eb:00:00:01'), 'Raspberry Pi Foundation');
});
