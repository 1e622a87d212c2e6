const END = 0;
const NO_OPERATION = 1;

type OptionLayout = {readonly length: number; readonly text: (data: DataView) => string};

/** Options of a known length, kind and length byte included, by kind. */
const LAYOUTS: Readonly<Record<number, OptionLayout>> = {
	2: {length: 4, text: data => `mss ${data.getUint16(0)}`}, // RFC 9293 §3.2
	3: {length: 3, text: data => `wscale ${data.getUint8(0)}`}, // RFC 7323 §2
	4: {length: 2, text: () => 'sackOK'}, // RFC 2018 §2
	8: {length: 10, text: data => `timestamp ${data.getUint32(0)} ${data.getUint32(4)}`}, // RFC 7323 §3
};

/** TCP options in words, as in `mss 1460,nop,wscale 7`. What makes no sense is named and ends the list. */
export const formatTcpOptions = (bytes: Uint8Array): string => {
	const texts: string[] = [];
	let at = 0;
	while (at < bytes.length) {
		const option = readOption(bytes.subarray(at));
		texts.push(option.text);
		at += option.length;
	}

	return texts.join(',');
};

/** The option that the bytes begin with; one that cannot be read takes all that is left. */
const readOption = (bytes: Uint8Array): {readonly text: string; readonly length: number} => {
	const [kind, length] = bytes;
	if (kind === END) {
		return {text: 'eol', length: bytes.length};
	}

	if (kind === NO_OPERATION) {
		return {text: 'nop', length: 1};
	}

	if (length === undefined || length < 2 || length > bytes.length) {
		return {text: `bad option ${kind}`, length: bytes.length};
	}

	const layout = LAYOUTS[kind];
	const text =
		layout?.length === length
			? layout.text(new DataView(bytes.buffer, bytes.byteOffset + 2, length - 2))
			: `option ${kind} of ${length} bytes`;
	return {text, length};
};
