// A name server that says of every address that it has the name given: `node names.js NAME`.
import {createSocket} from 'node:dgram';

const labels = process.argv[2].split('.').map(label => Buffer.from(label));
const name = Buffer.concat([...labels.flatMap(label => [Buffer.of(label.length), label]), Buffer.of(0)]);

const HEADER = 12;
const socket = createSocket('udp4');
socket.on('message', (query, {address, port}) => {
	const question = query.subarray(HEADER, query.indexOf(0, HEADER) + 5); // Name, its end, type and class
	const header = Buffer.from(query.subarray(0, HEADER));
	header.writeUInt16BE(0x81_80, 2); // An answer, without error
	header.writeUInt16BE(1, 4); // One question
	header.writeUInt16BE(1, 6); // One record
	header.writeUInt32BE(0, 8);
	const record = Buffer.alloc(12);
	record.writeUInt16BE(0xc0_0c, 0); // The name that was asked about
	record.writeUInt16BE(12, 2); // PTR
	record.writeUInt16BE(1, 4);
	record.writeUInt32BE(60, 6);
	record.writeUInt16BE(name.length, 10);
	socket.send(Buffer.concat([header, question, record, name]), port, address);
});
socket.bind(53, () => {
	console.log('ready');
});
