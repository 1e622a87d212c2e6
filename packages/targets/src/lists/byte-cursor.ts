/** Reads numbers and IPv4 addresses from bytes, without making strings. What it does not know it says so, by -1. */
export class ByteCursor {
	#bytes: Uint8Array = new Uint8Array(0);
	#at = 0;
	#end = 0;

	/** Begins with the bytes from `begin` to before `end`. */
	open(bytes: Uint8Array, begin: number, end: number): void {
		this.#bytes = bytes;
		this.#at = begin;
		this.#end = end;
	}

	get isDone(): boolean {
		return this.#at === this.#end;
	}

	/** Goes on behind `byte` if it comes next. */
	skip(byte: number): boolean {
		if (this.#at === this.#end || this.#bytes[this.#at] !== byte) {
			return false;
		}

		this.#at++;
		return true;
	}

	/** A decimal number without leading zeros, no more than `most`; otherwise -1. */
	number(most: number): number {
		const begin = this.#at;
		let value = 0;
		while (this.#at < this.#end && value <= most) {
			const digit = this.#bytes[this.#at] - ZERO;
			if (digit < 0 || digit > 9) {
				break;
			}

			value = value * 10 + digit;
			this.#at++;
		}

		const length = this.#at - begin;
		const isPlain = length === 1 || (length > 1 && this.#bytes[begin] !== ZERO);
		return isPlain && value <= most ? value : -1;
	}

	/** An IPv4 address in dotted decimal; otherwise -1. */
	ipv4(): number {
		let value = 0;
		for (let octet = 0; octet < 4; octet++) {
			const part = octet === 0 || this.skip(DOT) ? this.number(255) : -1;
			if (part === -1) {
				return -1;
			}

			value = value * 256 + part;
		}

		return value;
	}
}

const ZERO = 0x30;
const DOT = 0x2e;
