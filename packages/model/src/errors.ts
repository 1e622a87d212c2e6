/** One code for each decision a caller can make about a failure. Codes are stable, messages are not. */
export type ScanErrorCode =
	/** An option has a value that is not allowed, or two options contradict each other. */
	| 'ERR_HALFOPEN_OPTION'
	/** A port specification is malformed or selects nothing. */
	| 'ERR_HALFOPEN_PORT'
	/** A target specification is malformed. */
	| 'ERR_HALFOPEN_TARGET'
	/** A name did not resolve to an address of the wanted family. */
	| 'ERR_HALFOPEN_NAME'
	/** The process lacks a privilege; the message names it and says how to grant it. */
	| 'ERR_HALFOPEN_PERMISSION'
	/** No such interface, no route, or no usable source address. */
	| 'ERR_HALFOPEN_INTERFACE'
	/** The addon, libpcap or the kernel refused something; the message has the call and its error. */
	| 'ERR_HALFOPEN_SYSTEM';

/** Every error that halfopen raises on purpose. */
export class ScanError extends Error {
	readonly code: ScanErrorCode;

	constructor(code: ScanErrorCode, message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'ScanError';
		this.code = code;
	}
}
