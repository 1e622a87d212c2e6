import {createSocket} from 'node:dgram';
import {once} from 'node:events';

/** A question that came, and how to answer it. */
export interface Question {
	/** As in `7.2.0.192.in-addr.arpa`. */
	readonly name: string;
	/** Answers with a PTR record, whose labels may hold any bytes; without labels, that there is no such name. */
	readonly answer: (labels?: readonly string[]) => void;
	/** Sends these bytes; what was asked stands at their beginning. */
	readonly reply: (bytes: (query: Buffer) => Buffer) => void;
}

/** Runs `action` while a name server on loopback hears `onQuestion` for each question. */
export const withNameServer = async (
	onQuestion: (question: Question) => void,
	action: (server: string) => Promise<void>,
): Promise<void> => {
	const socket = createSocket('udp4');
	socket.on('message', (query, {port, address}) => {
		const reply = (bytes: Buffer): void => {
			socket.send(bytes, port, address);
		};
		onQuestion({
			name: labelsAt(query, HEADER_LENGTH).join('.'),
			answer: labels => {
				reply(answerTo(query, labels));
			},
			reply: bytes => {
				reply(bytes(query));
			},
		});
	});
	socket.bind(0, '127.0.0.1');
	await once(socket, 'listening');
	try {
		await action(`127.0.0.1:${socket.address().port}`);
	} finally {
		socket.close();
		await once(socket, 'close');
	}
};

const HEADER_LENGTH = 12;
const TYPE_AND_CLASS_LENGTH = 4;

const NO_ERROR = 0;
const NO_SUCH_NAME = 3;

/** The question back, with a PTR record behind it when there are labels (RFC 1035 section 4). */
export const answerTo = (query: Buffer, labels?: readonly string[]): Buffer => {
	const asked = encodedName(labelsAt(query, HEADER_LENGTH));
	const question = query.subarray(HEADER_LENGTH, HEADER_LENGTH + asked.length + TYPE_AND_CLASS_LENGTH);
	const code = labels === undefined ? NO_SUCH_NAME : NO_ERROR;
	const answers = labels === undefined ? 0 : 1;
	const header = Buffer.from([...query.subarray(0, 2), 0x81, 0x80 + code, 0, 1, 0, answers, 0, 0, 0, 0]);
	return Buffer.concat([header, question, ...(labels === undefined ? [] : [pointerRecord(labels)])]);
};

const pointerRecord = (labels: readonly string[]): Buffer => {
	const data = encodedName(labels);
	return Buffer.from([0xc0, HEADER_LENGTH, 0, 12, 0, 1, 0, 0, 0, 60, 0, data.length, ...data]);
};

const encodedName = (labels: readonly string[]): Buffer =>
	Buffer.concat([
		...labels.map(label => Buffer.from([label.length, ...Buffer.from(label, 'latin1')])),
		Buffer.from([0]),
	]);

const labelsAt = (bytes: Buffer, offset: number): string[] => {
	const length = bytes[offset];
	const end = offset + 1 + length;
	return length === 0 ? [] : [bytes.toString('latin1', offset + 1, end), ...labelsAt(bytes, end)];
};
