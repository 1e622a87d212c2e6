import {once} from 'node:events';
import {createServer, type AddressInfo} from 'node:net';
import test from 'ava';
import {COMPLIANCE_CASES, appliesTo} from './compliance.ts';
import {realSubject} from './real-subject.ts';

const ADDRESS = '127.0.0.1';
const CLOSED_PORTS = 2000; // Below the ports that kernels hand out

const server = createServer(socket => socket.on('error', () => {})); // Each connection is reset
server.listen(0, ADDRESS);
await once(server, 'listening');
test.after.always('the server is closed', () => {
	server.close();
});

const subject = realSubject('connect', {
	open: {address: ADDRESS, port: (server.address() as AddressInfo).port},
	closed: {address: ADDRESS, port: CLOSED_PORTS},
	local: true,
});
for (const each of COMPLIANCE_CASES) {
	if (appliesTo(each, subject)) {
		test.serial(`connect: ${each.title}`, async t => {
			await t.notThrowsAsync(() => each.run(subject));
		});
	}
}
